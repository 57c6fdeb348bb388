"""The columns of a hierarchical regression: complete rows, dummies of the categories, steps.

All steps of a model are computed on the same rows: those without a missing value in the outcome and
in every variable of the **last** step. Otherwise a change in R squared would mix the new terms with
new respondents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grassroots.description.suppression import cells_to_hide

FloatArray = NDArray[np.float64]
Levels = Mapping[str, Sequence[str]]
"""Categorical variables: id -> level ids in their order."""


@dataclass(frozen=True)
class Term:
    """One column of the design: a number, or the dummy of one level against the reference.

    ``name`` is the variable's id, or ``gender=female``. ``reference`` is the level that the dummy
    is compared with: the first declared one that somebody has. ``present`` is False for the dummy
    of a level that nobody has among the complete rows. ``hidden``: a level of so few respondents
    that its coefficient would show their answers, or the next smallest beside it.
    """

    name: str
    variable: str
    reference: str = ""
    present: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class Design:
    """A model's complete rows."""

    outcome: FloatArray
    """(n,)."""
    terms: tuple[tuple[Term, ...], ...]
    """The terms that each step adds."""
    columns: Mapping[str, FloatArray]
    """Name of each present term -> (n,)."""

    def entered(self, step: int) -> list[Term]:
        """All terms of the model at `step` (from 0): those of this step and of all before."""
        return [term for added in self.terms[: step + 1] for term in added]

    def matrix(self, step: int) -> FloatArray:
        """The columns (n, k) of the present terms at `step`, without the intercept."""
        columns = [self.columns[term.name] for term in self.entered(step) if term.present]
        return np.column_stack([np.empty((len(self.outcome), 0)), *columns])


def regression_design(
    scores: pd.DataFrame,
    outcome: str,
    steps: Sequence[Sequence[str]],
    levels: Levels,
    smallest_cell: int = 0,
) -> Design:
    """Return the design of one model.

    Args:
        scores: One row a respondent.
        outcome: A numeric column.
        steps: The variables that each step adds.
        levels: The variables that become dummies; every other one is a number.
        smallest_cell: Which levels are hidden, see `cells_to_hide`. A hidden one is no reference
            if another can be: every coefficient would be a difference from those few.

    Raises:
        KeyError: If a column is missing.
        ValueError: If a step adds nothing, if a variable enters twice or is the outcome, if a
            category is none of its levels or has fewer than two, or if a variable that has no
            levels is not numeric.
    """
    variables = [variable for step in steps for variable in step]
    if len({outcome, *variables}) <= len(variables):
        raise ValueError(f"a variable stands twice in the model of {outcome}")
    if not all(steps):
        raise ValueError(f"a step of the model of {outcome} adds nothing")
    complete = scores[[outcome, *variables]].dropna()
    terms: list[tuple[Term, ...]] = []
    columns: dict[str, FloatArray] = {}
    for step in steps:
        added: list[Term] = []
        for variable in step:
            if variable in levels:
                dummies = _dummies(complete[variable], levels[variable], smallest_cell)
            else:
                dummies = {Term(variable, variable): _numbers(complete[variable])}
            added += dummies
            columns |= {term.name: values for term, values in dummies.items() if term.present}
        terms.append(tuple(added))
    return Design(_numbers(complete[outcome]), tuple(terms), columns)


def _dummies(
    values: pd.Series, levels: Sequence[str], smallest_cell: int
) -> dict[Term, FloatArray]:
    if len(levels) < 2:
        raise ValueError(f"{values.name} has fewer than two levels")
    group = values.astype("object")
    unknown = sorted(set(map(str, group.unique())) - set(levels))
    if unknown:
        raise ValueError(f"{values.name} holds what is none of its levels: {', '.join(unknown)}")
    dummies = {level: (group == level).to_numpy(dtype=np.float64) for level in levels}
    sizes = {level: int(dummy.sum()) for level, dummy in dummies.items()}
    hidden = cells_to_hide(sizes, smallest_cell)
    present = [level for level in levels if sizes[level]] or levels
    reference = next((level for level in present if level not in hidden), present[0])
    name = str(values.name)
    return {
        Term(f"{name}={level}", name, reference, sizes[level] > 0, level in hidden): dummy
        for level, dummy in dummies.items()
        if level != reference
    }


def _numbers(values: pd.Series) -> FloatArray:
    if not pd.api.types.is_numeric_dtype(values):
        raise ValueError(f"{values.name} is not numeric and has no levels")
    return values.to_numpy(dtype=np.float64)
