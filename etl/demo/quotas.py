"""Whole numbers in given proportions, so that parts add up to their total exactly."""

from collections.abc import Sequence


def scaled(total: int, part: int, whole: int) -> int:
    """``total * part / whole``, rounded half up, in whole numbers."""
    return (2 * total * part + whole) // (2 * whole)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Parts of ``total`` in proportion to the weights (largest remainder, ties to the first)."""
    unit = total / sum(weights)
    exact = [weight * unit for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for position in by_remainder[: total - sum(parts)]:
        parts[position] += 1
    return parts
