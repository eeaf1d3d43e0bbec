"""The text that goes with a map into a message or a paper: two sentences and the numbered list."""

from geo.measure import Measured
from i18n.messages import Words
from layers.spec import MapSpec


def write_caption(measured: Measured, spec: MapSpec, words: Words) -> str:
    """Plain text: what the map shows and of when; what is known and what not; the list; the sources."""
    shown = ", ".join(
        f"{entry.words}: {words.number(entry.count)}" for entry in spec.choropleth.classes if entry.count
    )
    title = spec.title[:1].upper() + spec.title[1:]
    lines = [
        f"{title}. {spec.subtitle[:1].upper() + spec.subtitle[1:]}.",
        words("caption.classes", classes=shown, n=len(measured.frame)),
    ]
    if spec.listing:
        lines += ["", f"{spec.listing.title}:"]
        heads = spec.listing.columns
        for row in spec.listing.rows:
            parent = f", {row[2]}" if len(row) > 3 else ""
            lines.append(f"{row[0]}. {row[1]}{parent}: {row[-1]} ({heads[-1].lower()})")
    lines += ["", f"{words('map.source')}: {spec.source}", f"{words('map.boundaries')}: {spec.boundaries}"]
    if spec.note:
        lines.append(spec.note)
    return "\n".join(lines)
