"""How far apart two spellings are, counted only as far as it matters."""

from collections.abc import Iterable
from typing import Final

ONE_MISTAKE_FROM: Final = 4
TWO_MISTAKES_FROM: Final = 8
"""From so many letters on a word may have one mistake, or two: shorter ones become other words."""


def allowed(word: str) -> int:
    """How many mistakes a word of this length may have."""
    return (len(word) >= ONE_MISTAKE_FROM) + (len(word) >= TWO_MISTAKES_FROM)


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out or swap with a neighbour; ``most + 1`` for any more.

    The optimal string alignment distance, given up as soon as no way can stay within ``most``.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], opposite):
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words with the fewest mistakes, if those are few enough for the word's length."""
    bound = allowed(word)
    found: dict[int, list[str]] = {}
    for each in known:
        apart = distance(word, each, bound)
        if apart <= bound:
            bound = apart
            found.setdefault(apart, []).append(each)
    return tuple(sorted(found.get(bound, ())))
