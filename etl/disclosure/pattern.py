"""Ties between cells that would shield equally well, settled by a key."""

import hmac

import numpy as np
import numpy.typing as npt

from etl.disclosure.system import System


def keyed_ties(system: System, key: bytes) -> npt.NDArray[np.float64]:
    """A number in [0, 1) for each cell that decides between equals, and that only the key tells.

    The choice of secondary cells is then no public function of the counts.
    """
    numbers = (number.to_bytes(8, "big") for number in system.numbers.tolist())
    digests = (hmac.digest(key, number, "sha256") for number in numbers)
    return np.array([int.from_bytes(digest[:6], "big") for digest in digests]) / 2**48
