"""The board beside the releases: reads what is said there, anew when a file has changed."""

from contextlib import suppress
from pathlib import Path

from data import statements
from data.errors import ReleaseError
from data.statements import FILES, Correction, Kind, Reply, Statement


class Board:
    """Replies and corrections below a root of releases. While a file cannot be read, the last one
    that could holds."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[type[Statement], str] = {}
        self._replies: tuple[Reply, ...] = ()
        self._corrections: tuple[Correction, ...] = ()

    def replies(self) -> tuple[Reply, ...]:
        """The agencies' statements, newest first."""
        self._replies = self._fresh(Reply, self._replies)
        return self._replies

    def corrections(self) -> tuple[Correction, ...]:
        """The known errors, newest first."""
        self._corrections = self._fresh(Correction, self._corrections)
        return self._corrections

    def standing(self) -> str:
        """Equal as long as both files stay as they are."""
        return " ".join(self._mark(kind) for kind in FILES)

    def _fresh(self, kind: type[Kind], known: tuple[Kind, ...]) -> tuple[Kind, ...]:
        mark = self._mark(kind)
        if self._seen.get(kind) == mark:
            return known
        with suppress(ReleaseError):
            known = statements.read(self._root, kind)
            self._seen[kind] = mark
        return known

    def _mark(self, kind: type[Statement]) -> str:
        """Changes with the file: published ones are replaced whole, so they are new files."""
        try:
            told = (self._root / FILES[kind]).stat()
        except OSError:
            return "none"
        return f"{told.st_ino} {told.st_mtime_ns} {told.st_size}"
