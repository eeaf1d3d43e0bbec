"""Which reference system the coordinates are in: of the file, or declared by a person."""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

import streamlit as st

from errors import UnknownCrs
from geo.boundaries.crs_catalogue import describe_crs, list_systems
from geo.crs import DEGREES
from geo.findings import Finding
from i18n.messages import Words
from views import session
from views.data_step import show_trouble
from views.widgets import escape, show_html

Answer = TypeVar("Answer")
# crs text, median distance in metres to the known places, how many wards are known; best first.
Candidates = tuple[tuple[str, float, int], ...]
OF_FILE, OTHER = "file", "other"
EXACT_M = 1_000.0


def name_crs(code: str, words: Words) -> str:
    """`EPSG:5897: VN-2000, kinh tuyến trục 105°00'`; what is not in the catalogue is called by its text."""
    system, is_swapped = describe_crs(code)
    if system.key == "other":
        return code
    name = words(f"data.crs.system.{system.key}", crs=system.crs, **_write_scale(system.facts, words))
    return words("data.crs.swapped", name=name) if is_swapped else name


def _write_scale(facts: dict[str, object], words: Words) -> dict[str, object]:
    if "scale" not in facts:
        return facts
    return facts | {"scale": words.number(float(str(facts["scale"])), decimals=4)}


def name_candidate(candidate: tuple[str, float, int], words: Words) -> str:
    """The system with its misfit: `… (lệch khoảng 4 m so với 80 phường, xã đã biết)`."""
    crs, misfit_m, n_known = candidate
    name = name_crs(crs, words)
    if not n_known:
        return name
    if misfit_m < EXACT_M:
        return words("data.crs.misfit_m", name=name, m=words.number(max(misfit_m, 1.0)), n=n_known)
    km = words.number(misfit_m / 1000, decimals=0 if misfit_m >= 10 * EXACT_M else 1)
    return words("data.crs.misfit_km", name=name, km=km, n=n_known)


def choose_crs(
    key: str,
    words: Words,
    *,
    label: str,
    first: str | None,
    names: dict[str, str],
    candidates: Candidates = (),
) -> str | None:
    """A system that fits, one in use in Việt Nam, or any EPSG code; None when nothing is chosen yet.

    first: what is chosen to begin with; names: words for options that are no code.
    """
    fitting = {candidate[0]: name_candidate(candidate, words) for candidate in candidates}
    usual = [system.crs for system in list_systems() if system.crs not in fitting]
    options = [*names, *fitting, *usual, OTHER]
    shown = names | fitting | {OTHER: words("data.crs.other")}
    held = session.key_of(f"{key}_crs")
    chosen = st.selectbox(
        label,
        options,
        index=options.index(first) if first else None,
        key=held,
        format_func=lambda code: shown.get(code) or name_crs(code, words),
        placeholder=words("data.crs.choose"),
    )
    if chosen != OTHER:
        return chosen
    typed = st.text_input(words("data.crs.code"), key=f"{key}_epsg", placeholder=words("data.crs.code_hint"))
    return typed.strip() or None


def look_with_crs(
    key: str,
    look: Callable[[str | None], Answer],
    declared: Callable[[Answer], str] | None,
    words: Words,
    *,
    findings: Callable[[Answer], Iterable[Finding]] = lambda _: (),
) -> Answer | None:
    """Read as the file declares; where it cannot be right, ask. None until that is answered.

    declared: the name of the system that was read; None when it is not to be overruled here. findings: of
    an answer; a system that fits better (CrsMisfit) is offered first. Raises what reading does.
    """
    try:
        answer = look(None)
    except UnknownCrs as error:
        code = _ask(key, error, words)
        return look(code) if code else None
    if declared is None:
        return answer
    names = {OF_FILE: words("data.crs.of_file", name=declared(answer))}
    better = _find_better(findings(answer))
    code = choose_crs(
        key, words, label=words("data.crs.label"), first=OF_FILE, names=names, candidates=better
    )
    for candidate in better if code == OF_FILE else ():
        name = name_candidate(candidate, words)
        show_html(f'<p class="db-sub">{escape(words("data.crs.better", candidate=name))}</p>')
    return look(code) if code and code != OF_FILE else answer


def _find_better(findings: Iterable[Finding]) -> Candidates:
    found = [finding.facts for finding in findings if finding.code == "CrsMisfit"]
    return tuple((str(one["better"]), float(str(one["better_m"])), int(str(one["n"]))) for one in found)


def _ask(key: str, error: UnknownCrs, words: Words) -> str | None:
    """Which systems would fit, and the choice; nothing is applied without a click. What is wrong stands
    above until something is chosen."""
    trouble = st.container()
    candidates = cast("Candidates", error.facts.get("candidates", ()))
    suggestion = str(error.facts.get("suggestion", DEGREES))
    offered = candidates or ((suggestion, float("nan"), 0),)
    code = choose_crs(key, words, label=words("data.crs.label"), first=None, names={}, candidates=offered)
    if code:
        return code
    with trouble:
        show_trouble(error, words)
        if not candidates:
            st.caption(words("data.crs.suggested", crs=name_crs(suggestion, words)))
            return None
        best = name_candidate(candidates[0], words)
        show_html(f'<p class="db-sub">{escape(words("data.crs.best", candidate=best))}</p>')
        st.button(
            words("data.crs.use_best"), key=f"{key}_use_best",
            on_click=session.set_choice, args=(f"{key}_crs", candidates[0][0]),
        )  # fmt: skip
    return None
