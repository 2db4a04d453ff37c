"""Batches of an Arrow stream, one at a time, through the Arrow C data interface.

polars takes a stream only as a whole; a database of any size must not be held as a whole.
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import polars as pl
from adbc_driver_manager._lib import ArrowArrayHandle, ArrowArrayStreamHandle, ArrowSchemaHandle

from data.errors import SourceError

_Step = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


class _Stream(ctypes.Structure):
    """The head of ``struct ArrowArrayStream`` as the Arrow C stream interface lays it down."""

    _fields_ = (("get_schema", _Step), ("get_next", _Step))


class _Batch:
    """One record batch with its schema, to be taken over by whoever asks first."""

    def __init__(self) -> None:
        self.schema = ArrowSchemaHandle()
        self.array = ArrowArrayHandle()

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[Any, Any]:
        return (
            _new_capsule(self.schema.address, b"arrow_schema", None),
            _new_capsule(self.array.address, b"arrow_array", None),
        )


def batches_of(handle: ArrowArrayStreamHandle) -> Iterator[pl.DataFrame]:
    """The batches of a stream. Raises ``SourceError`` when the source fails on the way."""
    stream = _Stream.from_address(handle.address)
    while True:
        batch = _Batch()
        failed = stream.get_schema(handle.address, batch.schema.address)
        if failed or stream.get_next(handle.address, batch.array.address):
            raise SourceError(
                "Database",
                "reading broke off.",
                "Check the connection and that all values are valid text, and run again.",
            )
        if not batch.array.is_valid:
            return
        yield pl.DataFrame(batch)
