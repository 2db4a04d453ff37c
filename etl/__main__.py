"""The pipeline's commands: ``python -m etl --help``."""

import json
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from config import VERSION, Settings
from data.errors import OchiqError, ReleaseError
from data.releases import ReleaseStore, read_manifest
from data.statements import Correction, Kind, Reply
from etl import schedule as scheduler
from etl import statements
from etl.attempt import LEDGER, BusyError, Slot, attempt
from etl.demo import generate
from etl.log import open_log
from etl.mapping import read_mapping
from etl.outbox import Outbox
from etl.pipeline import Order
from etl.publish import point_to, publish_all
from etl.runs import ROLLBACK, RunLedger, SlotTakenError
from etl.sealing import check
from etl.telling import Progress, place_of, told
from etl.vault import Vault
from etl.verify import verify as verify_release
from etl.withdraw import lift
from etl.withdraw import withdraw as put_into_register

REFUSED, DEFECT, BUSY, ENDED = 1, 70, 75, 143
"""Exit codes: refused with a reason, a defect of the program, another run is at it, terminated."""
ALL: Final = "all"
ALL_APPEALS: Final = 3_437_771
MADE: Final = "made.json"

app = typer.Typer(
    help="From appeal records to a protected public release.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Command = Callable[..., None]


def command(of: Command) -> Command:
    """Registers a command that tells people its errors and never shows them a traceback."""
    return app.command()(plain(of))


def plain(of: Command) -> Command:
    """The command with its errors told."""

    @wraps(of)
    def told_plainly(*arguments: Any, **options: Any) -> None:
        try:
            of(*arguments, **options)
        except (BusyError, SlotTakenError) as error:
            _end(told(error), BUSY)
        except OchiqError as error:
            _end(told(error), REFUSED)
        except (typer.Exit, typer.BadParameter, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 (a panic of polars is no Exception)
            _end(f"Defect: {place_of(error)}. Nothing was published.", DEFECT)

    return told_plainly


def _end(message: str, code: int) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(code)


@command
def demo(
    appeals: Annotated[str, typer.Option(help="How many appeals, or 'all'.")] = "",
    seed: Annotated[int | None, typer.Option(help="The same seed makes the same source.")] = None,
) -> None:
    """Make the demonstration source, unless it is there already."""
    settings = Settings()
    count = _count(appeals or str(settings.demo_appeals))
    made = {"appeals": count, "seed": settings.demo_seed if seed is None else seed}
    stamp = settings.demo / MADE
    if stamp.is_file() and json.loads(stamp.read_text()) == made:
        typer.echo(f"The demonstration source is there: {settings.demo_source}", err=True)
        return
    settings.demo.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    generate(
        settings.demo_source, count, made["seed"], lambda line: typer.echo(f"  {line}", err=True)
    )
    # Rows held back from an older source would come in again beside the new one.
    _vault(settings).quarantine("demo").unlink(missing_ok=True)
    # And it is another source: what was published from the older one does not bind it.
    shutil.rmtree(_vault(settings).shelf("demo"), ignore_errors=True)
    stamp.write_text(json.dumps(made))
    typer.echo(f"The demonstration source: {settings.demo_source}", err=True)


def _vault(settings: Settings) -> Vault:
    return Vault(settings.vault, settings.key_file, settings.key_directory)


def _count(appeals: str) -> int:
    if appeals == ALL:
        return ALL_APPEALS
    if not appeals.isdecimal() or not int(appeals):
        raise typer.BadParameter("give a number of appeals, or 'all'", param_hint="--appeals")
    return int(appeals)


@command
def run(
    mapping: Annotated[Path | None, typer.Option(help="The mapping file of the source.")] = None,
    source: Annotated[str | None, typer.Option(help="Path or SQLAlchemy URL.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date of the data.")
    ] = None,
    job: Annotated[str, typer.Option(help="What the run is for.")] = "manual",
    slot: Annotated[str, typer.Option(help="The moment it is due; one run a slot.")] = "",
    again: Annotated[bool, typer.Option(help="Run even if the source has not changed.")] = False,
) -> None:
    """Run the pipeline and publish a release; the demonstration source when none is named."""
    settings = Settings()
    order = _order(settings, mapping, source, as_of.date() if as_of else None)
    _attempted(settings, order, Slot(job, slot or _now()), again=again)


@command
def restate(
    mapping: Annotated[Path | None, typer.Option(help="The mapping file of the source.")] = None,
    source: Annotated[str | None, typer.Option(help="Path or SQLAlchemy URL.")] = None,
) -> None:
    """Publish anew what was published before, with all records that came too late for it."""
    settings = Settings()
    order = replace(_order(settings, mapping, source, None), restate=True)
    _attempted(settings, order, Slot("restatement", _now()), again=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _attempted(settings: Settings, order: Order, due: Slot, *, again: bool) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    progress = Progress()
    try:
        outcome = attempt(order, due, open_log(settings.log), progress, again=again)
    finally:
        progress.end()
    same = ": the source has not changed" if outcome.unchanged else ""
    stands = (
        f"Draft {outcome.release} waits to be published"
        if outcome.waits
        else (f"Release {outcome.release} is current")
    )
    typer.echo(f"{stands}{same}.", err=True)
    if outcome.added:
        typer.echo(f"It adds to the release before: {', '.join(outcome.added)}.", err=True)


def _order(
    settings: Settings, mapping: Path | None, source: str | None, as_of: date | None
) -> Order:
    path = mapping or settings.mapping
    named = source or (settings.source if mapping is None else None)
    is_demo = path == Settings.model_fields["mapping"].default
    return Order(
        mapping=read_mapping(path),
        source=named or (settings.demo_source if is_demo else None),
        as_of=as_of,
        threshold=settings.threshold,
        vault=_vault(settings),
        releases=settings.releases,
        code_version=VERSION,
        outbox=settings.outbox,
    )


@command
def publish() -> None:
    """Verify the drafts in the outbox again and publish them; needs no rights on the vault."""
    settings = Settings()
    if settings.outbox is None:
        raise ReleaseError(
            "Publish",
            "no outbox is set: a run publishes its release itself.",
            "Set OCHIQ_OUTBOX for the run and for the publisher: see docs/roles.md.",
        )
    log = open_log(settings.log)
    published = publish_all(Outbox(settings.outbox), settings.releases)
    for release in published:
        log.info("published", state="published", release=release)
        typer.echo(f"Release {release} is published.", err=True)
    if not published:
        typer.echo("No draft waits.", err=True)


@command
def verify(
    release: Annotated[str, typer.Argument(help="A release's directory, its id, or 'latest'.")],
) -> None:
    """Check a release by its files alone; exit code 1 when it breaks a promise."""
    store = ReleaseStore(Settings().releases)
    directory = Path(release)
    if not directory.is_dir():
        directory = store.path(store.current_id() if release == "latest" else release)
    findings = verify_release(directory)
    for finding in findings:
        typer.echo(f"  {finding}")
    typer.echo(f"{directory.name}: {len(findings) or 'no'} findings")
    if findings:
        raise typer.Exit(REFUSED)


@command
def schedule() -> None:
    """Start a run for each slot of the cron setting, until ended."""
    settings = Settings()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    typer.echo(f"Runs are due at '{settings.cron}', {settings.time_zone}.", err=True)
    scheduler.serve(settings)


@command
def releases() -> None:
    """List all releases, newest first; the current one has a star."""
    store = ReleaseStore(Settings().releases)
    current = store.current_id() if store.ids() else ""
    for release in store.ids():
        described = read_manifest(store.path(release))
        mark = "*" if release == current else " "
        gone = "  withdrawn" if store.withdrawal(release) else ""
        accepted = described.ledger.accepted
        appeals = "" if accepted is None else f"  {accepted:,} appeals"
        typer.echo(f"{mark} {release}  {described.source.name}{appeals}{gone}")


@command
def keys() -> None:
    """List the keys that persons are hidden with, by year: in use or destroyed, never the key."""
    for key in _vault(Settings()).keyring().states():
        typer.echo(f"{key.years:10}  {key.fingerprint}  {key.state}")


@command
def rollback(
    release: Annotated[str, typer.Argument(help="A release's id; default: the one before.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the run ledger.")] = "",
) -> None:
    """Make an earlier release current again, after checking it."""
    settings = Settings()
    store, log = ReleaseStore(settings.releases), open_log(settings.log)
    wanted = release or _before(store)
    check(store.path(wanted))
    _roll_back(settings, wanted, reason)
    log.info("rolled back", job=ROLLBACK, release=wanted)
    typer.echo(f"Release {wanted} is current.", err=True)


def _roll_back(settings: Settings, release: str, reason: str) -> None:
    """Points to a release, and notes it for the runs that publish themselves: they must not undo
    it. A publisher has no rights on the ledger, and undoes nothing without a new draft."""
    if settings.outbox is not None:
        point_to(settings.releases, release)
        return
    ledger = RunLedger(settings.vault / LEDGER)
    number = ledger.claim(ROLLBACK, _now())
    point_to(settings.releases, release)
    ledger.note(number, "published", reason=reason, release=release)


@command
def withdraw(
    release: Annotated[str, typer.Argument(help="A release's id.")],
    reason: Annotated[str, typer.Option(help="Why, for everyone to read.")] = "",
    lang: Annotated[str, typer.Option(help="The language of the reason.")] = "uz",
    undo: Annotated[bool, typer.Option("--undo", help="Take a withdrawal back.")] = False,
) -> None:
    """Say in public that a release is wrong, and why; again in each language. It stays readable."""
    settings = Settings()
    store, log = ReleaseStore(settings.releases), open_log(settings.log)
    if undo:
        lift(settings.releases, release)
        log.info("withdrawal taken back", release=release)
        typer.echo(f"Release {release} stands again.", err=True)
        return
    day = _today(settings).isoformat()
    put_into_register(settings.releases, release, lang, reason, day)
    log.info("withdrawn", release=release)
    typer.echo(f"Release {release} is withdrawn.", err=True)
    if store.current_id() == release:
        typer.echo("It is still the current one: 'python -m etl rollback' shows another.", err=True)


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.time_zone)).date()


def _before(store: ReleaseStore) -> str:
    """The newest release older than the current one, or the newest when none is current."""
    ids = store.ids()
    try:
        older = ids[ids.index(store.current_id()) + 1 :]
    except (ReleaseError, ValueError):
        older = ids
    if not older:
        raise ReleaseError("Rollback", "there is no earlier release.", "Run 'python -m etl run'.")
    return older[0]


def _statements(name: str, kind: type[Kind], about: str) -> None:
    """The commands ``<name> check`` and ``<name> publish`` for what is said beside the releases."""
    group = typer.Typer(help=about, no_args_is_help=True)
    file = Annotated[Path, typer.Argument(help="The TOML file; see docs/statements.md.")]

    def check(path: file) -> None:
        """Say what is wrong with a file, line by line; exit code 1 when something is."""
        settings = Settings()
        checked = statements.check(path, kind, settings.releases, _today(settings))
        for fault in checked.faults:
            typer.echo(f"  {fault}")
        typer.echo(
            f"{path.name}: statements {len(checked.statements)}, faults {len(checked.faults)}"
        )
        if checked.faults:
            raise typer.Exit(REFUSED)

    def publish(path: file) -> None:
        """Put a file beside the releases, if nothing is wrong with it."""
        settings = Settings()
        count = statements.publish(path, kind, settings.releases, _today(settings))
        open_log(settings.log).info("statements published", kind=name, count=count)
        typer.echo(f"Statements beside the releases: {count}.", err=True)

    for each in (check, publish):
        group.command()(plain(each))
    app.add_typer(group, name=name)


_statements("replies", Reply, "Agencies' own words beside their figures.")
_statements("corrections", Correction, "The public log of errors.")


if __name__ == "__main__":
    app()
