"""A list of models on its way in: read whole, laid beside the models on file, then kept, all or none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.findings import Finding
from geo.names import fold
from planning.models import CrimeModel
from planning.papers import Figure
from store.plan_records import Kept
from store.repository import Store
from studies.intake import Received, receive
from studies.models_file import Tally, read_models

PLAIN = CrimeModel("", "", "")
Named = tuple[str, str]
Pair = tuple[CrimeModel, Kept[CrimeModel] | None]


@dataclass(frozen=True)
class ModelsTrial:
    """A read list, not kept yet. pairs: each model as it would stand, beside the one on file that it goes on
    from, None for a new one."""

    received: Received
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]
    tally: Tally

    @property
    def n_new(self) -> int:
        return sum(base is None for _, base in self.pairs)

    @property
    def n_changed(self) -> int:
        return sum(base is not None and base.content != model for model, base in self.pairs)


def try_models(
    store: Store,
    area_id: int | None,
    received: Received,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> ModelsTrial:
    """Read the list; the store is not touched. area_id: the boundaries of its wards, None for a list without
    any. Raises what `read_models` raises and NoData (reason `area`)."""
    wards = None if area_id is None else store.load_wards(area_id)
    aliases = () if area_id is None else store.list_aliases(area_id)
    models, findings, tally = read_models(
        received.path, wards, aliases, sheet=sheet, encoding=encoding, decimal_mark=decimal_mark
    )
    named: dict[Named, list[Kept[CrimeModel]]] = defaultdict(list)
    for each in store.list_models():
        named[_name(each.content)].append(each)
    pairs = tuple(_pair(model, named.get(_name(model), ())) for model in models)
    return ModelsTrial(received, pairs, findings, tally)


def keep_models(store: Store, trial: ModelsTrial, *, by: str = "") -> bool:
    """Whether the store changed. Raises ChangedMeanwhile, and then nothing is kept."""
    before = store.revision()
    store.keep_models(trial.pairs, by=by)
    return store.revision() != before


def import_models(
    store: Store,
    path: Path,
    area_id: int | None,
    *,
    by: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> tuple[ModelsTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as models`."""
    trial = try_models(
        store, area_id, receive([path]), sheet=sheet, encoding=encoding, decimal_mark=decimal_mark
    )
    return trial, keep_models(store, trial, by=by)


def _pair(model: CrimeModel, kept: Sequence[Kept[CrimeModel]]) -> Pair:
    """Beside the one of that name and place; of several, the one with the same paper, else it is new. kept:
    those of its name and place."""
    same = [each for each in kept if _may_be_same(model, each.content)]
    if len(same) > 1:
        same = [each for each in same if each.content.source == model.source]
    if len(same) != 1:
        return model, None
    return merge_models(same[0].content, model), same[0]


def _name(model: CrimeModel) -> Named:
    return fold(model.name), fold(model.place)


def _may_be_same(model: CrimeModel, other: CrimeModel) -> bool:
    """Two that name different wards are two."""
    return len({model.ward_code, other.ward_code} - {""}) < 2


def merge_models(old: CrimeModel, new: CrimeModel) -> CrimeModel:
    """What the new one tells takes the place of the old; what it does not tell stays. A result of the same
    key, days and paper takes the earlier one's place; others come after. Merging the same again changes
    nothing."""
    told = {
        name: getattr(new, name)
        for name in new.__dataclass_fields__
        if name not in ("name", "place", "figures") and getattr(new, name) != getattr(PLAIN, name)
    }
    figures = list(old.figures)
    places = {_identify_figure(figure): n for n, figure in reversed(list(enumerate(figures)))}
    for figure in new.figures:
        place = places.setdefault(_identify_figure(figure), len(figures))
        figures[place : place + 1] = [figure]
    return replace(old, **told, figures=tuple(figures))


def _identify_figure(figure: Figure) -> tuple[object, ...]:
    days = (figure.start, figure.end, figure.as_of, figure.period)
    return figure.key, fold(figure.measure), *days, figure.source
