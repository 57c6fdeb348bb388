"""The random halves of a sample: one to look for factors, the other to test what was found."""

from typing import Literal

import numpy as np
import pandas as pd

Half = Literal["explored", "other"]


def half_of(scores: pd.DataFrame, seed: int, half: Half) -> pd.DataFrame:
    """The respondents of one half, in their order.

    All respondents are split, whatever they answered, so that every instrument has the same halves;
    with an odd number the explored half has one more.
    """
    n = len(scores)
    drawn = np.sort(np.random.default_rng(seed).permutation(n)[: (n + 1) // 2])
    explored = np.isin(np.arange(n), drawn)
    return scores[explored if half == "explored" else ~explored]
