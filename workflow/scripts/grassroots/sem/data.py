"""From a data frame to samples, and what is wrong with the data, said in a sentence."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from grassroots.sem.moments import Sample, complete_sample, full_information_sample
from grassroots.sem.partable import Variables


@dataclass
class Prepared:
    """Samples of the groups, or a status and a message that say why there are none."""

    samples: list[Sample] = field(default_factory=list)
    levels: list = field(default_factory=list)
    status: str = "ok"
    message: str = ""
    n: int = 0


def group_levels(data: pd.DataFrame, group: str | None) -> list:
    """Levels of the grouping variable in the order of their first appearance."""
    if group is None or group not in data:
        return []
    return list(data[group].dropna().unique())


def prepare(  # noqa: C901 (one refusal after the other)
    data: pd.DataFrame,
    variables: Variables,
    *,
    missing: str,
    fixed_x: bool,
    group: str | None,
    levels: list,
) -> Prepared:
    """Samples of the observed variables, in their order.

    Listwise: rows with any missing value are left out. FIML: rows without any value, and rows
    without a value of a fixed exogenous variable. Infinite values count as missing.
    """
    absent = [name for name in variables.observed if name not in data]
    if group is not None and group not in data:
        absent.append(group)
    if absent:
        return _refuse("missing_variable", f"The data have no column {_names(absent)}.")
    columns = {}
    for name in variables.observed:
        column = data[name]
        if isinstance(column, pd.DataFrame):
            return _refuse("not_numeric", f"The data have several columns {name}.")
        try:
            numbers = pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
        except (ValueError, TypeError):
            return _refuse("not_numeric", f"The variable {name} is not numeric.")
        columns[name] = np.where(np.isfinite(numbers), numbers, np.nan)
    values = np.column_stack(list(columns.values()))
    if missing == "fiml":
        places = [variables.observed.index(x) for x in variables.exogenous] if fixed_x else []
        keep = ~np.isnan(values[:, places]).any(axis=1) & ~np.isnan(values).all(axis=1)
    else:
        keep = ~np.isnan(values).any(axis=1)
    out = Prepared(levels=levels)
    if group is None:
        parts = [(keep, "")]
    else:
        which = data[group].to_numpy()
        parts = [(keep & (which == level), f" in group {level}") for level in levels]
        keep = keep & data[group].notna().to_numpy()
    out.n = int(keep.sum())
    for rows, where in parts:
        part = values[np.asarray(rows, dtype=bool)]
        problem = _unfit(part, variables.observed, where)
        if problem:
            return Prepared(status=problem[0], message=problem[1], n=out.n, levels=levels)
        out.samples.append(
            full_information_sample(part) if missing == "fiml" else complete_sample(part)
        )
        singular = _singular(out.samples[-1], variables.observed, where)
        if singular:
            return Prepared(status=singular[0], message=singular[1], n=out.n, levels=levels)
    return out


def _refuse(status: str, message: str) -> Prepared:
    return Prepared(status=status, message=message)


def _names(names: list[str]) -> str:
    shown = ", ".join(map(str, names[:5]))
    return shown + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _unfit(part: np.ndarray, names: list[str], where: str) -> tuple[str, str] | None:
    """Too few rows, or variables that never vary."""
    n, p = part.shape
    if n == 0:
        return "no_cases", f"No usable rows are left{where}."
    seen = ~np.isnan(part)
    counts = seen.sum(axis=0)
    if (counts < 2).any():
        bad = [names[j] for j in np.flatnonzero(counts < 2)]
        return "too_few_cases", f"Fewer than two answers{where} to {_names(bad)}."
    spread = np.nanmax(part, axis=0) - np.nanmin(part, axis=0)
    size = np.nanmax(np.abs(part), axis=0)
    constant = spread <= 1e-12 * size
    if constant.any():
        bad = [names[j] for j in np.flatnonzero(constant)]
        return "constant_item", f"All answers{where} are the same in {_names(bad)}."
    if n <= p:
        return (
            "too_few_cases",
            f"{n} usable rows{where} are too few for {p} variables: more rows than variables "
            "are needed.",
        )
    return None


def _singular(sample: Sample, names: list[str], where: str) -> tuple[str, str] | None:
    """A covariance matrix that cannot be inverted; names the variables that depend on others."""
    S = sample.S
    if not np.isfinite(S).all() or not np.isfinite(sample.mean).all():
        return "singular", f"The covariance matrix{where} could not be computed."
    scale = np.sqrt(np.diag(S))
    values, vectors = np.linalg.eigh(S / np.outer(scale, scale))
    if values[0] < 1e-10:
        weights = np.abs(vectors[:, 0])
        bad = [names[j] for j in np.argsort(-weights) if weights[j] > 0.1]
        return (
            "singular",
            f"The covariance matrix{where} is singular: among {_names(bad)} one variable follows "
            "exactly from the others.",
        )
    if not sample.em_converged:
        return (
            "not_converged",
            f"The means and covariances{where} could not be estimated from the incomplete data.",
        )
    return None
