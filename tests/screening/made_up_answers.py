"""Answers drawn at random, and rules to screen them by."""

import numpy as np
import pandas as pd

from grassroots.study.protocol_screening import Flags

ITEMS = [f"x{i}" for i in range(1, 11)]
OFF = Flags().model_dump()
SCALES = [ITEMS[:4], ITEMS[4:7], ITEMS[7:]]


def rules(mixed=(ITEMS,), **limits):
    return {
        "items": ITEMS,
        "mixed": [list(items) for items in mixed],
        "turned": {"x2": 6},
        "scales": SCALES,
        "flags": OFF | limits,
        "exclude": [],
        "eligible": {},
        "failed_checks_allowed": 0,
        "minimum_answered": 0,
        "smallest_cell": 5,
    }


def sample(n=60, seed=1):
    rng = np.random.default_rng(seed)
    data = pd.DataFrame(rng.integers(1, 6, (n, len(ITEMS))).astype(float), columns=ITEMS)
    return data.assign(duration_seconds=300.0, same_source=False)
