"""What changes if the flagged respondents are left out: the main results with and without them."""

from collections.abc import Mapping

import pandas as pd

NUMBERS = ["est", "ci_low", "ci_high", "p", "n"]
SENSITIVITY_COLUMNS = [
    "quantity", "kind", *NUMBERS, *(f"{name}_without" for name in NUMBERS), "same",
]  # fmt: skip


def sensitivity_table(
    everybody: Mapping[str, pd.DataFrame], without: Mapping[str, pd.DataFrame], alpha: float
) -> pd.DataFrame:
    """One row a result: from all valid respondents, and without the flagged.

    Both arguments hold the same of the tables `group_differences`, `regression` and `mediation`.
    Taken from them are the judged group tests (effect size), the terms of the last step of each
    regression that are not categories (b), and the observed-score effects (percentile interval).
    `same` says whether the conclusion is: p on the same side of alpha, and, where it is below, the
    same sign.
    """
    one, other = main_results(everybody), main_results(without)
    both = one.merge(
        other, on=["quantity", "kind"], how="left", suffixes=("", "_without"), validate="1:1"
    )
    if both.empty:
        return pd.DataFrame(columns=SENSITIVITY_COLUMNS)
    significant = both["p"] < alpha
    significant_without = both["p_without"] < alpha
    same_sign = both["est"] * both["est_without"] > 0
    same = (significant == significant_without) & (~significant | same_sign)
    known = both["p"].notna() & both["p_without"].notna()
    return both.assign(same=same.astype(object).where(known, None))[SENSITIVITY_COLUMNS]


def main_results(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Quantity, kind, est, ci_low, ci_high, p, n of the results that the page puts first."""
    return pd.concat([_MAIN[name](table) for name, table in tables.items()], ignore_index=True)


def _judged_tests(groups: pd.DataFrame) -> pd.DataFrame:
    groups = groups[groups["judged"].astype(bool)]
    quantity = groups["outcome"] + " by " + groups["by"]
    numbers = ["effect_size", "effect_low", "effect_high", "p", "n"]
    return _results(groups, quantity, groups["effect"], numbers)


def _last_terms(terms: pd.DataFrame) -> pd.DataFrame:
    last = terms.groupby("model", sort=False)["step"].transform("max")
    category = terms["term"].str.contains("=", regex=False)
    terms = terms[(terms["step"] == last) & ~category & (terms["term"] != "intercept")]
    quantity = terms["model"] + ": " + terms["term"] + " -> " + terms["outcome"]
    return _results(terms, quantity, "b", ["b", "ci_low", "ci_high", "p", "n"])


def _observed_effects(effects: pd.DataFrame) -> pd.DataFrame:
    effects = effects[(effects["scores"] == "observed") & (effects["method"] == "percentile")]
    quantity = effects["model"] + ": " + effects["path"]
    return _results(effects, quantity, effects["effect"], NUMBERS)


def _results(
    table: pd.DataFrame, quantity: pd.Series, kind: pd.Series | str, numbers: list[str]
) -> pd.DataFrame:
    columns = dict(zip(NUMBERS, numbers, strict=True))
    return pd.DataFrame(
        {"quantity": quantity, "kind": kind}
        | {name: table[column] for name, column in columns.items()}
    )


_MAIN = {
    "group_differences": _judged_tests,
    "regression": _last_terms,
    "mediation": _observed_effects,
}
