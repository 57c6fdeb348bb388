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

    Both arguments hold the tables `group_differences`, `regression` and `mediation`. Taken from
    them are the judged group tests (effect size), the terms of the last step of each regression
    that are not categories (b), and the observed-score effects (percentile interval). `same` says
    whether the conclusion is: p on the same side of alpha, and, where it is below, the same sign.
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
    groups = tables["group_differences"]
    groups = groups[groups["judged"].astype(bool)]
    terms = tables["regression"]
    last = terms.groupby("model", sort=False)["step"].transform("max")
    terms = terms[
        (terms["step"] == last)
        & ~terms["term"].str.contains("=", regex=False)
        & (terms["term"] != "intercept")
    ]
    effects = tables["mediation"]
    effects = effects[(effects["scores"] == "observed") & (effects["method"] == "percentile")]
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "quantity": groups["outcome"] + " by " + groups["by"],
                    "kind": groups["effect"],
                    "est": groups["effect_size"],
                    "ci_low": groups["effect_low"],
                    "ci_high": groups["effect_high"],
                    "p": groups["p"],
                    "n": groups["n"],
                }
            ),
            pd.DataFrame(
                {
                    "quantity": terms["model"] + ": " + terms["term"] + " -> " + terms["outcome"],
                    "kind": "b",
                    "est": terms["b"],
                    **{name: terms[name] for name in NUMBERS[1:]},
                }
            ),
            pd.DataFrame(
                {
                    "quantity": effects["model"] + ": " + effects["path"],
                    "kind": effects["effect"],
                    **{name: effects[name] for name in NUMBERS},
                }
            ),
        ],
        ignore_index=True,
    )
