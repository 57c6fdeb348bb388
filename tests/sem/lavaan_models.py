"""The models behind the stored lavaan values, and how our names map to lavaan's."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

REFERENCE = Path(__file__).parents[1] / "reference"

HS = "visual =~ x1 + x2 + x3\n textual =~ x4 + x5 + x6\n speed =~ x7 + x8 + x9"
PD = """
 ind60 =~ x1 + x2 + x3
 dem60 =~ y1 + y2 + y3 + y4
 dem65 =~ y5 + y6 + y7 + y8
 dem60 ~ a*ind60
 dem65 ~ c*ind60 + b*dem60
 y1 ~~ y5
 y2 ~~ y4 + y6
 y3 ~~ y7
 y4 ~~ y8
 y6 ~~ y8
 ind := a*b
 tot := c + a*b
"""
_MEASUREMENT = """
 X =~ X1 + X2 + X3 + X4
 M1 =~ M1p1 + M1p2 + M1p3
 M2 =~ M2p1 + M2p2 + M2p3
 Y =~ Y1 + Y2 + Y3
"""
_EFFECTS = """
 M1 ~~ M2
 i1 := a1*b1
 i2 := a2*b2
 ti := a1*b1 + a2*b2
 tot := cp + a1*b1 + a2*b2
 dif := a1*b1 - a2*b2
"""
_PATHS = "M1 ~ a1*X\n M2 ~ a2*X\n Y ~ b1*M1 + b2*M2 + cp*X"
PARCEL = _MEASUREMENT + _PATHS + _EFFECTS + "pm := (a1*b1 + a2*b2)/(cp + a1*b1 + a2*b2)"
PARCEL_COV = _MEASUREMENT + _PATHS.replace("*X", "*X + g1 + g2 + g3") + _EFFECTS
OBSERVED = _PATHS + _EFFECTS
SIM59 = "\n".join(
    f"{factor} =~ " + " + ".join(f"{factor}_{i}" for i in range(1, k + 1))
    for factor, k in zip(
        ("X1", "X2", "X3", "X4", "M1", "M2", "Y1", "Y2", "Y3"), (6, 6, 6, 6, 10, 10, 5, 4, 6),
        strict=True,
    )
)  # fmt: skip

EQUAL = {
    "conf": (),
    "metric": ("loadings",),
    "scalar": ("loadings", "intercepts"),
    "strict": ("loadings", "intercepts", "residuals"),
}
CASES: dict[str, tuple[str, str, dict]] = {
    "hs_ml": (HS, "HS", {}),
    "hs_ml_wishart": (HS, "HS", {"likelihood": "wishart"}),
    "hs_ml_means": (HS, "HS", {"meanstructure": True}),
    "hs_mlr": (HS, "HS", {"estimator": "MLR"}),
    "hs_fiml": (HS, "HS_miss", {"missing": "fiml"}),
    "pd_ml": (PD, "PD", {}),
    "parcel": (PARCEL, "sim320_parcels", {}),
    "parcel_mlr": (PARCEL, "sim320_parcels", {"estimator": "MLR"}),
    "parcel_cov": (PARCEL_COV, "sim320_parcels_cov", {}),
    "obs": (OBSERVED, "sim320_obs", {}),
    "obs_fixedxF": (OBSERVED, "sim320_obs", {"fixed_x": False}),
} | {
    f"hs_inv/{name}": (HS, "HS", {"group": "school", "group_equal": equal})
    for name, equal in EQUAL.items()
}

MEASURES = {
    "n": "ntotal", "npar": "npar", "chi2": "chisq", "df": "df", "p": "pvalue", "cfi": "cfi",
    "tli": "tli", "rmsea": "rmsea", "rmsea_low": "rmsea.ci.lower", "rmsea_high": "rmsea.ci.upper",
    "pclose": "rmsea.pvalue", "srmr": "srmr", "gfi": "gfi", "loglik": "logl", "aic": "aic",
    "bic": "bic", "sabic": "bic2", "baseline_chi2": "baseline.chisq", "baseline_df": "baseline.df",
    "scaling": "chisq.scaling.factor", "chi2_scaled": "chisq.scaled", "p_scaled": "pvalue.scaled",
    "baseline_scaling": "baseline.chisq.scaling.factor",
    "baseline_chi2_scaled": "baseline.chisq.scaled", "cfi_scaled": "cfi.scaled",
    "tli_scaled": "tli.scaled", "rmsea_scaled": "rmsea.scaled", "cfi_robust": "cfi.robust",
    "tli_robust": "tli.robust", "rmsea_robust": "rmsea.robust",
    "rmsea_robust_low": "rmsea.ci.lower.robust", "rmsea_robust_high": "rmsea.ci.upper.robust",
    "pclose_robust": "rmsea.pvalue.robust",
}  # fmt: skip
COLUMNS = {"est": "est", "se": "se", "std": "std.all", "std_se": "std.se"}
DERIVED = {"z": "z", "p": "pvalue", "ci_low": "ci.lower", "ci_high": "ci.upper"}


@cache
def data(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{name}.csv")


@cache
def reference() -> dict:
    return json.loads((REFERENCE / "lavaan_reference.json").read_text())


def excess(ours: float, theirs: float | None) -> float:
    """Difference in units of the tolerance: relative 1e-5 or absolute 1e-8; inf if one is NaN."""
    theirs = np.nan if theirs is None else float(theirs)
    if np.isnan(ours) or np.isnan(theirs):
        return 0.0 if np.isnan(ours) and np.isnan(theirs) else np.inf
    return abs(ours - theirs) / max(1e-5 * abs(theirs), 1e-8)


def by_key(parameters: pd.DataFrame) -> dict:
    """Rows by (lhs, op, rhs), covariances under both orders, definitions without their rhs."""
    out = {}
    for row in parameters.itertuples():
        out[row.lhs, row.op, "" if row.op == ":=" else row.rhs] = row
        if row.op == "~~":
            out[row.rhs, row.op, row.lhs] = row
    return out
