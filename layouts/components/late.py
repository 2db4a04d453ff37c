"""What was promised of the newest numbers, and that it was not kept."""

from data.releases import Release
from data.upkeep import Upkeep
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
