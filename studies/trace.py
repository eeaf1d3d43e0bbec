"""Where a number comes from, in words: formula, source, days, boundaries, and where it misleads."""

from geo.frames import Source
from geo.indicators import INDICATORS
from geo.measure import Measured
from i18n.messages import Words
from layers.naming import name_boundaries, name_period
from layers.sheet import Trace

COMPARING = (
    "n_incidents_difference",
    "incidents_z",
    "incidents_change_pct",
    "incidents_ratio",
    "incidents_ratio_low",
    "incidents_ratio_high",
)
OVER_YEARS = ("hotspot_level", "years_in_top_fifth")
BESIDE_CAMERAS = ("incidents_per_camera", "n_incidents_unseen")


def trace(measured: Measured, key: str, words: Words) -> Trace:
    """The trace of one indicator as it was measured. Sources are the names of the files or registers that
    its figures came in; text from the data."""
    sources = find_sources(measured, key)
    names = dict.fromkeys(source.name or source.file for source in sources)
    files = "; ".join(name for name in names if name) or words("atlas.source_unknown")
    return Trace(
        name=words(f"indicator.{key}.name"),
        formula=words(f"indicator.{key}.formula"),
        source=words("trace.source", kind=words(f"indicator.{key}.source"), files=files),
        period=_name_days(measured, key, words),
        boundaries=name_boundaries(measured, words),
        caution=words(f"indicator.{key}.caution"),
    )


def find_sources(measured: Measured, key: str) -> tuple[Source, ...]:
    """The sources of the kinds of facts that an indicator rests on; all where only a joined file tells."""
    if not measured.sources_of:
        return measured.sources
    told = [source for kind in list_kinds(key) for source in measured.sources_of.get(kind, ())]
    return tuple(dict.fromkeys(told))


def list_kinds(key: str) -> tuple[str, ...]:
    """Kinds of facts that an indicator is made of."""
    record = INDICATORS[key]
    if record.family in ("status", "parts"):
        return ("status",)
    residents = ("population",) if "residents" in record.per or record.family in ("funnel", "cluster") else ()
    if record.family == "cameras":
        incidents = ("incidents",) if key.startswith("incident_reach") else ()
        return ("cameras", *incidents, *residents)
    cameras = ("cameras",) if record.family in ("gap", "both") or key in BESIDE_CAMERAS else ()
    return ("incidents", *cameras, *residents)


def _name_days(measured: Measured, key: str, words: Words) -> str:
    """The days that a number is of: cameras stand as they were found, statuses are of a year."""
    family, question = INDICATORS[key].family, measured.question
    if family == "status" and measured.status_year is not None:
        return words("atlas.year", year=str(measured.status_year))
    if family == "cameras" and "incidents" not in list_kinds(key):
        dates = "; ".join(dict.fromkeys(each.as_of for each in find_sources(measured, key) if each.as_of))
        return words("trace.as_of", dates=dates) if dates else words("trace.as_of_unknown")
    now, before = name_period(question.period, words), name_period(question.previous, words)
    if key == "n_incidents_previous":
        return before
    if key in COMPARING and question.previous is not None:
        return words("trace.compared", now=now, before=before)
    n_earlier = measured.history.shape[1] - 1
    if key in OVER_YEARS and n_earlier > 0:
        return words("trace.earlier", now=now, n=n_earlier)
    return words("trace.up_to", now=now) if family == "pattern" else now
