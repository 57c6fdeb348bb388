"""Covariates of a structural model: the columns that they enter as."""

from collections.abc import Mapping, Sequence

import pandas as pd

from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.structural_form import StructuralForm


def with_covariates(model: Mapping, scores: pd.DataFrame) -> tuple[StructuralForm, pd.DataFrame]:
    """The form of a declared model with its covariates as columns, and the data that have them.

    `model` holds what `StructuralForm` takes, and `covariates` as {variable: levels}.
    """
    form = StructuralForm(**{**model, "covariates": ()})
    used = [*form.variables, *(name for name in form.constructs if name in scores)]
    names, data = _entered(scores, model["covariates"], used)
    return StructuralForm(**{**model, "covariates": names}), data


def with_moderator(
    model: Mapping, scores: pd.DataFrame
) -> tuple[ModeratedForm, pd.DataFrame, list[str]]:
    """The same of a moderated model, and the two levels of a moderator that has categories."""
    given = {name: value for name, value in model.items() if name != "levels"}
    constructs = (model["predictor"], *model["mediators"], model["outcome"])
    names, data = _entered(scores, model["covariates"], [*constructs, model["moderator"]])
    given |= {"mediators": tuple(model["mediators"]), "moderated": tuple(model["moderated"])}
    return ModeratedForm(**{**given, "covariates": names}), data, model["levels"]


def _entered(
    scores: pd.DataFrame, declared: Mapping[str, Sequence[str]], used: Sequence[str]
) -> tuple[tuple[str, ...], pd.DataFrame]:
    """The names of the covariates' columns, and the scores with those that they lack."""
    if not declared:
        return (), scores
    columns = covariate_columns(scores, declared, used)
    new = [name for name in columns if name not in scores]
    return tuple(columns), scores.join(columns[new])


def covariate_columns(
    scores: pd.DataFrame, declared: Mapping[str, Sequence[str]], used: Sequence[str]
) -> pd.DataFrame:
    """One column a number, and one 0/1 column each level but the reference (`gender.female`).

    `declared` is {variable: its levels in order, empty for a number}. The reference is the first
    level that somebody has among the rows complete in `used` and in the covariates; a level that
    nobody has there gets no column. A row without an answer is missing in all columns of its
    variable. Raises KeyError for a column that the scores lack.
    """
    complete = scores[[*dict.fromkeys(used), *declared]].dropna()
    columns = {}
    for name, levels in declared.items():
        if not levels:
            columns[name] = scores[name].astype(float)
            continue
        present = [level for level in levels if (complete[name] == level).any()]
        for level in present[1:]:
            dummy = (scores[name] == level).astype(float)
            columns[f"{name}.{level}"] = dummy.where(scores[name].notna())
    return pd.DataFrame(columns, index=scores.index)


def as_term(column: str) -> str:
    """The name that a column has as a term of a table: `gender=female` for `gender.female`."""
    return column.replace(".", "=", 1)


def as_terms(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of sem_parameters with the covariates' columns as terms."""
    paths = rows["op"] != ":="
    return rows.assign(**{c: rows[c].map(as_term).where(paths, rows[c]) for c in ("lhs", "rhs")})
