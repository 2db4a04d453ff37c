"""A process that is killed before one of the steps by which it changes names on the disk."""

import os
import signal
from collections.abc import Callable
from typing import Any, Final

STEPS: Final = ("rename", "replace", "link", "unlink", "rmdir", "mkdir")


def is_killed_before(step: int, work: Callable[[], object]) -> bool:
    """Does the work in a process of its own, which kills itself before the step of that number;
    False when the work was done before it came so far."""
    child = os.fork()
    if child == 0:
        try:
            _count_down(step)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return os.WIFSIGNALED(status)


def _count_down(step: int) -> None:
    left = step

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return do(*arguments, **options)

        return doing

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
