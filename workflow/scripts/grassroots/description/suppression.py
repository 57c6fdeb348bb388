"""Small cells: counts that could point to a person are not published.

A count below the threshold is blanked, and, where it is the only one of its variable, one more, the
next smallest: else the total would give the first away.
"""

import pandas as pd


def suppress_small_cells(
    table: pd.DataFrame, threshold: int, by: str, count: str, also: tuple[str, ...]
) -> pd.DataFrame:
    """The table with small counts blanked, and a column `suppressed` that says where.

    Args:
        table: One row a cell.
        threshold: Counts from 1 to one below it are small; a count of 0 points to nobody.
        by: Column that names the set of cells whose total is known, such as the variable.
        count: Column of the counts.
        also: Columns that would give the count away, blanked with it.
    """
    counts = table[count]
    small = (counts > 0) & (counts < threshold)
    hidden = small.copy()
    for _, cells in table.groupby(by, sort=False):
        if small[cells.index].sum() == 1:
            others = counts[cells.index][~small[cells.index] & (counts[cells.index] > 0)]
            if not others.empty:
                hidden[others.idxmin()] = True
    blanked = table.assign(suppressed=hidden)
    blanked[[count, *also]] = blanked[[count, *also]].astype("Float64")
    blanked.loc[hidden, [count, *also]] = pd.NA
    blanked[count] = blanked[count].astype("Int64")
    return blanked
