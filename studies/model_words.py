"""A model's fields in a reader's words: one result in a line, two contents side by side."""

from collections.abc import Iterable, Mapping

from i18n.messages import Words
from planning.models import CrimeModel
from planning.papers import Figure
from store.plan_records import Kept
from studies.figure_words import write_period, write_value
from studies.model_editing import list_differences

JUDGEMENTS: dict[str, bool | None] = {"unknown": None, "yes": True, "no": False}


def name_model(model: CrimeModel, words: Words) -> str:
    """`Camera an ninh, Phường Hưng Thạnh (cấp phường, xã)`."""
    level = words(f"reports.level.{model.level}") if model.level else ""
    told = ", ".join(part for part in (model.name, model.place) if part)
    return words("model_form.option", name=told, level=level) if level else told


def write_result(figure: Figure, words: Words) -> str:
    """`Tin nhận được: 31 tin, năm 2021`."""
    shown = write_value(figure, words)
    if figure.qualifier != "text" and figure.value is not None:
        shown = f"{shown} {figure.unit}".strip()
    period = write_period(figure, words)
    return words("model_form.result_line", measure=figure.measure, shown=shown, period=period)


def compare_models(one: CrimeModel, other: CrimeModel, words: Words) -> list[tuple[str, str, str]]:
    """(field, in one, in the other) of each field that differs."""
    return [
        (words(f"model_form.field.{name}"), _write(name, one, words), _write(name, other, words))
        for name in list_differences(one, other)
    ]


def _write(name: str, model: CrimeModel, words: Words) -> str:
    value = getattr(model, name)
    if name == "figures":
        return "; ".join(write_result(figure, words) for figure in value) or words("model_form.none")
    if name == "level":
        return words(f"reports.level.{value}") if value else words("model_form.none")
    if name == "effective":
        return words(f"model_form.effective.{name_effective(value)}")
    if isinstance(value, bool):
        return words("catalogue.yes" if value else "catalogue.no")
    return words("model_form.none") if value in (None, "") else words.plain(value)


def name_effective(effective: bool | None) -> str:
    """Key of the words for a judgement."""
    return next(key for key, value in JUDGEMENTS.items() if value is effective)


def list_model_rows(
    pairs: Iterable[tuple[CrimeModel, Kept[CrimeModel] | None]], words: Words
) -> list[tuple[str, ...]]:
    """(name, place, members, results, new or changed) of each model of a list."""
    return [
        (
            model.name,
            ", ".join(part for part in (model.place, model.ward_code) if part),
            words.plain(model.n_members) if model.n_members is not None else words("reports.unknown"),
            "; ".join(write_result(figure, words) for figure in model.figures) or words("reports.unknown"),
            words(f"models_file.what.{_compare(model, base)}"),
        )
        for model, base in pairs
    ]


def _compare(model: CrimeModel, base: Kept[CrimeModel] | None) -> str:
    if base is None:
        return "new"
    return "same" if base.content == model else "changed"


def write_tally(tally: Mapping[str, int], words: Words) -> str:
    """`Tệp có 5 dòng: 4 dòng đã nhận; 1 dòng để trống.`"""
    parts = [words(f"models_file.{name}", n=n) for name, n in tally.items() if n and name != "given"]
    return words("models_file.balance", given=tally["given"], parts="; ".join(parts))
