"""Which incidents a register is about, one way for the targets, the remark and the watch."""

from collections.abc import Sequence

import numpy as np

from geo.question import EVERY_CRIME, Selection
from i18n.messages import Words
from store.plan_records import KeptArea
from studies.following import Chain, find_unit, tell
from studies.windows import find_windows

GROUP_OF = {"TTATXH": "social", "MA_TUY": "drugs"}


def list_selections(register: str) -> tuple[Selection, ...]:
    """Which incidents a register is about; every crime where files do not tell the group apart."""
    group = GROUP_OF.get(register)
    return (Selection(group=group), EVERY_CRIME) if group else (EVERY_CRIME,)


def pick_selection(kept: KeptArea, chain: Chain, selections: Sequence[Selection]) -> Selection:
    """The first by which the area's incidents before or during its work are known; the last where none is."""
    for chosen in selections[:-1]:
        told = [one for days in find_windows(kept).values() if (one := tell(chain, days, chosen)) is not None]
        unit = find_unit(chain, kept.content.ward_code, [one.at for one in told])
        if unit is not None and not np.isnan([unit.count(one) for one in told]).all():
            return chosen
    return selections[-1]


def name_selection(chosen: Selection, words: Words) -> str:
    """ "trật tự xã hội"; every crime by its name."""
    name = words(f"group_name.{chosen.group or 'every'}")
    return name[:1].lower() + name[1:]
