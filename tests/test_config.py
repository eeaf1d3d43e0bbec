"""Settings come from the environment; paths are counted from the project."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config import PROJECT, Settings

NAMES = ("DIABAN_DATABASE", "DATABASE_URL", "DIABAN_LANGUAGE", "DIABAN_BOUNDARIES_FOLDER")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_an_environment_the_bundled_example_is_shown_in_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.database == "sqlite:///var/diaban.sqlite"
    assert settings.language == "vi"
    assert settings.boundaries_folder == PROJECT / "data" / "boundaries"


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/kho.sqlite")
    monkeypatch.setenv("DIABAN_LANGUAGE", "en")
    monkeypatch.setenv("DIABAN_BOUNDARIES_FOLDER", "/srv/ranh-gioi")
    settings = Settings()
    assert settings.database == "sqlite:////srv/kho.sqlite"
    assert (settings.language, settings.boundaries_folder) == ("en", Path("/srv/ranh-gioi"))


def test_our_own_name_for_the_database_goes_before_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////plain.sqlite")
    monkeypatch.setenv("DIABAN_DATABASE", "sqlite:////own.sqlite")
    assert Settings().database == "sqlite:////own.sqlite"
    monkeypatch.setenv("DIABAN_DATABASE", "")
    assert Settings().database == "sqlite:////plain.sqlite"


def test_a_password_stays_out_of_the_printed_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:mat-khau@host/db")
    assert "mat-khau" not in repr(Settings())


def test_a_language_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIABAN_LANGUAGE", "fr")
    with pytest.raises(ValidationError):
        Settings()
