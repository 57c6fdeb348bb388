"""Measurement invariance: whether a factor model measures the same in all groups.

The steps are nested, each holds more parameters equal over the groups: configural (none), metric
(loadings), scalar (loadings and intercepts), strict (residual variances too). Where a protocol
releases single parameters, the partial forms of the steps follow, each compared with the partial
form of the step before, so that what was released stays released.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from grassroots.sem.fit import Fit, fit

STEPS = {
    "configural": (),
    "metric": ("loadings",),
    "scalar": ("loadings", "intercepts"),
    "strict": ("loadings", "intercepts", "residuals"),
}
COLUMNS = [
    "model", "by", "step", "chi2", "df", "cfi", "rmsea", "delta_chi2", "delta_df", "p",
    "delta_cfi", "delta_rmsea", "estimator", "n", "groups", "srmr", "delta_srmr", "bic", "against",
    "released", "status", "message",
]  # fmt: skip
WHOLE_NUMBERS = ["df", "delta_df", "n", "groups"]
NUMBERS = [
    "chi2", "cfi", "rmsea", "srmr", "bic", "delta_chi2", "p", "delta_cfi", "delta_rmsea",
    "delta_srmr",
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One fitted step, the released parameters in it, and the step that it is compared with."""

    name: str
    fit: Fit
    released: tuple[str, ...] = ()
    against: "Step | None" = None


def invariance_steps(
    syntax: str,
    data: pd.DataFrame,
    by: str,
    estimator: str,
    release: Mapping[str, Sequence[str]] | None = None,
) -> list[Step]:
    """The four steps, and the partial ones from the first step on that releases something.

    Args:
        syntax: The factor model.
        data: Complete or not; rows with a missing value are left out. The first row's group is the
            reference of the latent means.
        by: The grouping column.
        estimator: ML or MLR.
        release: Parameters left free in each group (`visual =~ x2`, `x3 ~ 1`, `x1 ~~ x1`), by the
            kind that a step holds equal: loadings, intercepts, residuals.
    """
    release = release or {}

    def fitted(name: str, released: tuple[str, ...] = ()) -> Fit:
        return fit(
            syntax,
            data,
            estimator=estimator,
            group=by,
            group_equal=STEPS[name],
            group_partial=released,
        )

    steps: list[Step] = []
    for name in STEPS:
        steps.append(Step(name, fitted(name), (), steps[-1] if steps else None))
    before = None
    for name, full in zip(STEPS, list(steps), strict=True):
        released = tuple(x for kind in STEPS[name] for x in release.get(kind, ()))
        if released:
            against = before or full.against
            before = Step(f"partial_{name}", fitted(name, released), released, against)
            steps.append(before)
    return steps


def invariance_rows(model: str, by: str, steps: Sequence[Step]) -> pd.DataFrame:
    """One row a step: its fit, and what it loses against the step that it is compared with.

    Under MLR chi-square is the scaled one, CFI and RMSEA are the robust ones, and the difference of
    two chi-squares is scaled (see `difference_test`). p tests that difference.
    """
    return _frame([_row(model, by, step) for step in steps])


def refused_rows(
    model: str, by: str, estimator: str, groups: int, status: str, message: str
) -> pd.DataFrame:
    """A row for each step without numbers: groups that cannot be compared."""
    given = {"estimator": estimator, "groups": groups, "status": status, "message": message}
    return _frame([{"model": model, "by": by, "step": name} | given for name in STEPS])


def difference_test(
    restricted: Mapping[str, float], free: Mapping[str, float], estimator: str
) -> tuple[float, int, float]:
    """Chi-square, df and p of the difference of two nested models by their measures.

    Under MLR (T1 - T0)/c with c = (df1 c1 - df0 c0)/(df1 - df0), T the unscaled chi-squares and c
    their scaling factors (Satorra & Bentler 2001; lavaan's lavTestLRT). NaN where c is not
    positive, which happens in small samples.
    """
    df = int(restricted["df"] - free["df"])
    chi2 = restricted["chi2"] - free["chi2"]
    if df < 1:
        return np.nan, df, np.nan
    if estimator == "MLR":
        own, other = restricted["scaling"], free["scaling"]
        # A saturated model has nothing to scale.
        other = 0.0 if free["df"] == 0 else other
        c = (restricted["df"] * own - free["df"] * other) / df
        if not c > 0:
            return np.nan, df, np.nan
        chi2 = chi2 / c
    return float(chi2), df, float(chdtrc(df, max(chi2, 0.0)))


def _row(model: str, by: str, step: Step) -> dict[str, object]:
    found, measures = step.fit, _reported(step.fit)
    row: dict[str, object] = {
        "model": model,
        "by": by,
        "step": step.name,
        **{name: measures[name] for name in ("chi2", "df", "cfi", "rmsea", "srmr", "bic", "n")},
        "estimator": found.estimator,
        "groups": len(found.levels),
        "released": "; ".join(step.released),
        "status": found.status,
        "message": found.message,
    }
    if step.against is None:
        return row
    row["against"] = step.against.name
    if not (found.usable and step.against.fit.usable):
        return row
    other = step.against.fit
    row["delta_chi2"], row["delta_df"], row["p"] = difference_test(
        found.measures, other.measures, found.estimator
    )
    before = _reported(other)
    return row | {f"delta_{name}": measures[name] - before[name] for name in _COMPARED}


_COMPARED = ("cfi", "rmsea", "srmr")
_CORRECTED = {"chi2": "chi2_scaled", "cfi": "cfi_robust", "rmsea": "rmsea_robust"}


def _reported(found: Fit) -> dict[str, float]:
    """The measures of a fit as they are reported: under MLR the scaled and robust ones."""
    measures = dict(found.measures)
    if found.estimator == "MLR" and found.usable and measures["df"] > 0:
        measures |= {ours: measures[theirs] for ours, theirs in _CORRECTED.items()}
    return measures


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    texts = dict.fromkeys(("released", "against", "message"), "")
    frame = pd.DataFrame([texts | row for row in rows], columns=COLUMNS)
    for name in WHOLE_NUMBERS:
        frame[name] = frame[name].astype("float").astype("Int64")
    return frame.astype(dict.fromkeys(NUMBERS, "float"))
