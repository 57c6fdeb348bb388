"""Differences of latent means between groups, from a model of scalar invariance."""

import numpy as np
import pandas as pd

from grassroots.sem.fit import Fit

COLUMNS = [
    "model", "by", "factor", "level", "reference", "est", "se", "z", "p", "ci_low", "ci_high", "d",
    "n", "n_reference", "step", "estimator", "status",
]  # fmt: skip


def latent_mean_rows(model: str, by: str, step: str, found: Fit) -> pd.DataFrame:
    """One row a factor and group: the group's latent mean less that of the reference.

    `found` must hold loadings and intercepts equal; the reference is its first group, whose means
    are 0. `d` divides the difference by the latent standard deviation pooled over the two groups,
    each variance weighted by its cases (Hancock 2001). No rows for a model without estimates.
    """
    if not found.usable or found.problem is None:
        return pd.DataFrame(columns=COLUMNS)
    table = found.parameters
    sizes = dict(zip(found.levels, (s.n for s in found.problem.samples), strict=True))
    own = table[(table["op"] == "~~") & (table["lhs"] == table["rhs"])]
    variance = own.set_index(["group", "lhs"])["est"]
    reference = found.levels[0]
    rows = []
    for factor in found.table.variables.latent:
        means = table[(table["lhs"] == factor) & (table["op"] == "~1")].set_index("group")
        for level in found.levels[1:]:
            pooled = sizes[level] * variance[level, factor]
            pooled += sizes[reference] * variance[reference, factor]
            pooled /= sizes[level] + sizes[reference]
            mean = means.loc[level]
            rows.append(
                {
                    "model": model,
                    "by": by,
                    "factor": factor,
                    "level": level,
                    "reference": reference,
                    **{c: mean[c] for c in ("est", "se", "z", "p", "ci_low", "ci_high")},
                    "d": mean["est"] / np.sqrt(pooled) if pooled > 0 else np.nan,
                    "n": sizes[level],
                    "n_reference": sizes[reference],
                    "step": step,
                    "estimator": found.estimator,
                    "status": found.status,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)
