"""Run as a program: the visible sheets of the workbook named on the command line, pickled to the output.

Stands alone, so that it starts at once and that its failure is nobody else's.
"""

import pickle
import sys

import python_calamine

CORRUPT, LOCKED, HUGE = 3, 4, 5
MOST_CELLS = 20_000_000
MOST_BYTES = 4 * 1024**3


def main(path: str) -> int:
    _limit_memory()
    try:
        sheets = _read(path)
    except python_calamine.PasswordError:
        return LOCKED
    except (python_calamine.CalamineError, OSError, ValueError):
        return CORRUPT
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return CORRUPT
    if sheets is None:
        return HUGE
    pickle.dump(sheets, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MOST_BYTES if hard == resource.RLIM_INFINITY else min(hard, MOST_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _read(path: str) -> list[tuple[object, ...]] | None:
    """None where the sheets span too many cells, filled or not, to be handed on."""
    n_cells = 0
    sheets: list[tuple[object, ...]] = []
    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            n_cells += sheet.height * sheet.width
            if n_cells > MOST_CELLS:
                return None
            sheets.append((meta.name, sheet.start, sheet.to_python(), sheet.merged_cell_ranges))
    return sheets


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
