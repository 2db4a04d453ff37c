"""Every setting: its name, type, default and purpose. Read from OCHIQ_… in the environment."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, StringConstraints, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

VERSION: Final = "0.1.0"
"""The version of the code; stated in the manifest of each release that it makes."""


Period = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{3}(-Q[1-4]|-(0[1-9]|1[0-2]))?$")]


class Settings(BaseSettings):
    """The settings of the site and the pipeline."""

    model_config = SettingsConfigDict(env_prefix="OCHIQ_", frozen=True)

    releases: Path = Field(Path("var/releases"), description="Where releases are published.")
    hosts: tuple[str, ...] = Field((), description="Host names the site answers to; empty: any.")
    origin: str = Field(
        "", description="Scheme and host in canonical links and cards of links, as https://host."
    )
    contact: str = Field(
        "",
        pattern=r"^(|https?://\S+|[^@\s:]+@[^@\s:]+)$",
        description="Whom readers can write to: an e-mail address or the address of a page.",
    )
    strict_words: bool = Field(
        default=False, description="Fail on a missing word instead of showing English."
    )

    feedback: Path | None = Field(
        Path("var/feedback"),
        description="Where readers' reports of errors are kept, mode 0700; empty: none are taken. "
        "See docs/feedback.md.",
    )

    promised_days: int | None = Field(
        None,
        ge=1,
        description="How old the newest data may become, in days; older, every page says so.",
    )
    announced: dict[Period, date] = Field(
        {},
        description="Until which day each coming period is to be published, as JSON: "
        '{"2019-12": "2020-03-05"}; later, every page says that it is late.',
    )

    outbox: Path | None = Field(
        None,
        description="Where a run leaves the draft of its release for a publisher who has no rights "
        "on the vault; empty: the run publishes itself. See docs/roles.md.",
    )
    vault: Path = Field(
        Path("var/vault"),
        description="Keys, appeals in work, quarantine and run ledger; mode 0700.",
    )
    key_directory: Path | None = Field(
        None,
        description="The yearly keys that persons are hidden with, mode 0700; default: keys beside "
        "the key file. See docs/keys.md.",
    )
    key_file: Path | None = Field(
        None,
        description="The one key of an installation from before there were yearly keys, which the "
        "next run takes over; default: person.key in the vault.",
    )
    demo: Path = Field(Path("var/demo"), description="Where the demonstration source is made.")
    demo_appeals: int = Field(
        3_437_771, ge=1000, description="How many appeals the demonstration source has."
    )
    demo_seed: int = Field(2017, description="The same seed makes the same demonstration source.")
    mapping: Path = Field(
        Path("mappings/demo.toml"), description="The mapping of the source that a run reads."
    )
    source: str | None = Field(
        None, description="Path or SQLAlchemy URL of the source; default: the mapping's location."
    )
    threshold: int = Field(
        10, ge=2, description="Fewest persons behind a published count; see docs/disclosure.md."
    )
    cron: str = Field("30 2 * * *", description="When the scheduler starts a run (crontab).")
    time_zone: str = Field("Asia/Tashkent", description="The zone of the schedule.")
    log: Path = Field(Path("var/log/etl.jsonl"), description="The pipeline's log, one JSON a line.")

    @field_validator("feedback", "outbox", mode="before")
    @classmethod
    def _none_when_empty(cls, given: object) -> object:
        return None if given == "" else given

    @property
    def demo_source(self) -> str:
        """The SQLAlchemy URL of the demonstration source."""
        return f"sqlite:///{self.demo / 'appeals.db'}"
