"""A model of the movement typed by hand: checked, laid beside what others kept meanwhile, then kept.

Results are reported figures: each keeps its own days and paper, and nothing is added up. A person is never
named, only a post or an office.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from errors import BadOption, Key
from geo.names import fold, strip_accents
from geo.reading.persons import find_person_text
from geo.rows.fact_cells import by_word
from planning.model_shares import lies_in
from planning.models import CrimeModel
from planning.papers import Figure, Qualifier
from store.plan_records import Kept
from store.repository import Store

COUNTS = ("n_units", "n_members", "n_premises")
TEXTS = ("name", "kind", "assessed_by", "source", "as_of", "note")
FIGURE_TEXTS = ("measure", "text", "unit", "period", "source", "overlaps", "note")
RESULTS = (
    "tips_received", "tips_valuable", "cases", "persons", "mediations", "patrols", "outreach",
    "persons_progressed", "jobs", "cameras",
)  # fmt: skip
OTHER = ""
RESULT_WORDS = by_word({
    "tips_received": ("tin nhan duoc", "tin tiep nhan", "tin bao tiep nhan", "tin bao nhan duoc", "tin bao"),
    "tips_valuable": ("tin co gia tri", "tin bao co gia tri"),
    "cases": ("vu", "vu lam ro", "vu phat hien", "vu viec"),
    "persons": ("doi tuong", "doi tuong duoc xu ly", "doi tuong xu ly"),
    "mediations": ("vu hoa giai", "vu hoa giai thanh", "hoa giai", "hoa giai thanh"),
    "patrols": ("tuan tra", "cuoc tuan tra", "luot tuan tra"),
    "outreach": ("tuyen truyen", "cuoc tuyen truyen", "luot tuyen truyen", "tuyen truyen luu dong"),
    "persons_progressed": ("nguoi duoc cam hoa", "nguoi tien bo", "nguoi duoc giup do"),
    "jobs": ("viec lam", "nguoi duoc gioi thieu viec lam", "nguoi co viec lam"),
    "cameras": ("camera", "camera an ninh"),
})  # fmt: skip


@dataclass(frozen=True)
class TypedResult:
    """What a person typed of one result. key: one of RESULTS, OTHER where it is none of them. value: the
    number, None not told; text: the words of a quantity told in words. period: the source's own words where
    it gives no days. source: "" the model's own."""

    key: str
    measure: str
    value: float | None
    qualifier: Qualifier = "="
    text: str = ""
    unit: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    period: str = ""
    source: str = ""
    overlaps: str = ""


def list_models(store: Store, place: str = "") -> list[Kept[CrimeModel]]:
    """Those of a place and of places in it; all of them where none is named. The first kept first."""
    kept = store.list_models()
    return [each for each in kept if lies_in(each.content.place, place)] if place else kept


def make_figure(typed: TypedResult, model: CrimeModel, base: Figure | None = None) -> Figure:
    """A new result of the model, or the changed `base`, whose other parts stay. Raises BadOption:
    `result_measure`, `result_words`, `result_value`, `result_days`, `model_person`."""
    if not typed.measure.strip():
        raise BadOption("result_measure")
    is_text = typed.qualifier == "text"
    if is_text and not typed.text.strip():
        raise BadOption("result_words")
    if not is_text and typed.value is not None and not (math.isfinite(typed.value) and typed.value >= 0):
        raise BadOption("result_value", value=typed.value)
    if typed.start and typed.end and typed.end < typed.start:
        raise BadOption("result_days", start=typed.start, end=typed.end)
    begun = base or Figure("", "", None, "", level=model.level, place=model.place)
    figure = replace(
        begun,
        key=typed.key or make_key(typed.measure),
        measure=typed.measure.strip(),
        value=None if is_text or typed.value is None else float(typed.value),
        qualifier=typed.qualifier,
        text=typed.text.strip() if is_text else "",
        unit=typed.unit.strip(),
        start=typed.start,
        end=typed.end,
        period=typed.period.strip(),
        source=typed.source.strip() or model.source,
        overlaps=typed.overlaps.strip(),
    )
    _refuse_persons({name: getattr(figure, name) for name in FIGURE_TEXTS})
    return figure


