"""A catalogue written as TOML reads back unchanged; two catalogues are told apart entry by entry."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BrokenCatalogue
from planning.catalogue import Catalogue, Criterion, Due, Grade, Named, Rule, TargetSet
from planning.catalogue_changes import Change, compare_catalogues
from planning.catalogue_file import read_catalogue
from planning.catalogue_text import write_catalogue
from planning.targets import Target
from tests.store.plans import make_catalogue

SHIPPED = Path(__file__).parents[2] / "data" / "planning" / "catalogue.toml"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SOME_DAY = st.none() | DAYS
HEAD = 'name = "a"\nvalid_from = 2024-01-01\nsource = ""\n'


def listed(entries: st.SearchStrategy[Named]) -> st.SearchStrategy[tuple[Named, ...]]:
    return st.lists(entries, max_size=3, unique_by=lambda entry: entry.key).map(tuple)


KEYS = st.text("abc_1", min_size=1, max_size=4)
NAMED = listed(st.builds(Named, KEYS, TEXTS, TEXTS, TEXTS))
CRITERIA = st.builds(Criterion, KEYS, TEXTS, st.floats(1, 1e20), st.none() | NUMBERS, TEXTS)
RULES = st.builds(
    Rule, KEYS, st.just("at_least_per_group"), TEXTS, st.booleans(), st.integers(1, 9), st.just("parent"),
    TEXTS, SOME_DAY,
)  # fmt: skip
DUES = st.builds(Due, KEYS, TEXTS, st.just("start"), st.integers(0, 120), TEXTS, SOME_DAY)


@st.composite
def target_sets(draw: st.DrawFn) -> TargetSet:
    """A target under a set with a day has a day itself."""
    day, source = draw(SOME_DAY), draw(TEXTS)
    targets = draw(
        st.lists(
            st.builds(
                Target, KEYS, TEXTS, st.just("area"), st.just("change_pct"), st.just("<="), NUMBERS,
                st.just("n"), unit=TEXTS, not_applicable_when=st.lists(TEXTS, max_size=2).map(tuple),
                when=TEXTS, source=TEXTS | st.just(source), valid_from=DAYS if day else SOME_DAY,
            ),
            min_size=1, max_size=2, unique_by=lambda target: target.key,
        )
    )  # fmt: skip
    return TargetSet(draw(KEYS), draw(TEXTS), source, tuple(targets), day)


def make(draw: st.DrawFn) -> Catalogue:
    grades = (Grade("a", "A", "chuyen_hoa_thanh_cong"), Grade("b", draw(TEXTS), "chua_dat"))
    return Catalogue(
        draw(TEXTS), draw(DAYS), draw(TEXTS), (Named("r", "R"), *draw(NAMED)), draw(NAMED), draw(NAMED),
        draw(NAMED), grades, (draw(CRITERIA),), tuple(draw(st.lists(RULES, max_size=1))),
        tuple(draw(st.lists(target_sets(), max_size=1))), tuple(draw(st.lists(DUES, max_size=1))),
        draw(st.integers(0, 120)), draw(st.integers(0, 120)),
    )  # fmt: skip


CATALOGUES = st.composite(make)()


@given(CATALOGUES)
def test_what_is_written_reads_back_as_it_was(catalogue: Catalogue) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "danh_muc.toml"
        path.write_bytes(write_catalogue(catalogue).encode())
        assert read_catalogue(path) == catalogue


@given(CATALOGUES, CATALOGUES)
def test_nothing_differs_exactly_between_equal_catalogues(one: Catalogue, other: Catalogue) -> None:
    assert compare_catalogues(one, one) == ()
    assert bool(compare_catalogues(one, other)) == (one != other)


def test_the_shipped_catalogue_survives_the_way_there_and_back(tmp_path: Path) -> None:
    catalogue = read_catalogue(SHIPPED)
    path = tmp_path / "moi.toml"
    path.write_text(write_catalogue(catalogue), encoding="utf-8")
    assert read_catalogue(path) == catalogue


def test_the_text_says_plainly_what_a_person_is_to_change() -> None:
    assert write_catalogue(make_catalogue()).splitlines()[:10] == [
        'name = "Danh mục mẫu"',
        "valid_from = 2024-01-01",
        'source = "KH 12"',
        "maintenance_months = 12",
        "watch_months = 24",
        "",
        "[[registers]]",
        'key = "TTATXH"',
        'name = "Trật tự, an toàn xã hội"',
        "",
    ]
    assert 'name = "a\\"b\\\\\\n\\u0000"' in write_catalogue(make_catalogue(name='a"b\\\n\x00'))


def test_each_difference_is_told_once_with_its_place_and_both_sides() -> None:
    old = make_catalogue()
    target = replace(old.target_sets[0].targets[0], value=-10.0)
    new = make_catalogue(
        watch_months=18,
        registers=(Named("ANTT", "An ninh"), *old.registers),
        types=(),
        grades=old.grades[::-1],
        criteria=(replace(old.criteria[0], weight=70.0),),
        target_sets=(replace(old.target_sets[0], targets=(target,)),),
    )
    assert compare_catalogues(old, new) == (
        Change("catalogue", "changed", "", "watch_months", 24, 18),
        Change("registers", "added", "ANTT"),
        Change("types", "removed", "1"),
        Change("grades", "moved"),
        Change("criteria", "changed", "so_vu", "weight", 60.0, 70.0),
        Change("targets", "changed", "kh12/giam_5", "value", -5.0, -10.0),
    )


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("x = " + "[" * 5_000, "unreadable", ""),
        ("x = " + "9" * 5_000, "unreadable", ""),
        (f"{HEAD}maintenance_months = {2**63}", "wrong_type", "maintenance_months"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_one_calm_refusal(tmp_path: Path, text: str, reason: str, place: str) -> None:
    path = tmp_path / "xau.toml"
    lists = "".join(
        f"\n{shelf} = []"
        for shelf in (
            "registers", "types", "reasons", "measures", "grades", "criteria", "rules", "target_sets", "dues",
        )
    )  # fmt: skip
    path.write_text(text + lists, encoding="utf-8")
    with pytest.raises(BrokenCatalogue) as refusal:
        read_catalogue(path)
    assert (refusal.value.reason, refusal.value.facts["place"]) == (reason, place)
