"""A target and what the figures say of it, as final text. A light is no grade, and its words say so."""

import math
from dataclasses import dataclass, replace

from geo.indicators import SMALL_BASE
from i18n.messages import Words
from planning.kpi import COMPARED
from planning.targets import Assessment, Target
from studies.evidence_words import name_key

FALLS = {"<=": "fall_at_least", "<": "fall_more"}
RISES = {">=": "rise_at_least", ">": "rise_more"}


@dataclass(frozen=True)
class KpiRow:
    """One line of the table of targets. needed, remark, missing: "" where there is nothing to say."""

    name: str
    promised: str
    value: str
    light: str
    needed: str
    remark: str
    missing: str


def write_assessment(assessment: Assessment, words: Words) -> KpiRow:
    """Every cell in the reader's words; names, units and conditions are the plan's own. What is counted
    without a unit is counted in cases."""
    target = assessment.target
    if not target.unit and target.form != "count":
        assessment = replace(assessment, target=replace(target, unit=words("kpi.unit")))
    return KpiRow(
        name=assessment.target.name,
        promised=write_promise(assessment.target, words),
        value=_write_value(assessment, words),
        light=words(f"kpi.light.{assessment.light}"),
        needed=_write_needed(assessment, words),
        remark=_write_remark(assessment, words),
        missing=_write_missing(assessment, words),
    )


def write_promise(target: Target, words: Words) -> str:
    """ "giảm ít nhất 5 %, trong và sau chuyển hóa"."""
    promised = _write_limit(target, words)
    if target.when:
        promised = words("kpi.promised.when", promised=promised, when=target.when)
    if target.counts_only:
        promised = words("kpi.promised.only", promised=promised, only=target.counts_only)
    return promised


def _write_limit(target: Target, words: Words) -> str:
    key, value = target.operator, target.value
    if target.form in ("absent", "stated", "fewer"):
        return words(f"kpi.promised.{target.form}")
    if target.form == "count":
        return words(f"kpi.operator.{key}", value=_count(value, target.unit, words))
    if target.form == "share_pct":
        is_all = (key, value) == (">=", 100)
        return words("kpi.promised.all" if is_all else f"kpi.operator.{key}", value=f"{words.plain(value)} %")
    way = FALLS.get(key) if value < 0 else RISES.get(key) if value > 0 else None
    if way:
        return words(f"kpi.promised.{way}", pct=words.plain(abs(value)))
    return words("kpi.promised.change", limit=words(f"kpi.operator.{key}", value=f"{words.plain(value)} %"))


def _write_value(assessment: Assessment, words: Words) -> str:
    """Counts first; a percentage only where it could be worked out."""
    target, part, whole = assessment.target, assessment.numerator, assessment.denominator
    if math.isnan(part) and math.isnan(whole):
        return words("kpi.value.unknown")
    if target.form == "stated":
        return words("kpi.value.yes" if part == 1 else "kpi.value.no")
    if target.form in COMPARED:
        pair = words(
            "kpi.value.pair", before=_plain(whole, words), after=_plain(part, words), unit=target.unit
        )
        is_told = target.form == "change_pct" and not math.isnan(assessment.value)
        return (
            words("kpi.value.change", pair=pair, change=_write_change(assessment, words)) if is_told else pair
        )
    if target.form == "share_pct":
        pair = f"{_plain(part, words)}/{_plain(whole, words)}"
        if math.isnan(assessment.value):
            return pair
        pct = f"{_round(assessment.value, target.value, words)} %"
        return words("kpi.value.share", pair=pair, pct=_qualify(assessment, pct, words))
    return _qualify(assessment, _count(part, target.unit, words), words)


def _write_change(assessment: Assessment, words: Words) -> str:
    value, limit = assessment.value, assessment.target.value
    if assessment.qualifier != "=":
        pct = f"{_round(value, limit, words)} %"
        return words("kpi.value.about", pct=_qualify(assessment, pct, words))
    if value == 0:
        return words("kpi.value.same")
    return words(
        "kpi.value.fall" if value < 0 else "kpi.value.rise", pct=_round(abs(value), abs(limit), words)
    )


def _write_needed(assessment: Assessment, words: Words) -> str:
    target, n = assessment.target, assessment.needed
    if n is None:
        return ""
    end = {">=": "least", ">": "least", "<=": "most", "<": "most", "=": "exact"}[target.operator]
    if target.form == "change_pct":
        return words(f"kpi.needed.after_{end}", n=n, unit=target.unit)
    return words(f"kpi.needed.{end}", n=n, whole=_plain(assessment.denominator, words), unit=target.unit)


def _write_remark(assessment: Assessment, words: Words) -> str:
    told = []
    if assessment.reason:
        days = assessment.days or ("", "")
        told.append(words(f"kpi.reason.{assessment.reason}", days_before=days[0], days_after=days[1]))
    if assessment.days and assessment.reason != "scaled":
        told.append(words("kpi.reason.scaled", days_before=assessment.days[0], days_after=assessment.days[1]))
    if not math.isnan(assessment.chance):
        told.append(_write_chance(assessment, words))
    if assessment.target.form == "change_pct" and 0 < assessment.denominator < SMALL_BASE:
        told.append(words("kpi.chance.small", n=SMALL_BASE, unit=assessment.target.unit))
    if assessment.differing:
        told.append(words("kpi.remark.differing", keys=_name(assessment.differing, words)))
    return " ".join(told)


def _write_chance(assessment: Assessment, words: Words) -> str:
    target = assessment.target
    way = "fall" if target.value < 0 else "rise" if target.value > 0 else "same"
    return words(
        f"kpi.chance.{way}",
        n=_plain(assessment.denominator, words),
        unit=target.unit,
        pct=words.plain(abs(target.value)),
        chance=round(100 * assessment.chance),
    )


def _write_missing(assessment: Assessment, words: Words) -> str:
    if not assessment.missing:
        return ""
    if assessment.target.form in COMPARED:
        sides = {"before": assessment.denominator, "after": assessment.numerator}
        name = _name((assessment.target.numerator,), words)
        lacking = [words(f"kpi.missing.{side}", name=name) for side, n in sides.items() if math.isnan(n)]
        lacking += [_name((key,), words) for key in assessment.missing if key != assessment.target.numerator]
        keys = "; ".join(lacking)
    else:
        keys = _name(assessment.missing, words)
    evidence = assessment.target.evidence
    return words("kpi.missing.evidence", keys=keys, evidence=evidence) if evidence else keys


def _name(keys: tuple[str, ...], words: Words) -> str:
    """Names of observations; a key of a committee's own stands as it is."""
    return "; ".join(name_key(key, words) for key in keys)


def _plain(value: float, words: Words) -> str:
    return words("kpi.value.unknown") if math.isnan(value) else words.plain(float(value))


def _count(value: float, unit: str, words: Words) -> str:
    return f"{_plain(value, words)} {unit}".strip()


def _round(value: float, limit: float, words: Words) -> str:
    """One decimal, more where rounding would put the value on a limit that it does not reach."""
    places = next((n for n in (1, 2, 3) if round(value, n) != limit or value == limit), 3)
    return words.plain(round(value, places))


def _qualify(assessment: Assessment, value: str, words: Words) -> str:
    return words(f"kpi.qualifier.{assessment.qualifier}", value=value)
