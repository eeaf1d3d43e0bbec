"""Classes -> legend rows with words and ward counts, decided once."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from geo.frames import STATUSES
from geo.indicators import HOTSPOT_LEVELS, SIGNAL_Z
from i18n.messages import Words
from layers import palettes
from layers.scale import Scale
from layers.spec import Choropleth, CrossKey, LegendEntry, Mark

NO_DATA = "no_data"
ZERO = "zero"
MOST_PARTS = 3
GI_95, GI_99 = 1.96, 2.58
STATUS_ORDER = (*STATUSES[1:], STATUSES[0])


def classify_numbers(
    values: pd.Series, scale: Scale, words: Words, *, title: str, subtitle: str, decimals: int, has_zero: bool
) -> Choropleth:
    """Numeric classes high to low, then zero (its own fill), then no information."""
    classes = scale.classify(values)
    keys = classes.map(lambda place: f"class_{int(place)}", na_action="ignore").astype(object)
    if has_zero:
        keys = keys.mask((values == 0).to_numpy(), ZERO)
    names = {
        f"class_{place}": name_class(scale.breaks, place, words, decimals)
        for place in range(len(scale.colours))
    }
    fills: dict[str, str | None] = {f"class_{place}": fill for place, fill in enumerate(scale.colours)}
    order = [f"class_{place}" for place in reversed(range(len(scale.colours)))]
    if has_zero:
        names[ZERO], fills[ZERO] = words("legend.zero"), palettes.ZERO
        order.append(ZERO)
    marks: dict[str, Mark] = {ZERO: "zero"}
    return build(keys, order, names, fills, words, title=title, subtitle=subtitle, marks=marks)


def name_class(breaks: Sequence[float], place: int, words: Words, decimals: int) -> str:
    """`dưới 4`, `4 – dưới 8`, `từ 16 trở lên`; one class alone is `có số liệu`."""

    def text(value: float) -> str:
        shown = decimals if value != int(value) else 0
        return words.number(value, decimals=shown)

    if not breaks:
        return words("legend.any")
    if place == 0:
        return words("legend.below", high=text(breaks[0]))
    if place == len(breaks):
        return words("legend.from", low=text(breaks[-1]))
    return words("legend.between", low=text(breaks[place - 1]), high=text(breaks[place]))


def classify_change(
    values: pd.Series,
    scale: Scale,
    words: Words,
    *,
    title: str,
    subtitle: str,
    decimals: int,
    group: str = "legend",
) -> Choropleth:
    """Five classes around 0: fall, slight fall, about the same, slight rise, rise. group: whose words."""
    names_of = ("fall_much", "fall", "same", "rise", "rise_much")
    classes = scale.classify(values)
    keys = classes.map(lambda place: names_of[int(place)], na_action="ignore").astype(object)
    limits = [words.signed(limit, decimals=decimals if limit != int(limit) else 0) for limit in scale.breaks]
    names = {
        "fall_much": words(f"{group}.fall_much", high=limits[0]),
        "fall": words(f"{group}.fall", low=limits[0], high=limits[1]),
        "same": words(f"{group}.same", low=limits[1], high=limits[2]),
        "rise": words(f"{group}.rise", low=limits[2], high=limits[3]),
        "rise_much": words(f"{group}.rise_much", low=limits[3]),
    }
    fills: dict[str, str | None] = dict(zip(names_of, scale.colours, strict=True))
    return build(keys, list(reversed(names_of)), names, fills, words, title=title, subtitle=subtitle)


def z_scale() -> Scale:
    """Limits of z: ±1 is within plain chance, ±3 is taken as a signal."""
    return Scale((-SIGNAL_Z, -1.0, 1.0, SIGNAL_Z), tuple(palettes.CHANGE.values()))


def gi_scale() -> Scale:
    """Limits of Gi* as two-sided confidence of 95 and 99 percent."""
    return Scale((-GI_99, -GI_95, GI_95, GI_99), tuple(palettes.CHANGE.values()))


def classify_status(values: pd.Series, words: Words, *, title: str, subtitle: str) -> Choropleth:
    """The programme's register. `tốt` is part of `thành công` and stands under it."""
    names = {key: words(f"status.{key}") for key in STATUS_ORDER}
    fills = {key: palettes.STATUS[key] for key in STATUS_ORDER}
    marks: dict[str, Mark] = dict(palettes.STATUS_MARK)
    return build(
        values,
        list(STATUS_ORDER),
        names,
        fills,
        words,
        title=title,
        subtitle=subtitle,
        marks=marks,
        parts={"tot": "chuyen_hoa_thanh_cong"},
    )


def classify_level(
    values: pd.Series, words: Words, *, title: str, subtitle: str, k: int, n: int
) -> Choropleth:
    """Levels of concentration; without a history only the present period can be told."""
    order = [level for level in reversed(HOTSPOT_LEVELS) if k or level in ("khong", "ky_nay")]
    names = {level: words(f"level.{level}", k=k, n=n) for level in order}
    fills: dict[str, str | None] = {level: palettes.HOTSPOT_LEVEL[level] for level in order}
    return build(values, order, names, fills, words, title=title, subtitle=subtitle)


def classify_gap(values: pd.Series, words: Words, *, title: str, subtitle: str, rule: str) -> Choropleth:
    """Many incidents and few cameras, or not."""
    keys = values.map({1.0: "gap", 0.0: "no_gap"}).astype(object)
    names = {"gap": rule, "no_gap": words("legend.no_gap")}
    fills: dict[str, str | None] = {"gap": palettes.BIVARIATE["C1"], "no_gap": palettes.OUT_OF_SCOPE}
    return build(keys, ["gap", "no_gap"], names, fills, words, title=title, subtitle=subtitle)


def classify_parts(values: pd.Series, words: Words, *, title: str, subtitle: str) -> Choropleth:
    """How many of the old units that a ward was made of were in the programme: none, one, two, more."""
    keys = values.map(lambda share: f"parts_{min(share.n, MOST_PARTS)}", na_action="ignore").astype(object)
    order = [f"parts_{n}" for n in reversed(range(MOST_PARTS + 1))]
    names = {key: words(f"legend.{key}") for key in order}
    fills: dict[str, str | None] = dict(zip(reversed(order), palettes.PARTS, strict=True))
    return build(keys, order, names, fills, words, title=title, subtitle=subtitle)


def build(
    keys: pd.Series,
    order: list[str],
    names: Mapping[str, str],
    fills: Mapping[str, str | None],
    words: Words,
    *,
    title: str,
    subtitle: str,
    marks: Mapping[str, Mark] | None = None,
    parts: Mapping[str, str] | None = None,
    codes: Collection[str] = (),
    cross: CrossKey | None = None,
) -> Choropleth:
    """A class key per ward (missing: no information) -> the frozen choropleth with counts.

    codes: keys that are printed on their wards.
    """
    marks, parts = marks or {}, parts or {}
    filled = keys.astype(object).where(keys.notna(), NO_DATA)
    order = [*order, NO_DATA]
    counts = {key: int((filled == key).sum()) for key in order}
    for part, whole in parts.items():
        counts[whole] += counts[part]
    entries = tuple(
        LegendEntry(
            key=key,
            words=words("legend.no_data") if key == NO_DATA else names[key],
            fill=None if key == NO_DATA else fills[key],
            count=counts[key],
            mark=marks.get(key),
            indent=key in parts,
            code=key if key in codes else "",
        )
        for key in order
    )
    place = {key: position for position, key in enumerate(order)}
    return Choropleth(title, subtitle, tuple(place[key] for key in filled), entries, cross)
