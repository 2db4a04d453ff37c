"""What a release says of its own protection, read from its manifest."""

from dataclasses import dataclass

from data.manifest import Manifest


@dataclass(frozen=True)
class Report:
    """How many counts of persons a release has, hides, and how hard they were attacked."""

    threshold: int
    counts: int
    hidden: int
    estimated_per_million: int | None
    rounds: int
    fillings: int
    mature_after_days: int

    @property
    def hidden_share(self) -> float:
        return share(self.hidden, self.counts)

    @property
    def hidden_appeals_share(self) -> float | None:
        """The appeals in hidden counts, by the estimates; None where that is not told."""
        per_million = self.estimated_per_million
        return None if per_million is None else per_million / 10_000


def report(described: Manifest) -> Report | None:
    """The report; None for a release from before releases carried a proof."""
    told = described.disclosure
    if not told:
        return None
    return Report(
        threshold=told["threshold"],
        counts=told["cells_published"],
        hidden=told["cells_hidden"],
        estimated_per_million=told.get("estimated_in_hidden_cells_per_million"),
        rounds=told["attack_rounds"],
        fillings=told["counterfactual_tables"],
        mature_after_days=told["mature_after_days"],
    )


def share(part: int, whole: int) -> float:
    """The part in hundredths of the whole; nothing of nothing."""
    return 100 * part / whole if whole else 0.0
