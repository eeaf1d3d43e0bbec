"""Names to wards: our matching and suggestions beside plain fuzzy and plain folded joins, whole country.

The names are the 10,599 official ones of a list given by path (columns gso_code, name, district, province),
or made-up ones of the same number where there is no list.
"""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from bench.report import Section, write_turns
from bench.turns import take_turns
from geo import names
from geo.frames import Wards
from geo.matching.match import match_keys
from geo.matching.suggest import suggest_all

SEED = 20241031
OURS, FUZZY, BARE = "geo.matching", "rapidfuzz, whole country", "pandas merge without accents"
ABOUT = """\
Every ward's name written as clerks write: types shortened, tone marks moved, letters decomposed, capitals,
double spaces, padded numbers; 3 % are misspelt. Both sides carry the district and the province. Ours matches
and suggests a ward for what it does not match, from cold: what folding remembers is dropped each time. The
peers do not give the same answers: rapidfuzz always names the most similar of all names of the country, the
merge only what is equal without accents. So the answers stand beside the times."""
OFFICIAL = Path("../shared/data/vietnam/gso_wards_2021-12-31.csv")
N_UNITS, UNITS_PER_DISTRICT, DISTRICTS_PER_PROVINCE = 10_599, 15, 11
MISSPELT_SHARE = 0.03
SHORT = {"Phường ": "P. ", "Xã ": "X.", "Thị trấn ": "TT. ", "Quận ": "Q. ", "Huyện ": "H. ",
         "Thị xã ": "TX. ", "Thành phố ": "TP. "}  # fmt: skip
OLD_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ",
             "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip
SYLLABLES = ["An", "Bình", "Tân", "Thạnh", "Phú", "Long", "Hòa", "Mỹ", "Lộc", "Thới", "Đông", "Xuân",
             "Trung", "Hưng", "Thủy", "Khánh", "Sơn", "Quý", "Vĩnh", "Lợi"]  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A table as clerks send it. code: the truth. is_misspelt: letters were changed."""

    name: pd.Series
    parent: pd.Series
    code: pd.Series
    is_misspelt: pd.Series


def load_units(path: Path) -> pd.DataFrame:
    """code, name, parent ("district, province")."""
    if not path.is_file():
        return make_units(np.random.default_rng(SEED))
    units = pd.read_csv(path, dtype=str)
    parents = units["district"] + ", " + units["province"]
    return pd.DataFrame({"code": units["gso_code"], "name": units["name"], "parent": parents})


def make_units(chance: np.random.Generator) -> pd.DataFrame:
    kinds = chance.choice(["Xã", "Phường", "Thị trấn"], N_UNITS, p=[0.77, 0.17, 0.06])
    words = chance.choice(SYLLABLES, (N_UNITS, 2))
    district = np.arange(N_UNITS) // UNITS_PER_DISTRICT
    units = pd.DataFrame(
        {
            "code": [f"{number:05d}" for number in range(N_UNITS)],
            "name": [f"{kind} {one} {two}" for kind, (one, two) in zip(kinds, words, strict=True)],
            "parent": [f"Huyện Số {d}, Tỉnh Số {d // DISTRICTS_PER_PROVINCE}" for d in district],
        }
    )
    return units.drop_duplicates(["name", "parent"], ignore_index=True)


def make_wards(units: pd.DataFrame) -> Wards:
    index = pd.Index(units["code"], name="ward_code")
    columns = {"ward_name": units["name"].to_numpy(), "parent": units["parent"].to_numpy()}
    nowhere = gpd.GeoSeries(gpd.array.from_shapely(np.full(len(units), None)), index=index)
    return Wards(gpd.GeoDataFrame(columns, index=index, geometry=nowhere, crs="EPSG:4326"))


def write_badly(units: pd.DataFrame, chance: np.random.Generator) -> Sent:
    """Every name in another dress; the truth beside it."""
    dresses: tuple[Callable[[str], str], ...] = (
        str, str.upper, str.lower, lambda text: text.replace(" ", "  "), shorten, move_tones, pad_numbers,
        lambda text: unicodedata.normalize("NFD", text), lambda text: move_tones(shorten(text)).upper(),
    )  # fmt: skip
    picks = chance.integers(len(dresses), size=(2, len(units)))
    is_misspelt = pd.Series(chance.random(len(units)) < MISSPELT_SHARE)
    plain = [
        misspell(name, chance) if bad else name for name, bad in zip(units["name"], is_misspelt, strict=True)
    ]
    return Sent(
        pd.Series([dresses[pick](text) for pick, text in zip(picks[0], plain, strict=True)]),
        pd.Series([dresses[pick](text) for pick, text in zip(picks[1], units["parent"], strict=True)]),
        units["code"],
        is_misspelt & (pd.Series(plain) != units["name"]),
    )


def shorten(text: str) -> str:
    """Phường An Bình as P. An Bình; a parent's every part."""
    parts = text.split(", ")
    for word, short in SHORT.items():
        parts = [short + part.removeprefix(word) if part.startswith(word) else part for part in parts]
    return ", ".join(parts)


