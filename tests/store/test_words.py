"""Each refusal of the store says in both languages what is wrong and names the thing."""

import datetime as dt

import pytest

from errors import (
    AppError,
    ChangedMeanwhile,
    NoData,
    NotComparable,
    StoreNewer,
    StoreNotEmpty,
    StoreUnavailable,
)
from i18n.messages import load_words

DAY = dt.date(2024, 1, 31)
MOMENT = dt.datetime(2024, 1, 31, 9, tzinfo=dt.UTC)
RANGES = {"start": DAY, "end": DAY, "other_start": DAY, "other_end": DAY}
ERRORS: list[tuple[AppError, str]] = [
    (StoreUnavailable(url="sqlite:///kho", seen="disk full"), "disk full"),
    (StoreUnavailable("url", url="kho://", seen="x"), "kho://"),
    (StoreUnavailable("foreign", url="sqlite:///w.gpkg"), "w.gpkg"),
    (StoreUnavailable("busy", url="sqlite:///kho"), "sqlite:///kho"),
    (StoreUnavailable("server", url="postgresql://máy", seen="refused"), "máy"),
    (StoreUnavailable("password", url="postgresql://máy", seen="failed"), "máy"),
    (StoreUnavailable("database", url="postgresql://máy", seen="gone"), "máy"),
    (StoreUnavailable("permission", url="postgresql://máy", seen="denied"), "denied"),
    (StoreUnavailable("postgis", url="postgresql://máy", seen="absent"), "CREATE EXTENSION postgis"),
    (StoreUnavailable("backup_missing", url="b.sqlite"), "b.sqlite"),
    (StoreUnavailable("backup_damaged", url="b.sqlite", seen="torn"), "torn"),
    (StoreUnavailable("backup_foreign", url="b.sqlite", seen=""), "b.sqlite"),
    (StoreNotEmpty("file", file="b.sqlite"), "b.sqlite"),
    (StoreNotEmpty("store", url="sqlite:///kho"), "sqlite:///kho"),
    (StoreNewer(url="sqlite:///kho", revision="0009"), "0009"),
    (NotComparable("version", file="a.csv", given="v1", known="v2"), "v2"),
    (NotComparable("overlap", file="a.csv", other="b.csv", **RANGES), "b.csv"),
    (NotComparable("undated", file="a.csv", other="b.csv"), "b.csv"),
    (NotComparable("correction", file="a.csv", other="b.csv"), "b.csv"),
    (NotComparable("inactive", file="a.csv", other="b.csv"), "b.csv"),
    (NotComparable("approved", name="Phương án 1", number="12/QĐ"), "12/QĐ"),
    (NotComparable("locked", name="Phương án 1"), "Phương án 1"),
    (NotComparable("not_approved", name="Phương án 1"), "Phương án 1"),
    (NotComparable("programme_key", key="mau-2025"), "mau-2025"),
    (NotComparable("programme_renamed", key="mau-2025", given="b"), "mau-2025"),
    (NotComparable("target_version", ward="Phường Một", given="v1", known="v2"), "v2"),
    (NotComparable("target_twice", ward="Phường Một"), "Phường Một"),
    (ChangedMeanwhile(kind="scenario", record_id=1, revision=2, by="Lan", at=MOMENT), "Lan"),
    (ChangedMeanwhile("unsigned", kind="scenario", record_id=1, revision=2, by="", at=MOMENT), "31/01/2024"),
    (ChangedMeanwhile("step", kind="target_area", record_id=1, revision=2, by="", at=MOMENT), "31/01/2024"),
    (StoreNewer("content", kind="Scenario", seen="mascot"), "mascot"),
    (NoData("scenario", record_id=1), "store"),
    (NoData("programme", record_id=1), "store"),
    (NoData("target_area", record_id=1), "store"),
    (NoData("model", record_id=1), "store"),
    (NoData("catalogue"), "store"),
    (NoData("crosswalk", crosswalk_id=1), "store"),
    (NoData("area", area_id=1), "store"),
    (NoData("weights", weights_id=1), "store"),
    (NoData("dataset", dataset_id=1), "store"),
]


@pytest.mark.parametrize(("error", "named"), ERRORS)
def test_a_refusal_names_the_thing_in_both_languages(error: AppError, named: str) -> None:
    vietnamese, english = (load_words(language).error(error) for language in ("vi", "en"))
    assert named in english
    assert named in vietnamese or "kho dữ liệu" in vietnamese
    assert vietnamese != english
