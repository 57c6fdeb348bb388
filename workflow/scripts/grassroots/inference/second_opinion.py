"""The tests of means and the regressions once more: by pingouin and by statsmodels.

As semopy's of the models, these are numbers that strangers compute from the same respondents. Only
what is printed is computed again: nothing can show here that is hidden there. Both libraries take
seconds to import, and are where they are called.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.inference.groups import Comparison, compared_groups
from grassroots.inference.regression_design import Levels, regression_design

Numbers = dict[str, float]

# Our column: pingouin's, for each test that it has; it rounds none of these.
_T = {"statistic": "T", "df1": "dof", "p": "p_val"}
_F = {"statistic": "F", "df1": "ddof1", "df2": "ddof2", "p": "p_unc"}
_TESTS = {"welch_t": _T, "student_t": _T, "welch_anova": _F, "anova": _F}


def tests_of_means(
    printed: pd.DataFrame,
    scores: pd.DataFrame,
    background: Mapping[str, Sequence[str]],
    minimum_group: int,
) -> tuple[Numbers, Numbers]:
    """Ours and pingouin's t, F, df and p, by `<outcome> by <variable>: <test> <column>`.

    `printed` is the table of group differences; the other arguments are as in `group_differences`.
    """
    ours: Numbers = {}
    theirs: Numbers = {}
    known = printed[printed["test"].isin(list(_TESTS)) & printed["statistic"].notna()]
    for row in known.to_dict("records"):
        outcome, by, test = row["outcome"], row["by"], row["test"]
        compared = compared_groups(scores, outcome, by, background[by], minimum_group)
        found = _pingouin(compared, test)
        for column, name in _TESTS[test].items():
            if pd.notna(row[column]):
                quantity = f"{outcome} by {by}: {test} {column}"
                ours[quantity], theirs[quantity] = float(row[column]), float(found[name])
    return ours, theirs


def _pingouin(compared: Comparison, test: str) -> pd.Series:
    import pingouin

    sizes = [len(sample) for sample in compared.samples]
    long = pd.DataFrame(
        {
            "group": np.repeat(np.arange(len(sizes)), sizes),
            "score": np.concatenate(compared.samples),
        }
    )
    # Its power analysis and Bayes factor, which nobody reads here, warn; so does its pandas.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if test in ("welch_t", "student_t"):
            found = pingouin.ttest(*compared.samples, correction=test == "welch_t")
        else:
            way = pingouin.welch_anova if test == "welch_anova" else pingouin.anova
            found = way(long, dv="score", between="group")
    return found.iloc[0]


def regression_coefficients(
    printed: pd.DataFrame, scores: pd.DataFrame, models: Mapping[str, Any], levels: Levels
) -> dict[str, tuple[Numbers, Numbers]]:
    """By model: ours and statsmodels' b, SE, p and HC3 SE, by `step <step>: <column> <term>`.

    `printed` is the table of regressions; the other arguments are as in `regressions`.
    """
    return {
        name: _regression(printed[printed["model"] == name], scores, model, levels)
        for name, model in models.items()
    }


def _regression(
    printed: pd.DataFrame, scores: pd.DataFrame, model: Mapping[str, Any], levels: Levels
) -> tuple[Numbers, Numbers]:
    from statsmodels.regression.linear_model import OLS

    ours: Numbers = {}
    theirs: Numbers = {}
    references = {
        row["term"].partition("=")[0]: row["reference"]
        for row in printed.to_dict("records")
        if row["reference"]
    }
    # A hidden level is no reference: the same ones as printed, and the same dummies.
    ordered = {
        name: sorted(own, key=lambda level, name=name: level != references.get(name))
        for name, own in levels.items()
    }
    design = regression_design(scores, model["outcome"], model["steps"], ordered)
    known = printed[printed["b"].notna()]
    for step, rows in known.groupby("step"):
        names = [term.name for term in design.entered(int(step) - 1) if term.present]
        matrix = design.matrix(int(step) - 1)
        fitted = OLS(design.outcome, np.column_stack([np.ones(len(matrix)), matrix])).fit()
        found = {"b": fitted.params, "se": fitted.bse, "p": fitted.pvalues}
        found["se_hc3"] = fitted.HC3_se
        for row in rows.to_dict("records"):
            place = ["intercept", *names].index(row["term"])
            for column, values in found.items():
                if pd.notna(row[column]):
                    quantity = f"step {step}: {column} {row['term']}"
                    ours[quantity], theirs[quantity] = float(row[column]), float(values[place])
    return ours, theirs