def move_tones(text: str) -> str:
    """Hòa as Hoà, Thủy as Thuỷ; quý stays."""
    for new, old in OLD_TONES.items():
        if text.endswith(new) or f"{new} " in text:
            text = (text + " ").replace(f"{new} ", f"{old} ")[:-1]
    return text


def pad_numbers(text: str) -> str:
    head, _, number = text.rpartition(" ")
    return f"{head} {number.zfill(2)}" if number.isdigit() else text


def misspell(text: str, chance: np.random.Generator) -> str:
    """One letter of the name proper lost, doubled or swapped; numbers are left alone."""
    start = text.index(" ") + 1
    if len(text) - start < 4 or text[-1].isdigit():
        return text
    at = int(chance.integers(start, len(text) - 1))
    ways = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return ways[chance.integers(3)]


def match_ours(wards: Wards, sent: Sent) -> tuple[pd.Series, pd.Series]:
    """Codes that were matched, and the best suggestion for the others."""
    table, _ = match_keys(wards, sent.name, parents=sent.parent)
    left = table["outcome"] != "joined"
    asked = pd.DataFrame({"key": sent.name[left], "name": "", "parent": sent.parent[left]})
    best = [hits[0].ward_code if hits else None for hits in suggest_all(wards, asked)]
    return table["ward_code"], pd.Series(best, index=asked.index, dtype=object)


def match_fuzzily(wards: Wards, sent: Sent) -> pd.Series:
    """The most similar of all names of the country, accents kept, case and spaces evened."""
    known = [f"{name}, {parent}".lower() for name, parent in wards.frame[["ward_name", "parent"]].to_numpy()]
    asked = [unicodedata.normalize("NFC", " ".join(f"{name}, {parent}".lower().split()))
             for name, parent in zip(sent.name, sent.parent, strict=True)]  # fmt: skip
    best = []
    for start in range(0, len(asked), 1_000):
        scores = process.cdist(asked[start : start + 1_000], known, scorer=fuzz.ratio, dtype=np.uint8)
        best += scores.argmax(axis=1).tolist()
    return pd.Series(wards.frame.index.to_numpy()[best])


def match_without_accents(wards: Wards, sent: Sent) -> pd.Series:
    """A merge on name and parent without accents, case and doubled spaces; the first of equal keys."""
    known = pd.DataFrame({"key": _strip(wards.frame["ward_name"] + ", " + wards.frame["parent"])})
    known = known.reset_index(names="code").drop_duplicates("key")
    asked = pd.DataFrame({"key": _strip(sent.name + ", " + sent.parent)})
    return asked.merge(known, how="left", on="key")["code"]


def _strip(texts: pd.Series) -> pd.Series:
    plain = texts.str.normalize("NFD").str.replace("[\u0300-\u036f]", "", regex=True).str.lower()
    return plain.str.replace("đ", "d").str.split().str.join(" ")


def forget() -> None:
    """Ours starts cold: what folding remembers is dropped."""
    for function in (names.fold, names.parse_unit, names.parse_bare, names.strip_accents):
        function.cache_clear()


def tell(codes: pd.Series, sent: Sent) -> str:
    """Shares of all names: right, and named wrongly."""
    right = (codes.to_numpy() == sent.code.to_numpy()) & codes.notna().to_numpy()
    wrong = codes.notna().to_numpy() & ~right
    return f"{right.mean():.2%} right, {wrong.sum():,} wrong"


def run(path: Path = OFFICIAL) -> Section:
    units = load_units(path)
    wards, sent = make_wards(units), write_badly(units, np.random.default_rng(SEED))
    origin = path.name if path.is_file() else "made-up names"
    ways: dict[str, Callable[[], object]] = {
        OURS: lambda: match_ours(wards, sent),
        FUZZY: lambda: match_fuzzily(wards, sent),
        BARE: lambda: match_without_accents(wards, sent),
    }
    matched, best = match_ours(wards, sent)
    told = {
        OURS: f"{tell(matched, sent)}; with the first suggestion {tell(matched.fillna(best), sent)}",
        FUZZY: tell(match_fuzzily(wards, sent), sent),
        BARE: tell(match_without_accents(wards, sent), sent),
    }
    taken = dict(zip(ways, take_turns(list(ways.values()), before=forget), strict=True))
    given = f"**{len(units):,} names ({origin}), {int(sent.is_misspelt.sum())} misspelt, seed {SEED}**"
    return Section("Names to wards", f"{ABOUT}\n\n{given}\n\n{write_turns(taken, OURS, told)}")


if __name__ == "__main__":
    print(run(*map(Path, sys.argv[1:2])).body)
