"""Common method bias: how far one source of variance could carry all the answers.

Harman's test, a one-factor model and a method factor beside the declared ones (`method_factor`),
as such studies report them. None can show that there is no bias: the first two only see a method
factor strong enough to swallow the traits, the third takes whatever the items share for method
(Podsakoff et al. 2003, pp. 889-891).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from grassroots.measurement.scale_answers import complete_answers

METHOD_BIAS_COLUMNS = ["check", "value", "reference", "n", "status", "message"]

# The share of the first component above which Harman's test is said to point to bias: 40 percent is
# the custom of Chinese studies (citing Zhou & Long 2004), 50 percent the one of others.
HARMAN = 0.40
# Conventional cut-offs of fit, which a one-factor model should miss: the older and looser ones
# (CFI: Bentler & Bonett 1980; RMSEA: Browne & Cudeck 1993), SRMR as in Hu & Bentler (1999).
REFERENCES = {"cfi": 0.90, "rmsea": 0.08, "srmr": 0.08}


def harman_first_component(answers: pd.DataFrame) -> tuple[float, int]:
    """The share of variance of the first unrotated principal component, and the rows it is from.

    Principal components of the correlation matrix of the complete rows, as SPSS's default. NaN if
    there are fewer than three complete rows or an item is constant.
    """
    values = complete_answers(answers, list(answers.columns))
    if len(values) < 3 or (values == values[0]).all(axis=0).any():
        return float("nan"), len(values)
    eigenvalues = np.linalg.eigvalsh(np.corrcoef(values, rowvar=False))
    return float(eigenvalues[-1] / eigenvalues.sum()), len(values)


def method_bias_table(
    answers: pd.DataFrame,
    one_factor: Mapping[str, Any],
    dimensions: Mapping[str, Any],
    further: Sequence[tuple] = (),
) -> pd.DataFrame:
    """The checks as rows: name, value, the value that it is held against, n.

    Args:
        answers: All items of the study.
        one_factor: Fit measures of the model with one factor behind all items, and its `status`.
        dimensions: The same of the model with a factor for each dimension.
        further: Rows of other checks, which come last.

    The difference of both chi-squares has the difference of their df: the one-factor model is the
    other one with all factor correlations at 1.
    """
    share, n = harman_first_component(answers)
    rows = [("harman_first_component", share, HARMAN, n, "ok" if share == share else "singular")]
    for name, found in (("one_factor", one_factor), ("model", dimensions)):
        for measure in ("chi2", "df", "cfi", "rmsea", "srmr"):
            value = found.get(measure, np.nan)
            reference = REFERENCES.get(measure, np.nan)
            rows.append((f"{name}_{measure}", value, reference, found["n"], found["status"]))
    usable = {one_factor["status"], dimensions["status"]} <= {"ok", "heywood"}
    if usable and one_factor["n"] == dimensions["n"]:
        chi2 = one_factor["chi2"] - dimensions["chi2"]
        df = one_factor["df"] - dimensions["df"]
        for name, value in (
            ("delta_chi2", chi2),
            ("delta_df", df),
            ("delta_p", float(chdtrc(df, chi2)) if df > 0 else np.nan),
            ("delta_cfi", dimensions["cfi"] - one_factor["cfi"]),
            ("delta_rmsea", dimensions["rmsea"] - one_factor["rmsea"]),
        ):
            rows.append((name, value, np.nan, dimensions["n"], "ok"))
    rows = [(*row, "") for row in rows]
    return pd.DataFrame([*rows, *further], columns=METHOD_BIAS_COLUMNS)