def check_model(model: CrimeModel) -> None:
    """Raise BadOption for what no model can be: `model_name`, `model_place`, `model_source` not told;
    `model_count` below 0; `model_judged` a judgement without who and when, or these without a judgement;
    `model_ward` a ward without its boundary version; `model_person` a text that names a person."""
    for name in ("name", "place", "source"):
        if not getattr(model, name).strip():
            raise BadOption(f"model_{name}")
    for name in COUNTS:
        value = getattr(model, name)
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise BadOption("model_count", field=Key("model_form.field", name), value=value)
    signed = (bool(model.assessed_by.strip()), model.assessed_on is not None)
    if (model.effective is not None and not all(signed)) or (model.effective is None and any(signed)):
        raise BadOption("model_judged")
    if model.ward_code and not model.version:
        raise BadOption("model_ward", ward=model.ward_code)
    _refuse_persons({name: getattr(model, name) for name in TEXTS})
    for figure in model.figures:
        _refuse_persons({name: getattr(figure, name) for name in FIGURE_TEXTS})


def keep_model(
    store: Store, model: CrimeModel, base: Kept[CrimeModel] | None, *, by: str = ""
) -> Kept[CrimeModel]:
    """Keep a new model, or the next revision after `base`, the one that the person began from. Raises what
    `check_model` raises, ChangedMeanwhile, and NoData (reason `model`)."""
    check_model(model)
    record_id, revision = (base.id, base.revision) if base else (None, None)
    return store.keep_model(model, by=by, record_id=record_id, base_revision=revision)


def load_model(store: Store, record_id: int) -> Kept[CrimeModel]:
    """The newest revision. Raises NoData (reason `model`)."""
    return store.list_model_revisions(record_id)[0]


def list_differences(one: CrimeModel, other: CrimeModel) -> Iterator[str]:
    """Names of the fields that differ."""
    for name in one.__dataclass_fields__:
        if getattr(one, name) != getattr(other, name):
            yield name


def make_key(measure: str) -> str:
    """One of RESULTS where the words are known to mean it; else `Vụ trộm cắp` is `vu_trom_cap`."""
    plain = re.sub(r"[^a-z0-9]+", " ", strip_accents(fold(measure))).strip()
    return RESULT_WORDS.get(plain.removeprefix("so "), plain.replace(" ", "_"))


def _refuse_persons(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if find_person_text(text):
            raise BadOption("model_person", field=Key("model_form.field", name))


def carry_over(base: CrimeModel, mine: CrimeModel, theirs: CrimeModel) -> CrimeModel:
    """What `mine` changed of `base`, on top of `theirs`. A result that they changed too stays as they have
    it, and mine is put after it: nothing is lost."""
    own = {name: getattr(mine, name) for name in list_differences(base, mine) if name != "figures"}
    gone = [figure for figure in base.figures if figure not in mine.figures]
    come = [figure for figure in mine.figures if figure not in base.figures]
    figures = list(theirs.figures)
    for old, new in zip_longest(gone, come):
        if old in figures:
            place = figures.index(old)
            figures[place : place + 1] = [new] if new else []
        elif new is not None:
            figures.append(new)
    return replace(theirs, **own, figures=tuple(figures))


def put_result(model: CrimeModel, place: int | None, figure: Figure | None) -> CrimeModel:
    """The model with the result at a place changed, taken away (None), or a new one after the others."""
    figures = list(model.figures)
    if place is None:
        figures += [figure] if figure else []
    else:
        figures[place : place + 1] = [figure] if figure else []
    return replace(model, figures=tuple(figures))
