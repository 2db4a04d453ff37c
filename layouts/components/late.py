"""What was promised of the newest numbers, and that it was not kept."""

from dash.development.base_component import Component

from data.releases import Release
from data.upkeep import Upkeep
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words


def lateness(release: Release, upkeep: Upkeep, words: Words) -> list[str]:
    """Sentences for the top of every page; none while all is as it was promised."""
    as_of, said = release.manifest.as_of, []
    if upkeep.is_stale(as_of):
        said.append(words("notice_stale", date=words.date(as_of), n=upkeep.promised_days))
    awaited = upkeep.awaited(as_of)
    if awaited is not None and (said or awaited.is_late):
        said.append(coming(release, upkeep, words))
    return said


def coming(release: Release, upkeep: Upkeep, words: Words) -> str:
    """What is to be published next, and when; empty where nothing was announced."""
    awaited = upkeep.awaited(release.manifest.as_of)
    if awaited is None:
        return ""
    key = "notice_late" if awaited.is_late else "notice_next"
    return words(key, period=words.period(awaited.period), date=words.date(awaited.day))


def calendar(release: Release, upkeep: Upkeep, words: Words) -> Component:
    """Each announced period, the day that it was announced for, and whether it is there."""
    headings = (words(f"calendar_{name}") for name in ("day", "standing"))
    columns = [Column(heading, is_number=False) for heading in headings]
    corner = Column(words("calendar_period"), is_number=False)
    late = {each.period: each.is_late for each in upkeep.missing(release.manifest.as_of)}
    lines = [
        Line(words.period(period), [words.date(day), words(_standing(is_late=late.get(period)))])
        for period, day in sorted(upkeep.announced.items(), key=lambda each: each[::-1])
    ]
    return table(Table(words("calendar_caption"), corner, columns, lines, style="files"))


def _standing(*, is_late: bool | None) -> str:
    """None of what is published."""
    if is_late is None:
        return "calendar_published"
    return "calendar_late" if is_late else "calendar_awaited"
