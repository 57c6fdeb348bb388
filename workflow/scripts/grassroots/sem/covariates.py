"""Covariates of a structural model: the columns that they enter as."""

from collections.abc import Mapping, Sequence

import pandas as pd

from grassroots.description.suppression import cells_to_hide
from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.structural_form import StructuralForm

HIDDEN = ".hidden"
"""Ends the column of a level of so few respondents that no number of it is printed."""


def with_covariates(model: Mapping, scores: pd.DataFrame) -> tuple[StructuralForm, pd.DataFrame]:
    """The form of a declared model with its covariates as columns, and the data that have them.

    `model` holds what `StructuralForm` takes, `covariates` as {variable: levels}, and
    `smallest_cell` (see `covariate_columns`).
    """
    given = {name: value for name, value in model.items() if name != "smallest_cell"}
    form = StructuralForm(**{**given, "covariates": ()})
    used = [*form.variables, *(name for name in form.constructs if name in scores)]
    names, data = _entered(scores, model, used)
    return StructuralForm(**{**given, "covariates": names}), data


def with_moderator(
    model: Mapping, scores: pd.DataFrame
) -> tuple[ModeratedForm, pd.DataFrame, list[str]]:
    """The same of a moderated model, and the two levels of a moderator that has categories."""
    given = {k: value for k, value in model.items() if k not in ("levels", "smallest_cell")}
    constructs = (model["predictor"], *model["mediators"], model["outcome"])
    names, data = _entered(scores, model, [*constructs, model["moderator"]])
    given |= {"mediators": tuple(model["mediators"]), "moderated": tuple(model["moderated"])}
    return ModeratedForm(**{**given, "covariates": names}), data, model["levels"]


def _entered(
    scores: pd.DataFrame, model: Mapping, used: Sequence[str]
) -> tuple[tuple[str, ...], pd.DataFrame]:
    """The names of the covariates' columns, and the scores with those that they lack."""
    if not model["covariates"]:
        return (), scores
    smallest = model.get("smallest_cell", 0)
    columns = covariate_columns(scores, model["covariates"], used, smallest)
    new = [name for name in columns if name not in scores]
    return tuple(columns), scores.join(columns[new])


def covariate_columns(
    scores: pd.DataFrame,
    declared: Mapping[str, Sequence[str]],
    used: Sequence[str],
    smallest_cell: int = 0,
) -> pd.DataFrame:
    """One column a number, and one 0/1 column each level but the reference (`gender.female`).

    `declared` is {variable: its levels in order, empty for a number}. The reference is the first
    level that somebody has among the rows complete in `used` and in the covariates; a level that
    nobody has there gets no column. A level of fewer than `smallest_cell` respondents, and the next
    smallest with it, is no reference, and its column ends in `.hidden`. A row without an answer is
    missing in all columns of its variable. Raises KeyError for a column that the scores lack.
    """
    complete = scores[[*dict.fromkeys(used), *declared]].dropna()
    columns = {}
    for name, levels in declared.items():
        if not levels:
            columns[name] = scores[name].astype(float)
            continue
        sizes = {level: int((complete[name] == level).sum()) for level in levels}
        hidden = cells_to_hide(sizes, smallest_cell)
        present = [level for level in levels if sizes[level]]
        reference = next((level for level in present if level not in hidden), levels[0])
        for level in present:
            if level != reference:
                dummy = (scores[name] == level).astype(float)
                end = HIDDEN if level in hidden else ""
                columns[f"{name}.{level}{end}"] = dummy.where(scores[name].notna())
    return pd.DataFrame(columns, index=scores.index)


def hides(form: StructuralForm | ModeratedForm) -> bool:
    """Whether one of the covariates' columns is of a level whose numbers are not printed."""
    return any(name.endswith(HIDDEN) for name in form.covariates)


def as_term(column: str) -> str:
    """The name that a column has as a term of a table: `gender=female` for `gender.female`."""
    return column.replace(".", "=", 1)


def as_terms(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of sem_parameters with the covariates' columns as terms, hidden ones left out."""
    shown = ~(rows["lhs"].str.endswith(HIDDEN) | rows["rhs"].str.endswith(HIDDEN))
    rows = rows[shown]
    paths = rows["op"] != ":="
    return rows.assign(**{c: rows[c].map(as_term).where(paths, rows[c]) for c in ("lhs", "rhs")})
