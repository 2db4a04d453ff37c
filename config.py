"""Every setting: its name, type, default and purpose. Read from OCHIQ_… in the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of the site and the pipeline."""

    model_config = SettingsConfigDict(env_prefix="OCHIQ_", frozen=True)

    releases: Path = Field(Path("var/releases"), description="Where releases are published.")
    hosts: tuple[str, ...] = Field((), description="Host names the site answers to; empty: any.")
    origin: str = Field("", description="Scheme and host in canonical links, as https://host.")
    strict_words: bool = Field(
        default=False, description="Fail on a missing word instead of showing English."
    )
