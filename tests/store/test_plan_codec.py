"""Law: what is planned comes back from JSON as it was, and what is not known is refused."""

import datetime as dt
import json
import types
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import StoreNewer
from planning.catalogue import Catalogue
from planning.models import CrimeModel
from planning.papers import Document, Figure
from planning.programme import Programme, Step, TargetArea
from planning.scenario import Proposal, Scenario
from store.plan_codec import as_kept, decode, encode
from store.plan_records import CATALOGUE, MODEL, PROGRAMME, PROPOSALS, SCENARIO, TARGET_AREA, ProposalList
from tests.store.plans import make_catalogue, make_programme, make_scenario

KINDS = (SCENARIO, PROGRAMME, TARGET_AREA, MODEL, CATALOGUE, PROPOSALS)
CONTENTS: tuple[type, ...] = (
    Scenario,
    Programme,
    TargetArea,
    CrimeModel,
    Catalogue,
    ProposalList,
    Step,
    Document,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    dt.date: st.dates(),
    object: st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=2).map(lambda text: text.replace("\0", "")),
    types.NoneType: st.none(),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, dataclasses and all they hold included."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(any_of, inner))
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(any_of(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(any_of, inner))
    if origin is dict:
        return st.dictionaries(any_of(inner[0]), any_of(inner[1]), max_size=2)
    assert is_dataclass(hint), hint
    parts = {name: any_of(part) for name, part in get_type_hints(hint).items()}
    if hint is Figure:
        parts["text"] = parts["text"].map(lambda text: text or "hàng chục")
    return st.builds(hint, **parts)


@given(content=st.one_of(*map(any_of, CONTENTS)))
def test_every_content_comes_back_from_json_as_it_was(content: Any) -> None:
    back = decode(type(content), json.loads(json.dumps(encode(content))))
    assert back == content
    assert as_kept(content) == content


def test_the_law_covers_every_kind_of_record() -> None:
    assert {kind.content for kind in KINDS} <= set(CONTENTS)


def test_nul_and_what_is_no_number_are_not_kept() -> None:
    proposal = Proposal("00001", reason="a\0b", types=("\0",), cost=float("nan"))
    assert as_kept(proposal) == Proposal("00001", reason="ab", types=("",), cost=None)


@pytest.mark.parametrize(
    "wrong",
    [
        Proposal("00001", cost=float("inf")),
        Proposal("00001", types=["1"]),  # type: ignore[arg-type]
        Proposal("00001", recognised_on="2024-01-01"),  # type: ignore[arg-type]
        Proposal("00001", recognised_on=dt.datetime(2024, 1, 1, 12)),
        Proposal(None),  # type: ignore[arg-type]
        replace(make_catalogue().criteria[0], weight=float("nan")),
    ],
)
def test_what_the_fields_do_not_allow_is_a_bug_of_the_caller(wrong: object) -> None:
    with pytest.raises(ValueError):
        encode(wrong)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"mascot": "gấu"}, "mascot"),
        ({"targets": [{**encode(make_programme().targets[0]), "colour": 1}]}, "targets.0.colour"),
        ({"level": "galaxy"}, "level"),
        ({"year": "2025"}, "year"),
        ({"year": None}, "year"),
    ],
)
def test_fields_and_values_of_another_program_are_refused(change: dict[str, object], seen: str) -> None:
    with pytest.raises(StoreNewer) as caught:
        decode(Programme, encode(make_programme()) | change)
    assert (caught.value.reason, caught.value.facts) == ("content", {"kind": "Programme", "seen": seen})


def test_fields_that_came_later_take_their_defaults() -> None:
    earlier = encode(make_scenario(1, exceptions=()))
    for field in fields(Scenario):
        if field.name in ("is_locked", "version", "reopens", "exceptions", "approval"):
            del earlier[field.name]
    assert decode(Scenario, earlier) == make_scenario(1, exceptions=())
