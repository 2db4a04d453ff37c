"""A gate with a fault publishes nothing: the certificate, the verifier or the attacker sees it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from etl import systems
from etl.aggregate import aggregate
from etl.certify import certify
from etl.derive import derive
from etl.disclosure import gate, primary, system
from etl.disclosure.gate import DisclosureError
from etl.disclosure.grid import GridAxis, Numbers
from etl.disclosure.system import Links, Mask, System
from etl.protect import protect
from etl.stages import Cells, Derived, Protected
from etl.verify import verify
from tests.disclosure.attackers import Attacker
from tests.etl import village
from tests.etl.releasing import THRESHOLD, written
from tests.sample import KEY

Patch = pytest.MonkeyPatch
ADDITIVE, SPLITS = system._additive, system._splits
NO_LINKS: Links = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))


def refusal(made: Callable[[], Derived], root: Path) -> str:
    """Why a release is not published, or nothing when it would be."""
    try:
        findings = verify(written(made(), root))
    except DisclosureError as error:
        return str(error)
    return "; ".join(findings)


def released(protected: Protected) -> Derived:
    return derive(certify(protected, THRESHOLD))


def test_a_gate_without_a_fault_is_not_refused(exact: Cells, tmp_path: Path) -> None:
    assert not refusal(lambda: released(protect(exact, THRESHOLD, KEY)), tmp_path)


def test_a_threshold_one_too_low_is_refused(exact: Cells, tmp_path: Path) -> None:
    lower = protect(exact, THRESHOLD - 1, KEY)
    told = replace(lower, disclosure={**lower.disclosure, "threshold": THRESHOLD})

    assert refusal(lambda: released(told), tmp_path)


def without_splits(patch: Patch) -> None:
    patch.setattr(system, "_splits", lambda _axis, _numbers: NO_LINKS)


def without_sums_along(name: str) -> Callable[[Patch], None]:
    def fault(patch: Patch) -> None:
        def additive(axis: GridAxis, numbers: Numbers) -> Links:
            return NO_LINKS if axis.name == name else ADDITIVE(axis, numbers)

        patch.setattr(system, "_additive", additive)

    return fault


def without_meets(patch: Patch) -> None:
    patch.setattr(system, "_with_meets", lambda _grid, *columns: columns)


def without_closure_and_attack(patch: Patch) -> None:
    """Only the small counts themselves are hidden."""
    patch.setattr(gate, "close", lambda *_: None)
    patch.setattr(gate, "_at_risk", lambda pattern, _: np.zeros(len(pattern.system), dtype=bool))


def without_others(patch: Patch) -> None:
    """What a trait leaves of everyone is forgotten."""

    def none(of: System, _threshold: int) -> Mask:
        return np.zeros(len(of), dtype=bool)

    patch.setattr(primary, "_small_splits", none)


FAULTS = [
    without_meets,
    without_sums_along("agency"),
    without_sums_along("area"),
    without_sums_along("theme"),
    without_sums_along("period"),
    without_closure_and_attack,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_gate_is_stopped_before_there_is_a_release(
    fault: Callable[[Patch], None], exact: Cells, tmp_path: Path
) -> None:
    """The fault is in the choice alone: the certificate is made from what is published."""

    def made() -> Derived:
        with pytest.MonkeyPatch.context() as patch:
            fault(patch)
            chosen = protect(exact, THRESHOLD, KEY)
        return released(chosen)

    assert refusal(made, tmp_path)


@pytest.mark.parametrize("fault", FAULTS[:-1])
def test_a_fault_that_the_certificate_shares_is_found_by_the_verifier(
    fault: Callable[[Patch], None], exact: Cells, tmp_path: Path
) -> None:
    def made() -> Derived:
        with pytest.MonkeyPatch.context() as patch:
            fault(patch)
            return released(protect(exact, THRESHOLD, KEY))

    assert refusal(made, tmp_path)


def near_everyone(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The appeals, in one district all but four of them written by women."""
    found, others = [], 0
    for row in rows:
        kept = row["district"] == "d3" and others < 4 and row["registered"].year == 2018
        others += kept
        found.append(row | ({"women": not kept} if row["district"] == "d3" else {}))
    return found


@pytest.mark.parametrize("fault", [without_others, without_splits])
def test_forgotten_complements_are_found(fault: Callable[[Patch], None], tmp_path: Path) -> None:
    rows = near_everyone(village.appeals(3_000, seed=3))
    cells = aggregate(village.staged(tmp_path / "staged", rows), THRESHOLD)
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        patch.setattr(gate, "_at_risk", lambda pattern, _: pattern.hidden & pattern.system.guarded)
        chosen = protect(cells, THRESHOLD, KEY)

    assert refusal(lambda: released(chosen), tmp_path / "releases")


def test_without_any_fault_the_others_of_a_trait_are_shielded(tmp_path: Path) -> None:
    rows = near_everyone(village.appeals(3_000, seed=3))
    cells = aggregate(village.staged(tmp_path / "staged", rows), THRESHOLD)

    assert not refusal(lambda: released(protect(cells, THRESHOLD, KEY)), tmp_path / "releases")


def test_appeals_counted_for_persons_show_what_the_attacker_must_not_see(tmp_path: Path) -> None:
    """Only who knows the persons can tell: their count is in no file."""
    rows = [
        row | ({"person": number % 9} if row["agency"] == "AG5" else {})
        for number, row in enumerate(village.appeals(3_000, seed=3))
    ]
    cells = aggregate(village.staged(tmp_path / "staged", rows), THRESHOLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(systems, "_block", appeals_for_persons(systems._block))
        faulty = protect(cells, THRESHOLD, KEY)

    assert _of_body_shown(written(released(faulty), tmp_path / "faulty"))
    sound = released(protect(cells, THRESHOLD, KEY))
    assert not _of_body_shown(written(sound, tmp_path / "sound"))


def appeals_for_persons(block: Callable[..., system.Block]) -> Callable[..., system.Block]:
    def faulty(*arguments: Any) -> system.Block:
        made = block(*arguments)
        return replace(made, persons=made.counts)

    return faulty


def _of_body_shown(release: Path) -> list[int]:
    """The counts of the body to which only nine people wrote."""
    place = 2 + Attacker(release).dimensions.index("agency")
    told = Attacker(release).told.items()
    return [
        value for cell, value in told if cell[place] == "AG5" and cell[0] == "received" and value
    ]
