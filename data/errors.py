"""Errors that tell a person what is wrong, where, and what to do about it."""


class OchiqError(Exception):
    """A refusal with a title, the place and rule, and the remedy. Never holds a personal value."""

    def __init__(self, title: str, detail: str, remedy: str) -> None:
        super().__init__(f"{title}: {detail} Remedy: {remedy}")
        self.title = title
        self.detail = detail
        self.remedy = remedy


class DeclarationError(OchiqError):
    """Something in data/ was declared in a way that cannot be published."""


class ReleaseError(OchiqError):
    """A release is missing, damaged or breaks a promise."""


class UnknownReleaseError(ReleaseError):
    """There is no such release, or no such file in it."""


class UnknownFileError(OchiqError):
    """No page has a chart, table or file of that name."""


class BusyError(OchiqError):
    """Too much is being made at once; the same question can be answered later."""


class QueryError(OchiqError):
    """A question that no declared table answers."""


class SourceError(OchiqError):
    """The source, its mapping or its code lists cannot be used as they are."""
