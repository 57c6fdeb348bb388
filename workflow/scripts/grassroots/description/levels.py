"""Words for the height of scores, by declared cut-offs: conventions, and no diagnoses."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from grassroots.description.suppression import suppress_small_cells

LEVEL_COLUMNS = ["scale", "level", "n", "percent", "suppressed"]

Bands = Sequence[Mapping[str, Any]]
"""From the lowest: `level` (id), `start` (the lower end, None for the first), `closed` (whether
that end belongs to the band)."""

# Means of whole answers that are equal on paper may differ in the last bit from a cut-off.
_DIGITS = 9


def band_of(scores: ArrayLike, bands: Bands) -> np.ndarray:
    """The place (from 0) of the band of each score (n,); -1 for NaN."""
    values = np.round(np.asarray(scores, dtype=float), _DIGITS)
    place = np.zeros(values.shape, dtype=int)
    for band in bands[1:]:
        start = round(float(band["start"]), _DIGITS)
        place += values >= start if band["closed"] else values > start
    return np.where(np.isnan(values), -1, place)


def level_of(score: float, bands: Bands) -> str | None:
    """The id of the band in which a score lies, None for NaN."""
    place = int(band_of([score], bands)[0])
    return None if place < 0 else str(bands[place]["level"])


def levels_table(
    data: pd.DataFrame, bands: Mapping[str, Bands], smallest_cell: int
) -> pd.DataFrame:
    """How many respondents have a score in each band, of those with a score.

    Args:
        data: A column for each scale of `bands`.
        bands: Scale -> its bands.
        smallest_cell: Counts below it are blanked, see `suppress_small_cells`.
    """
    rows = []
    for scale, own in bands.items():
        places = band_of(data[scale], own)
        n = int((places >= 0).sum())
        for place, band in enumerate(own):
            count = int((places == place).sum())
            rows.append((scale, band["level"], count, 100 * count / n if n else np.nan))
    table = pd.DataFrame(rows, columns=LEVEL_COLUMNS[:-1])
    return suppress_small_cells(table, smallest_cell, "scale", "n", also=("percent",))
