"""The chi-square difference of two nested models."""

from typing import NamedTuple

from numpy import nan
from scipy.special import chdtrc

from grassroots.sem.fit import Fit


class Difference(NamedTuple):
    """Statistic, degrees of freedom, p, and whether there is a test.

    ``status``: ``ok``; ``no_model`` (one of them has no estimates); ``other_rows`` (they are from
    different respondents); ``equal_df`` (neither is nested in the other: the two cannot be told
    apart by chi-square); ``negative_scaling`` (see :func:`chi_square_difference`).
    """

    chi2: float
    df: float
    p: float
    status: str


def chi_square_difference(narrow: Fit, wide: Fit) -> Difference:
    """Test `narrow`, which is nested in `wide`, against it, as lavaan's ``lavTestLRT``.

    Under ML the plain difference. Under MLR the scaled one of Satorra & Bentler (2001),
    ``(T0 - T1) / c`` with the unscaled chi-squares and ``c = (df0 c0 - df1 c1) / (df0 - df1)``:
    the difference of two scaled chi-squares follows no chi-square distribution. c can turn out
    negative in small samples or for models that are far off; then there is no test (Satorra &
    Bentler 2010 mend that in another way, which is not computed here).
    """
    if not (narrow.usable and wide.usable):
        return Difference(nan, nan, nan, "no_model")
    first, second = narrow.measures, wide.measures
    if first["n"] != second["n"]:
        return Difference(nan, nan, nan, "other_rows")
    df = first["df"] - second["df"]
    if df <= 0:
        return Difference(nan, df, nan, "equal_df")
    scale = 1.0
    if narrow.estimator == "MLR":
        # A saturated model has no scaling factor, and needs none: its df is 0.
        wide_part = second["df"] * second["scaling"] if second["df"] else 0.0
        scale = (first["df"] * first["scaling"] - wide_part) / df
    if not scale > 0:
        return Difference(nan, df, nan, "negative_scaling")
    # Where the narrow model costs nothing, stopping rules can leave a difference below zero.
    chi2 = max((first["chi2"] - second["chi2"]) / scale, 0.0)
    return Difference(chi2, df, float(chdtrc(df, chi2)), "ok")
