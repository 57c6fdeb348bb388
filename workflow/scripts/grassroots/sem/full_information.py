"""The mediation models once more from all answers (FIML), beside those from complete rows."""

import numpy as np
import pandas as pd

from grassroots.sem.fit import Fit, fit
from grassroots.sem.structural_form import StructuralForm, effects, structural_syntax

NUMBERS = ["est", "se", "p", "ci_low", "ci_high", "std", "n", "status"]
COMPARISON_COLUMNS = [
    "model", "effect", "path", "estimator", *NUMBERS, *(f"{name}_fiml" for name in NUMBERS),
    "message", "message_fiml",
]  # fmt: skip


def fiml_comparison(
    model: str, form: StructuralForm, data: pd.DataFrame, estimator: str, level: float = 0.95
) -> pd.DataFrame:
    """Every path among the constructs and every effect, from complete rows and under FIML.

    Maximum likelihood from all observed values (Arbuckle 1996), standard errors from the observed
    information, robust ones if the estimator is MLR; it asks for data missing at random, complete
    rows ask for completely at random. `effect` is `path` or the kind of the effect; intervals are
    est +/- z se (no bootstrap). A model without estimates has empty numbers and a status.
    """
    syntax = structural_syntax(form)
    complete = fit(syntax, data, estimator=estimator, level=level)
    full = fit(syntax, data, estimator=estimator, missing="fiml", level=level)
    rows = []
    for effect, path, key in _wanted(form):
        row = {"model": model, "effect": effect, "path": path, "estimator": estimator}
        row |= _numbers(complete, key)
        row |= {f"{name}_fiml": value for name, value in _numbers(full, key).items()}
        rows.append(row)
    table = pd.DataFrame(rows, columns=COMPARISON_COLUMNS)
    return table.astype({"n": "Int64", "n_fiml": "Int64"})


def _wanted(form: StructuralForm) -> list[tuple[str, str, tuple[str, str, str | None]]]:
    """Effect, path, and where it stands in the parameter table: lhs, op, rhs."""
    causes = {form.outcome: [form.predictor, *form.mediators]}
    for place, mediator in enumerate(form.mediators):
        before = form.mediators[:place] if form.form == "serial" else ()
        causes[mediator] = [form.predictor, *before]
    paths = [
        ("path", f"{cause} -> {response}", (response, "~", cause))
        for response in (*form.mediators, form.outcome)
        for cause in causes[response]
        # That path is the direct effect.
        if (cause, response) != (form.predictor, form.outcome)
    ]
    return paths + [(each.effect, each.path, (each.name, ":=", None)) for each in effects(form)]


def _numbers(found: Fit, key: tuple[str, str, str | None]) -> dict[str, object]:
    n = found.measures["n"]
    row: dict[str, object] = dict.fromkeys(NUMBERS, np.nan)
    row |= {"n": pd.NA if np.isnan(n) else int(n), "status": found.status}
    row["message"] = found.message
    if found.usable:
        table = found.parameters
        lhs, op, rhs = key
        own = (table["lhs"] == lhs) & (table["op"] == op)
        own &= (table["rhs"] == rhs) if rhs is not None else True
        row |= table.loc[own, ["est", "se", "p", "ci_low", "ci_high", "std"]].iloc[0].to_dict()
    return row
