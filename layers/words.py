"""The furniture of a map in the reader's language."""

from i18n.messages import Words
from layers.spec import MapWords


def map_words(words: Words) -> MapWords:
    """Every fixed word of a map.

    Paper fills three places: `{scale}` in `crs` (the words before its colon stand bold), and `{code}`
    and `{date}` in the two lines of `exported`.
    """
    return MapWords(
        language=words.language,
        legend=words("map.legend"),
        whole_area=words("map.whole_area"),
        inset=words("map.inset"),
        north=words("map.north"),
        kilometre=words("map.kilometre"),
        metre=words("map.metre"),
        both=words("map.both"),
        source=words("map.source"),
        boundaries=words("map.boundaries"),
        exported=words("map.exported"),
        crs=words("map.crs"),
    )
