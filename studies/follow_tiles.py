"""The five headline numbers of a programme. What is not known is a word, never 0."""

from collections import Counter

from i18n.messages import Words
from layers.sheet import Tile
from planning.lifecycle import state_of
from studies.figure_words import write_value
from studies.follow import Followed, Lights
from studies.follow_dues import write_due
from studies.follow_rows import LIGHTS, write_light


def make_tiles(followed: Followed, lights: Lights, words: Words) -> tuple[Tile, ...]:
    """Areas, their states, the committee's results, targets, work that is late."""
    return (
        _tile_areas(followed, words),
        _tile_states(followed, words),
        _tile_results(followed, words),
        _tile_targets(lights, words),
        _tile_late(followed, words),
    )


def _tile_areas(followed: Followed, words: Words) -> Tile:
    n, n_named = followed.programme.n_selected, len(followed.areas)
    label = words("follow.tile_areas")
    if n is None:
        told = words("follow.tile_areas_named", n=n_named) if n_named else words("follow.tile_areas_none")
        return Tile(label, words("reports.unknown"), sentence=told)
    if followed.is_whole:
        return Tile(label, words.number(n), words("follow.areas"), sentence=words("follow.tile_areas_all"))
    note = words("follow.tile_areas_others", n=followed.results.n_unnamed)
    return Tile(label, words.number(n), words("follow.tile_named", n=n_named), sentence=note)


def _tile_states(followed: Followed, words: Words) -> Tile:
    label = words("follow.tile_states")
    if not followed.areas:
        return Tile(label, words("reports.unknown"), sentence=words("follow.tile_areas_none"))
    states = Counter(state_of(kept.taken) or "none" for kept in followed.areas).most_common()
    (first, n), others = states[0], states[1:]
    told = [words("follow.state_of", n=count, state=words(f"state.{state}")) for state, count in others]
    if followed.results.n_unnamed:
        told.append(words("reports.others", n=followed.results.n_unnamed))
    note = "; ".join(told) or words("follow.tile_states_note", day=followed.today)
    return Tile(label, words.number(n), words(f"state.{first}"), sentence=note)


def _tile_results(followed: Followed, words: Words) -> Tile:
    label, results = words("follow.tile_results"), followed.results
    figures = {figure.key: figure for figure in followed.programme.figures}
    if not followed.areas and (passed := figures.get("transformed")):
        value = write_value(passed, words)
        return Tile(label, value, words("follow.tile_passed"), sentence=words("follow.tile_reported"))
    if not results.n_passed + results.n_failed:
        return Tile(label, words("follow.tile_no_results"), sentence=words("follow.tile_paper"))
    grades = followed.told.catalogue.grades if followed.told.catalogue else ()
    names = {grade.key: grade.name for grade in grades}
    told = [
        words("follow.state_of", n=n, state=names.get(key, key))
        for key, n in sorted(results.by_grade.items(), key=lambda pair: list(names).index(pair[0]))
    ]
    if open_ := results.n_open + results.n_unnamed:
        told.append(words("follow.tile_open", n=open_))
    n_judged = results.n_passed + results.n_failed
    beside = words("follow.tile_passed_of", n=n_judged)
    return Tile(label, words.number(results.n_passed), beside, sentence="; ".join(told))


def _tile_targets(lights: Lights, words: Words) -> Tile:
    label, n = words("follow.tile_targets"), sum(lights.counts.values())
    if not n:
        return Tile(label, words("follow.tile_no_targets"), sentence=words("follow.tile_no_targets_note"))
    if lights.counts.get("unknown") == n:
        note = words("follow.none_judged", n=n)
        return Tile(label, words("follow.light.unknown"), sentence=note)
    told = [
        write_light(light, lights.counts[light], words) for light in LIGHTS[1:] if lights.counts.get(light)
    ]
    is_of_areas = any(lights.by_area.values())
    told += [words("follow.tile_each_area")] if is_of_areas else []
    beside = words("follow.tile_met_of_areas" if is_of_areas else "follow.tile_met_of", n=n)
    return Tile(label, words.number(lights.counts.get("met", 0)), beside, sentence="; ".join(told))


def _tile_late(followed: Followed, words: Words) -> Tile:
    label = words("follow.tile_late")
    if not followed.dues:
        return Tile(label, words("reports.unknown"), sentence=words("follow.nothing_due"))
    late = [item for item in followed.dues if item.state == "late"]
    if not late:
        n_soon = sum(item.state == "soon" for item in followed.dues)
        return Tile(label, words.number(0), sentence=words("follow.none_late", soon=n_soon))
    note = words("follow.tile_late_note", due=write_due(late[0], followed, words))
    return Tile(label, words.number(len(late)), words("follow.work"), sentence=note)
