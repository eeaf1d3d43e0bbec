"""Programmes of the store in lines: what each promised, where its areas stand, what is not known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from errors import NoData
from i18n.messages import Words
from planning.catalogue import Catalogue, Named
from planning.lifecycle import entered_on, grade_of, state_of
from planning.model_shares import lies_in
from planning.models import CrimeModel
from planning.programme import Programme
from store.plan_records import KeptArea
from store.repository import Store
from studies.catalogues import find_catalogue
from studies.figure_words import FigureRow, list_rows, write_quantity
from studies.paper_words import write_paper


@dataclass(frozen=True)
class ProgrammeFile:
    """One programme with all that the store holds of it. models: of its place, whatever their year.
    catalogue: that of its year, None where the store has none."""

    programme: Programme
    areas: tuple[KeptArea, ...]
    models: tuple[CrimeModel, ...]
    catalogue: Catalogue | None

    @property
    def n_unknown(self) -> int:
        """How many selected areas have no name."""
        return max(0, (self.programme.n_selected or 0) - len(self.areas))


def gather_programme(store: Store, key: str) -> ProgrammeFile:
    """Raises NoData (reasons `programme_unknown`, `no_programme`)."""
    kept = store.find_programme(key)
    if kept is None:
        known = ", ".join(each.content.key for each in store.list_programmes())
        raise NoData("programme_unknown" if known else "no_programme", asked=key, choices=known)
    return ProgrammeFile(
        kept.content,
        tuple(store.list_target_areas(kept.id)),
        tuple(
            each.content for each in store.list_models() if lies_in(each.content.place, kept.content.place)
        ),
        find_catalogue(store, kept.content.year) if store.list_catalogues() else None,
    )


def list_programmes(store: Store, words: Words) -> list[str]:
    """A line per programme, the first kept first."""
    areas = Counter(area.programme_id for area in store.list_target_areas())
    lines = []
    for kept in store.list_programmes():
        told = kept.content
        named = _write_named(areas[kept.id], told.n_selected, words)
        line = words(
            "reports.line", code=told.key, name=told.name, place=told.place, year=str(told.year), areas=named
        )
        lines.append(_mark(told, words) + line)
    return lines or [words("reports.none_listed")]


def show_programme(told: ProgrammeFile, target_lines: Iterable[str], words: Words) -> list[str]:
    """Areas with their state, targets, figures; whatever is not known is said. target_lines: as written by
    `studies.programme_targets`."""
    programme, names = told.programme, told.catalogue
    head = f"{programme.name} – {programme.place}, {programme.year}"
    facts = [
        ("document", write_paper(programme.document, words)),
        ("register", name_of(programme.register, names.registers if names else (), words)),
        ("n_selected", write_selected(programme, words)),
        ("results", write_results(told, words)),
        ("source", programme.source or words("reports.unknown")),
        ("note", programme.note),
    ]
    lines = [_mark(programme, words) + head]
    lines += [f"{words(f'reports.head.{key}')}: {text}" for key, text in facts if text]
    rows = list_rows(programme.figures, told.models, words)
    lines += _list_part("areas", write_areas(told, words), words)
    lines += _list_part("targets", list(target_lines), words)
    return lines + _list_part("figures", [_write_figure(row, words) for row in rows], words)


def write_areas(told: ProgrammeFile, words: Words) -> list[str]:
    """A line per named area, and one for those that have no name."""
    lines = []
    for kept in told.areas:
        area, steps = kept.content, kept.taken
        state = state_of(steps)
        day = entered_on(steps, state) if state else None
        line = words(
            "reports.area_day" if day else "reports.area",
            name=area.ward_name,
            parent=area.parent,
            code=area.ward_code,
            state=words(f"state.{state or 'none'}"),
            day=day,
        )
        if area.reached_early_on:
            line += "; " + words("reports.reached_early", day=area.reached_early_on)
        lines.append(line + "; " + words("reports.result", grade=write_grade(kept, told.catalogue, words)))
    if told.n_unknown:
        lines.append(words("reports.others", n=told.n_unknown))
    return lines


def write_grade(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> str:
    """The committee's grade by its name in the catalogue, else that it is not known."""
    grade = grade_of(kept.taken)
    names = {each.key: each.name for each in catalogue.grades} if catalogue else {}
    return names.get(grade, grade) or words("reports.unknown")


def write_results(told: ProgrammeFile, words: Words) -> str:
    """How many areas stand where, once the committee has graded one; before that, that it is not known, or
    where the report's own figures stand."""
    if any(grade_of(kept.taken) for kept in told.areas):
        return count_states(told, words)
    if told.programme.figures and not told.areas:
        return words("reports.results_reported", sheet=words("reports.sheet.figures"))
    return words("reports.unknown")


def count_states(told: ProgrammeFile, words: Words) -> str:
    """ "đang chuyển hóa: 4; 84 địa bàn khác: chưa có thông tin"."""
    states = Counter(state_of(kept.taken) or "none" for kept in told.areas)
    parts = [f"{words(f'state.{state}')}: {words.number(n)}" for state, n in states.items()]
    parts += [words("reports.others", n=told.n_unknown)] if told.n_unknown else []
    return "; ".join(parts)


def write_selected(programme: Programme, words: Words) -> str:
    n = programme.n_selected
    return words("reports.unknown") if n is None else words("reports.selected", n=n)


def name_of(key: str, names: Iterable[Named], words: Words) -> str:
    """The name the catalogue gives a key; free text as it stands; "" is not known."""
    return next((each.name for each in names if each.key == key), key) or words("reports.unknown")


def _write_named(n_named: int, n_selected: int | None, words: Words) -> str:
    if n_selected is not None:
        return words("reports.areas_all", known=n_named, selected=n_selected)
    return words("reports.areas_named", known=n_named) if n_named else words("reports.no_areas")


def _write_figure(row: FigureRow, words: Words) -> str:
    facts = {"owner": row.owner, "place": row.place, "period": row.period, "measure": row.measure}
    key = "reports.figure" if row.measure else "reports.figure_untold"
    return words(key, value=write_quantity(row), **facts)


def _list_part(part: str, lines: list[str], words: Words) -> list[str]:
    said = lines or [words(f"reports.no_{part}")]
    return [f"{words(f'reports.sheet.{part}')}:", *(f"- {line}" for line in said)]


def _mark(programme: Programme, words: Words) -> str:
    return f"[{words('reports.illustrative')}] " if programme.illustrative else ""
