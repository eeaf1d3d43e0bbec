"""Settings from the environment. Only `app.py` and `cli.py` read them."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """`DIABAN_DATABASE` (or plain `DATABASE_URL`), `DIABAN_LANGUAGE`, `DIABAN_BOUNDARIES_FOLDER`.

    database: an SQLAlchemy URL; a relative SQLite path is counted from the project's folder. It may hold
    a password, hence stays out of the printed form.
    boundaries_folder: absolute; a relative one is counted from the project's folder.
    """

    model_config = SettingsConfigDict(
        env_prefix="DIABAN_", env_ignore_empty=True, populate_by_name=True, frozen=True
    )

    database: str = Field(
        default="sqlite:///var/diaban.sqlite",
        validation_alias=AliasChoices("DIABAN_DATABASE", "DATABASE_URL"),
        repr=False,
    )
    language: Literal["vi", "en"] = "vi"
    boundaries_folder: Path = Field(default=Path("data/boundaries"), validate_default=True)

    @field_validator("boundaries_folder")
    @classmethod
    def _count_from_project(cls, folder: Path) -> Path:
        return PROJECT / folder
