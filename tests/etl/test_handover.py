"""From the vault to the releases by way of the outbox: whole at every moment, whoever is killed."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import ReleaseError
from data.manifest import Manifest
from data.releases import ReleaseStore
from etl.contents import contents
from etl.mapping import read_mapping
from etl.outbox import Outbox
from etl.pipeline import Order, issue, settle
from etl.proposals import Proposals
from etl.publish import publish_all
from etl.shelf import Shelf
from etl.stages import Derived, Staged
from etl.vault import Vault
from tests.etl.killing import is_killed_before
from tests.etl.releasing import derived

BEFORE = "2019.03.1-aaaaaaaa"
MONTHS = ("2019-01", "2019-02", "2019-03")
VERSION, FORMER = "this version", "the version before"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=300)


Whole = tuple[Manifest, dict[str, bytes]]


@pytest.fixture(scope="module")
def written(made: Derived) -> dict[str, Whole]:
    """Some of what there is to write, and of what an earlier version wrote of the same."""
    few = ("manifest.json", "SHA256SUMS", "agencies.csv")
    found = {version: contents(made, version) for version in (VERSION, FORMER)}
    return {
        version: (manifest, {name: files[name] for name in few})
        for version, (manifest, files) in found.items()
    }


@pytest.fixture(autouse=True)
def _reckoned_once(monkeypatch: pytest.MonkeyPatch, written: dict[str, Whole]) -> None:
    """What is written and its judgement are tried elsewhere; here it is by which steps."""
    monkeypatch.setattr("etl.draft.contents", lambda _made, version: written[version])
    monkeypatch.setattr("os.fsync", lambda _file: None)
    for room in ("sealing", "draft", "publish"):
        monkeypatch.setattr(f"etl.{room}.check", lambda _directory: None)


class World:
    """A vault that has published once, and its releases."""

    def __init__(self, root: Path, made: Derived, *, is_split: bool) -> None:
        self.root, self.made = root, made
        self.order = Order(
            mapping=read_mapping(Path("mappings/demo.toml")),
            source=None,
            as_of=None,
            threshold=10,
            vault=Vault(root / "vault"),
            releases=root / "releases",
            code_version=VERSION,
            outbox=root / "outbox" if is_split else None,
        )
        if not root.exists():
            self._has_published()
        self.outbox.root.mkdir(exist_ok=True, parents=True)

    def _has_published(self) -> None:
        (self.order.releases / BEFORE).mkdir(parents=True)
        (self.order.releases / "current").write_text(BEFORE)
        self.shelf.root.mkdir(parents=True)
        for month in ("2018-12", *MONTHS[:2]):
            (self.shelf.root / f"{month}.parquet").write_text("as published before")
        (self.shelf.root / "release").write_text(BEFORE)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.root / "vault" / "published" / "sample")

    @property
    def proposals(self) -> Proposals:
        return Proposals(self.shelf, self.order.releases)

    @property
    def outbox(self) -> Outbox:
        return self.order.drafts

    def runs(self, version: str = VERSION) -> str:
        """The end of a run, as after every stage before; what a killed one left goes first."""
        settle(self.proposals, self.outbox)
        staging = self.root / "vault" / "staging" / "run"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        for month in MONTHS:
            (staging / f"{month}.parquet").write_text(f"{month} of {version}")
        order = replace(self.order, code_version=version)
        try:
            return issue(self.made, Staged(staging, self.made.edition), order, self.shelf)
        finally:
            shutil.rmtree(staging)

    def publishes(self) -> list[str]:
        return publish_all(self.outbox, self.order.releases)

    def is_sound(self, written: dict[str, Whole]) -> None:
        """Whatever has a name is whole, the pointer names a release, no draft lacks its appeals."""
        whole = {manifest.digest[:8]: files for manifest, files in written.values()}
        for place in (self.outbox.root, self.order.releases):
            for path in place.glob("20*"):
                if path.name != BEFORE:
                    assert content_of(path) == whole[path.name[-8:]], path
        assert (self.order.releases / self.current() / ".").is_dir()
        for draft in self.outbox.ids():
            proposed = self.proposals.root / draft
            is_known = self.shelf.release() == draft
            assert is_known or len(list(proposed.glob("*.parquet"))) == len(MONTHS)

    def learns(self) -> None:
        """The shelf is that of one release, as the next run finds it."""
        settle(self.proposals, self.outbox)
        months = [path.stem for path in self.shelf.months()]
        is_before = self.shelf.release() == BEFORE
        assert months == (["2018-12", *MONTHS[:2]] if is_before else [*MONTHS])

    def current(self) -> str:
        return ReleaseStore(self.order.releases).current_id()

    def everything(self) -> dict[str, bytes]:
        """Every file of the releases, the shelf and the outbox, but for drafts of small files."""
        places = (self.order.releases, self.shelf.root, self.outbox.root)
        files = (path for place in places for path in place.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in files
            if not re.fullmatch(r"\..+\.\d+", path.name)
        }


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


@pytest.mark.parametrize("has_former", [False, True])
def test_a_run_that_publishes_itself_may_be_killed_before_any_step(
    tmp_path: Path, made: Derived, written: dict[str, Whole], has_former: bool
) -> None:
    undisturbed = World(tmp_path / "undisturbed", made, is_split=False)
    prepared(undisturbed, has_former)
    undisturbed.runs()
    step = 0
    while True:
        world = World(tmp_path / str(step), made, is_split=False)
        prepared(world, has_former)
        was_killed = is_killed_before(step, world.runs)
        world.is_sound(written)
        world.learns()
        world.runs()
        assert world.everything() == undisturbed.everything(), step
        if not was_killed:
            break
        shutil.rmtree(world.root)
        step += 1
    assert step > 50
    assert world.shelf.release() == world.current()
    assert [path.stem for path in world.shelf.months()] == [*MONTHS]
    assert not world.outbox.ids()


def prepared(world: World, has_former: bool) -> None:
    """With a draft of an earlier version that waits, or without one."""
    if has_former:
        left = World(world.root, world.made, is_split=True)
        left.runs(FORMER)
        if left.outbox.root != world.outbox.root:
            world.outbox.root.rmdir()
            left.outbox.root.rename(world.outbox.root)


@pytest.mark.parametrize("has_former", [False, True])
def test_a_run_that_leaves_a_draft_may_be_killed_before_any_step(
    tmp_path: Path, made: Derived, written: dict[str, Whole], has_former: bool
) -> None:
    """And whether the publisher comes before the next run or after it, the shelf learns of what
    was published, and the next run follows it."""
    step = 0
    while True:
        for publisher_comes_first in (True, False):
            world = World(tmp_path / f"{step}-{publisher_comes_first}", made, is_split=True)
            prepared(world, has_former)
            was_killed = is_killed_before(step, world.runs)
            world.is_sound(written)
            if publisher_comes_first:
                world.publishes()
                world.is_sound(written)
                world.learns()
            release = world.runs()
            world.publishes()
            assert world.runs() == release, "the same again is the same release"
            assert world.current() == world.shelf.release() == release
            month = world.shelf.months()[0]
            assert month.read_text() == f"{MONTHS[0]} of {VERSION}"
            assert not world.outbox.ids()
            assert not world.proposals.ids()
            shutil.rmtree(world.root)
        if not was_killed:
            break
        step += 1
    assert step > 10


def test_a_publisher_may_be_killed_before_any_step(
    tmp_path: Path, made: Derived, written: dict[str, Whole]
) -> None:
    undisturbed = World(tmp_path / "undisturbed", made, is_split=True)
    undisturbed.runs()
    undisturbed.publishes()
    step = 0
    while True:
        world = World(tmp_path / str(step), made, is_split=True)
        release = world.runs()
        was_killed = is_killed_before(step, world.publishes)
        world.is_sound(written)
        world.publishes()
        assert world.current() == release
        assert world.everything() == undisturbed.everything(), step
        if not was_killed:
            break
        step += 1
    assert step > 5


def test_a_run_leaves_nothing_in_staging_and_publishes_nothing(
    tmp_path: Path, made: Derived
) -> None:
    world = World(tmp_path / "world", made, is_split=True)

    release = world.runs()

    assert world.current() == BEFORE
    assert world.outbox.ids() == [release]
    assert world.shelf.release() == BEFORE
    assert not list((world.root / "vault" / "staging").iterdir())


def test_a_later_draft_stands_in_the_place_of_one_that_waits(tmp_path: Path, made: Derived) -> None:
    world = World(tmp_path / "world", made, is_split=True)
    former = world.runs(FORMER)

    release = world.runs()

    assert former != release
    assert world.outbox.ids() == [release]
    assert world.proposals.ids() == [release]


def test_a_draft_that_was_published_during_a_run_is_not_passed_over(
    tmp_path: Path, made: Derived, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run did not follow it: what it would publish could say otherwise."""
    world = World(tmp_path / "world", made, is_split=True)
    former = world.runs(FORMER)
    learnt = settle(world.proposals, world.outbox)
    monkeypatch.setattr("tests.etl.test_handover.settle", lambda *_: learnt)
    world.publishes()

    with pytest.raises(ReleaseError, match="published while the run lasted"):
        world.runs()
    assert world.current() == former
    monkeypatch.undo()


def test_what_was_rolled_back_is_not_published_again_by_an_old_draft(
    tmp_path: Path, made: Derived
) -> None:
    world = World(tmp_path / "world", made, is_split=True)
    world.runs()
    world.publishes()
    (world.order.releases / "current").write_text(BEFORE)

    assert world.publishes() == []
    assert world.current() == BEFORE
