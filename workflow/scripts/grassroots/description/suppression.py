"""Small cells: counts that could point to a person are not published.

A count below the threshold is blanked, and with it, the next smallest first, as many others as it
takes that at least two are hidden and that together they are no small cell themselves: else the
total would give the first away.
"""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def cells_to_hide(counts: Mapping[Hashable, int], threshold: int) -> set:
    """The keys of the counts that must not be printed; `counts` have a known total.

    Counts from 1 to one below the threshold are small; a count of 0 points to nobody.
    """
    hidden = {key for key, n in counts.items() if 0 < n < threshold}
    others = sorted((n, place, key) for place, (key, n) in enumerate(counts.items()) if n > 0)
    for _, _, key in others:
        # A small cell alone does not reach the threshold: there are two at least.
        if not hidden or sum(counts[k] for k in hidden) >= threshold:
            break
        hidden.add(key)
    return hidden


def suppress_small_cells(
    table: "pd.DataFrame",
    threshold: int,
    by: str,
    count: str,
    also: tuple[str, ...],
    open_to_all: "pd.Series | None" = None,
) -> "pd.DataFrame":
    """The table with small counts blanked, and a column `suppressed` that says where.

    Args:
        table: One row a cell.
        threshold: See `cells_to_hide`.
        by: Column that names the set of cells whose total is known, such as the variable.
        count: Column of the counts.
        also: Columns that would give the count away, blanked with it.
        open_to_all: Rows that are printed whatever their count: of those who did not answer,
            nobody knows who they are.
    """
    import pandas as pd

    hidden = pd.Series(False, index=table.index)
    shut = table if open_to_all is None else table[~open_to_all]
    for _, cells in shut.groupby(by, sort=False):
        hidden[list(cells_to_hide(cells[count].to_dict(), threshold))] = True
    blanked = table.assign(suppressed=hidden)
    blanked[[count, *also]] = blanked[[count, *also]].astype("Float64")
    blanked.loc[hidden, [count, *also]] = pd.NA
    blanked[count] = blanked[count].astype("Int64")
    return blanked
