"""A programme in words: what it is, what is known of its results and its work."""

from i18n.messages import Words
from layers.sheet import Sentence
from planning.programme import Programme
from store.plan_records import Kept
from studies.figure_words import write_value
from studies.follow import Followed
from studies.follow_dues import name_due
from studies.follow_rows import write_days
from studies.judging import ProgrammeRemark
from studies.paper_words import write_paper
from studies.programme_listing import name_of


def name_programme(kept: Kept[Programme], words: Words) -> str:
    """`2022 – Thành phố Cần Thơ – Chuyển hóa … (TTATXH)`, for a box of programmes."""
    told = kept.content
    key = "follow.option" if told.register else "follow.option_no_register"
    text = words(key, year=str(told.year), place=told.place, name=told.name, register=told.register)
    return f"[{words('reports.illustrative')}] {text}" if told.illustrative else text


def write_subtitle(followed: Followed, words: Words) -> str:
    """Place, level, register, the paper: what the programme is."""
    told, names = followed.programme, followed.told.catalogue
    register = name_of(told.register, names.registers if names else (), words) if told.register else ""
    if not register[:2].isupper():
        register = register[:1].lower() + register[1:]
    parts = (
        told.place,
        words(f"reports.level.{told.level}") if told.level else "",
        words("follow.register", name=register) if register else "",
        write_paper(told.document, words) or words("follow.no_document"),
    )
    return "; ".join(part for part in parts if part)


def write_facts(followed: Followed, words: Words) -> list[tuple[str, str]]:
    """Days, measures, meetings, source and remarks, each under its head; what is not told is said."""
    told, names = followed.programme, followed.told.catalogue
    unknown = words("reports.unknown")
    measures = (name_of(key, names.measures if names else (), words) for key in told.measures)
    meetings = (
        ", ".join(
            part
            for part in (
                name_due(each.kind, followed),
                words.date(each.held_on) if each.held_on else words("follow.no_day"),
                each.note,
            )
            if part
        )
        for each in told.meetings
    )
    facts = {
        "document": write_paper(told.document, words),
        "days": write_days(told.start, told.end, words),
        "measures": "; ".join(measures),
        "meetings": "; ".join(meetings),
        "source": told.source,
        "note": told.note,
    }
    lines = [(words(f"follow.fact.{key}"), text or unknown) for key, text in facts.items()]
    return lines if told.note else lines[:-1]


def write_headline(followed: Followed, n_relapsing: tuple[int, int], words: Words) -> tuple[Sentence, ...]:
    """Results, then work that is due, then wards under watch. n_relapsing: with a sign, of all watched."""
    sentences = [Sentence(_write_results(followed, words), "results")]
    if followed.areas:
        sentences.append(Sentence(_write_work(followed, words), "work"))
    if n_relapsing[1]:
        sentences.append(Sentence(words("follow.watched", n=n_relapsing[0], of=n_relapsing[1]), "watch"))
    return tuple(sentences)


def _write_results(followed: Followed, words: Words) -> str:
    told, results = followed.programme, followed.results
    year = str(told.year)
    if not followed.areas and told.n_selected is None:
        return _write_reported(followed, words)
    n = told.n_selected
    first = (
        words("follow.selected", year=year, n=n)
        if n is not None
        else words("follow.named_only", year=year, n=len(followed.areas))
    )
    if not followed.areas:
        return words("follow.none_named", first=first)
    parts = [first]
    if results.n_early:
        parts.append(words("follow.early", n=results.n_early))
    if not (results.n_early == results.n_open == len(followed.areas) and results.n_unnamed):
        parts.append(
            words("follow.results", passed=results.n_passed, failed=results.n_failed, open=results.n_open)
        )
    if results.n_unnamed:
        parts.append(words("follow.others", n=results.n_unnamed))
    return "; ".join(parts) + "."


def _write_reported(followed: Followed, words: Words) -> str:
    """What the report says of areas without naming any."""
    figures = {figure.key: figure for figure in followed.programme.figures}
    passed, good = figures.get("transformed"), figures.get("transformed_good")
    year = str(followed.programme.year)
    if passed is None:
        return words("follow.no_areas", year=year, place=followed.programme.place)
    n_good = words("follow.reported_good", n=write_value(good, words)) if good else ""
    return words("follow.reported", year=year, n=write_value(passed, words), good=n_good)


def _write_work(followed: Followed, words: Words) -> str:
    late = [item for item in followed.dues if item.state == "late"]
    n_soon = sum(item.state == "soon" for item in followed.dues)
    if not followed.dues:
        return words("follow.nothing_due")
    if not late:
        n_undated = sum(item.state == "undated" for item in followed.dues)
        return words("follow.none_late", soon=n_soon) + (
            " " + words("follow.undated", n=n_undated) if n_undated else ""
        )
    return words("follow.late", n=len(late), areas=len({item.area for item in late}), soon=n_soon)


def note_remark(found: ProgrammeRemark, words: Words) -> tuple[str, ...]:
    """What must be said beside the remark on the whole; made-up figures too, as of any of its areas."""
    made_up = words("atlas.illustrative")
    told = any(made_up in remark.notes for remark in found.by_area.values())
    return (*found.notes, made_up) if told else found.notes
