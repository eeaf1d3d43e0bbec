"""What goes when a new file takes the place of those in use."""

from store.records import Dataset
from studies.intake import Beside, Trial


def list_shortened(trial: Trial, beside: Beside) -> tuple[Dataset, ...]:
    """Files whose days reach beyond those of the new one: replaced by it, the rest of their days goes from
    the map. Nothing where the new file names no days."""
    rows = trial.joined.rows
    if trial.joined.kind != "incidents" or rows["start"].isna().all():
        return ()
    first, last = rows["start"].min().date(), rows["end"].max().date()
    return tuple(
        dataset
        for dataset in beside.alike
        if dataset.period_start
        and dataset.period_end
        and (dataset.period_start < first or dataset.period_end > last)
    )
