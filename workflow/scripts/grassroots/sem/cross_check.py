"""Our numbers beside those of other programs for the same model and data."""

from collections.abc import Mapping

import pandas as pd

COLUMNS = ["model", "quantity", "ours", "semopy", "lavaan", "difference", "pingouin", "statsmodels"]
PROGRAMS = ("semopy", "lavaan", "pingouin", "statsmodels")
SUMMARY_COLUMNS = ["model", "program", "n", "n_compared", "difference", "quantity"]
TOLERANCE = 1e-3


def distance(a: float, b: float) -> float:
    """Absolute difference; relative to `b` where that is larger than 1 (chi-squares, criteria)."""
    return abs(a - b) / max(1.0, abs(b))


def apart(a: float, b: float) -> bool:
    """Whether two values of one quantity differ by more than other stopping rules explain."""
    return not distance(a, b) <= TOLERANCE


def cross_check_rows(
    model: str, ours: Mapping[str, float], opinions: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """One row a quantity; `difference` is the largest `distance` of the others from ours.

    `opinions` are by program; quantities that a program does not know are empty in its column.
    """
    rows = []
    for quantity, value in ours.items():
        others = {name: _known(opinions.get(name, {}), quantity) for name in PROGRAMS}
        distances = [distance(x, value) for x in others.values() if x is not None]
        row = {"model": model, "quantity": quantity, "ours": value, **others}
        rows.append(row | {"difference": max(distances, default=None)})
    return pd.DataFrame(rows, columns=COLUMNS)


def disagreement(table: pd.DataFrame) -> str:
    """A sentence on the quantities that differ by more than `TOLERANCE`; empty if none does."""
    found = table[table["difference"] > TOLERANCE]
    if found.empty:
        return ""
    worst = found.loc[found["difference"].astype(float).idxmax()]
    return (
        f"{len(found)} numbers differ from another program's by more than {TOLERANCE}; most in "
        f"model {worst['model']}, {worst['quantity']}: {worst['ours']:.6g}, "
        + ", ".join(f"{program} {_shown(worst[program])}" for program in PROGRAMS)
    )


def summary_rows(table: pd.DataFrame) -> pd.DataFrame:
    """For each model and program that knows it: how many of our numbers it has, and the worst.

    `n` is the number of our quantities, `difference` the largest `distance` and `quantity` where it
    lies; a program that has none of a model's numbers has no row.
    """
    rows = []
    for model, own in table.groupby("model", sort=False):
        for program in PROGRAMS:
            known = own[own[program].notna()]
            if known.empty:
                continue
            pairs = zip(known[program].astype(float), known["ours"].astype(float), strict=True)
            distances = pd.Series([distance(a, b) for a, b in pairs], index=known["quantity"])
            worst = distances.idxmax()
            rows.append((model, program, len(own), len(known), distances[worst], worst))
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)


def _known(values: Mapping[str, float], quantity: str) -> float | None:
    """The value, for a covariance under either order of its variables."""
    if quantity in values:
        return values[quantity]
    column, *words = quantity.split(" ")
    if len(words) == 3 and words[1] == "~~":
        return values.get(f"{column} {words[2]} ~~ {words[0]}")
    return None


def _shown(value: float | None) -> str:
    return "has none" if value is None or pd.isna(value) else f"{value:.6g}"
