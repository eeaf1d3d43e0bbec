"""Proposals in the reader's words."""

from collections.abc import Mapping

from i18n.messages import Words
from planning.scenario import Proposal
from studies.proposals_file import OUTCOMES, Tally

UNTOLD = "–"


def list_cells(proposal: Proposal, types: Mapping[str, str], words: Words) -> dict[str, str]:
    """What is told of the ward, by the name of its column, as final text. types: names by key; a key that has
    none stands for itself."""
    cost, day = proposal.cost, proposal.recognised_on
    return {
        "proposed": words("proposals.yes" if proposal.proposed else "proposals.no"),
        "unit": proposal.unit or UNTOLD,
        "reason": proposal.reason or UNTOLD,
        "types": "; ".join(types.get(key, key) for key in proposal.types) or UNTOLD,
        "cost": UNTOLD if cost is None else words.plain(float(cost)),
        "recognised_on": UNTOLD if day is None else words.date(day),
        "area_label": proposal.area_label or UNTOLD,
    }


def write_tally(tally: Tally, words: Words) -> str:
    """`Tệp có 14 dòng: 12 dòng đã nhận; 2 dòng để trống.`: parts of nought are left out."""
    parts = [words(f"proposals.{name}", n=tally[name]) for name in OUTCOMES if tally[name]]
    return words("proposals.balance", given=tally["given"], parts="; ".join(parts))
