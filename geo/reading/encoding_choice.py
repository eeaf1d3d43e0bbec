"""Which encoding a column's letters are in, told by unit names it would hold and by Vietnamese spelling.

One value tells little and misleads: good Unicode often reads as other good Vietnamese under VNI. So a
column is judged whole, and without a clear lead nothing is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, compress
from typing import Literal

from geo.matching.gazetteer import known_names
from geo.matching.syllables import count_syllables
from geo.names import parse_unit
from geo.reading.encoding_tables import STRAY, Codec, decode, is_unicode

ENOUGH = 0.8  # share of known names, or of possible syllables, that lets a reading win
LEAD = 0.5  # by which its share of known names must exceed a rival's, where the two differ
SPELLING_LEAD = 0.3  # the same for possible syllables
FEW = 3  # differing names or syllables that are enough
PLAUSIBLE = 0.5
MOST_VALUES = 400
N_SAMPLES = 3
PLAIN: tuple[Codec, ...] = ("utf-8", "cp1252", "cp1258", "tcvn3", "vni")
FONTS = {".vn": "tcvn3", "vni": "vni"}


@dataclass(frozen=True)
class Choice:
    """encoding: the best reading; "ascii" nothing to decide, "unicode" letters are true already.

    share: of its names known or of its syllables possible, the larger. runner_up: "" when no other reading
    differs. clear: may be applied unasked. candidates: plausible readings, best first. samples: three
    decoded values per candidate, such as tell them apart.
    """

    encoding: Codec | Literal["ascii", "unicode"]
    share: float = 1.0
    runner_up: str = ""
    clear: bool = True
    candidates: tuple[Codec, ...] = ()
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def codec(self) -> Codec:
        """The codec to apply; true and plain letters pass through cp1252 unchanged."""
        return "cp1252" if self.encoding == "ascii" or self.encoding == "unicode" else self.encoding


@dataclass(frozen=True)
class Reading:
    """A column under one encoding. known: per value, 1 a name of the gazetteer. possible, words: per value,
    syllables that can be Vietnamese, and all that hold more than ASCII."""

    codec: Codec
    texts: tuple[str, ...]
    known: tuple[int, ...]
    possible: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def known_share(self) -> float:
        return sum(self.known) / len(self.known)

    @property
    def possible_share(self) -> float:
        return sum(self.possible) / max(1, sum(self.words))

    @property
    def score(self) -> float:
        return self.known_share + self.possible_share

    @property
    def is_plausible(self) -> bool:
        return max(self.known_share, self.possible_share) >= PLAUSIBLE


def choose_encoding(
    values: Sequence[str], *, header: str = "", fonts: Sequence[str] = (), prefer: str = "cp1252"
) -> Choice:
    """Judges values that show one character per byte (ISO-8859-1 or cp1252). header: the column's name, one
    value more. fonts: of its cells. prefer: wins among equals, without being clear for that."""
    texts = [text for text in dict.fromkeys([*values, header]) if not text.isascii()]
    if not texts:
        return Choice("ascii")
    if any(is_unicode(text) for text in texts):
        return Choice("unicode")
    texts = texts[:: 1 + (len(texts) - 1) // MOST_VALUES]
    readings = sorted(_read_all(texts, prefer), key=lambda reading: _rank(reading, prefer), reverse=True)
    told = _ask_fonts(fonts, readings)
    best = told or readings[0]
    rivals = [reading for reading in readings if reading is not best]
    is_clear = told is not None or best.codec == "utf-8" or all(_leads(best, rival) for rival in rivals)
    plausible = [reading for reading in (best, *rivals) if reading.is_plausible]
    return Choice(
        best.codec,
        max(best.known_share, best.possible_share),
        rivals[0].codec if rivals else "",
        is_clear and (told is not None or best.codec == "utf-8" or best.is_plausible),
        tuple(reading.codec for reading in plausible),
        _sample(plausible),
    )


def _sample(readings: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
    """The same values under each reading: first what tells two of them apart, best ones ahead."""
    rows = range(len(readings[0].texts)) if readings else range(0)
    telling = [
        next(row for row in rows if one.texts[row] != other.texts[row])
        for one, other in combinations(readings, 2)
    ]
    shown = list(dict.fromkeys([*telling, *rows]))[:N_SAMPLES]
    return {reading.codec: tuple(reading.texts[row] for row in shown) for reading in readings}


def _read_all(texts: Sequence[str], prefer: str) -> list[Reading]:
    """Every encoding that has such bytes, once for each outcome: the preferred, then the plainest name it."""
    readings = list[Reading]()
    for codec in sorted(PLAIN, key=lambda codec: (codec != prefer, PLAIN.index(codec))):
        try:
            decoded = tuple(decode(text, codec) for text in texts)
        except UnicodeDecodeError:
            continue
        if all(decoded != other.texts for other in readings):
            readings.append(_score(codec, decoded, [decode(text, codec, stray=STRAY) for text in texts]))
    return readings


def _score(codec: Codec, decoded: tuple[str, ...], marked: Sequence[str]) -> Reading:
    names = known_names()
    counts = [count_syllables(text) for text in marked]
    return Reading(
        codec,
        decoded,
        known=tuple(int(parse_unit(text).core in names) for text in decoded),
        possible=tuple(possible for possible, _ in counts),
        words=tuple(words for _, words in counts),
    )


def _rank(reading: Reading, prefer: str) -> tuple[bool, float, bool]:
    """Bytes that are strictly UTF-8 are UTF-8: no other text looks so by chance."""
    return reading.codec == "utf-8", reading.score, reading.codec == prefer


def _ask_fonts(fonts: Sequence[str], readings: Sequence[Reading]) -> Reading | None:
    """What fonts made for one encoding say, unless the letters as they stand speak against it: a clear lead
    where all fonts agree, any where plain fonts are among them."""
    said = {FONTS.get(font.strip().lower()[:3], "") for font in fonts}
    told = next((reading for reading in readings if said - {""} == {reading.codec}), None)
    as_is = next((reading for reading in readings if reading.codec == "cp1252"), None)
    if told is None or as_is is None:
        return told
    contradicted = as_is.score > told.score if "" in said else _leads(as_is, told)
    return None if contradicted else told


def _leads(best: Reading, rival: Reading) -> bool:
    """Judged on the values that the two read differently."""
    differ = [mine != other for mine, other in zip(best.texts, rival.texts, strict=True)]
    n_values, n_words = sum(differ), sum(compress(best.words, differ))
    by_name = (sum(compress(best.known, differ)) - sum(compress(rival.known, differ))) / n_values
    by_spelling = _share(best, differ) - _share(rival, differ)
    is_named = best.known_share >= ENOUGH and by_name >= LEAD
    if is_named and (n_values >= FEW or by_spelling >= SPELLING_LEAD):
        return True
    return best.possible_share >= ENOUGH and by_spelling >= SPELLING_LEAD and n_words >= FEW


def _share(reading: Reading, chosen: Sequence[bool]) -> float:
    return sum(compress(reading.possible, chosen)) / max(1, sum(compress(reading.words, chosen)))
