"""From model text to a parameter table, with the defaults of lavaan's `sem()` and `cfa()`.

Defaults: first loading of a factor fixed at 1; the residual variance of a single indicator fixed
at 0; variances of all variables free; covariances among exogenous factors free; covariances among
the variables that are outcomes only free; intercepts of observed variables free and factor means
0 (where means are modelled). Under `fixed_x` the means and (co)variances of observed exogenous
variables are neither parameters nor moments: they stand in the table at their sample values.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from grassroots.sem.equality import GROUP_EQUAL, hold_equal, released
from grassroots.sem.expression import Node, compile_definitions
from grassroots.sem.syntax import Definition, Term, parse
from grassroots.sem.tokens import ModelSyntaxError


@dataclass
class Row:
    """One parameter of one group.

    `free`: index into the parameter vector, or -1; `value`: the fixed value (NaN for the sample
    moments of fixed exogenous variables, `exo`); `start`: a start given by the user, or None;
    `user`: written in the model, not added by default.
    """

    group: int
    lhs: str
    op: str
    rhs: str
    label: str = ""
    free: int = -1
    value: float = 0.0
    start: float | None = None
    exo: bool = False
    user: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What the parameter is, in any group."""
        return (self.lhs, self.op, self.rhs)


@dataclass
class Variables:
    """Names by role, in the order of the model."""

    latent: list[str]
    observed: list[str]
    exogenous: list[str]  # observed, predictors only, not mentioned in ~~ or ~1
    indicators: set[str]
    dependent: list[str]  # left of ~
    predictors: set[str]  # right of ~


@dataclass
class ParameterTable:
    """Rows of all groups, the number of free parameters and the compiled `:=` statements."""

    rows: list[Row]
    variables: Variables
    groups: int
    means: bool
    fixed_x: bool
    npar: int = 0
    definitions: list[Definition] = field(default_factory=list)
    compiled: list[tuple[str, Node]] = field(default_factory=list)

    def names(self) -> list[str]:
        """A name for each free parameter (`lhs op rhs`, with the group where there are several)."""
        names = [""] * self.npar
        for row in self.rows:
            if row.free >= 0 and not names[row.free]:
                tail = f" (group {row.group + 1})" if self.groups > 1 else ""
                names[row.free] = f"{row.lhs} {row.op} {row.rhs}".strip() + tail
        return names


def variables_of(terms: list[Term], fixed_x: bool) -> Variables:
    """Sort the variables of a model into roles."""
    latent = list(dict.fromkeys(t.lhs for t in terms if t.op == "=~"))
    indicators = {t.rhs for t in terms if t.op == "=~"}
    dependent = list(dict.fromkeys(t.lhs for t in terms if t.op == "~"))
    predictors = dict.fromkeys(t.rhs for t in terms if t.op == "~")
    mentioned = {v for t in terms if t.op in ("~~", "~1") for v in (t.lhs, t.rhs)}
    named: dict[str, None] = {}
    for op in ("=~", "~", "~~", "~1"):
        for t in terms:
            if t.op == op:
                pair = (t.rhs,) if op == "=~" else (t.lhs, t.rhs)
                named.update(dict.fromkeys(v for v in pair if v))
    observed = [v for v in named if v not in latent]
    exogenous = [
        v
        for v in observed
        if v in predictors and v not in dependent and v not in indicators and v not in mentioned
    ]
    return Variables(latent, observed, exogenous, indicators, dependent, set(predictors))


def _per_group(values: list, groups: int, line: int) -> list:
    """One modifier for each group: a single one is used for all."""
    if len(values) in (0, 1):
        return (values or [...]) * groups
    if len(values) != groups:
        raise ModelSyntaxError(
            line, f"one value or {groups} values (one for each group) in c()", f"{len(values)}"
        )
    return values


def _user_rows(terms: list[Term], variables: Variables, groups: int) -> list[Row]:
    """Rows written in the model, in its order.

    A factor's first loading is 1 unless freed by NA*; a label alone does not free it.
    """
    rows = []
    first = {}
    for t in terms:
        if t.op == "=~":
            first.setdefault(t.lhs, t.rhs)
    for t in terms:
        fixed = _per_group(t.fixed, groups, t.line)
        starts = _per_group(t.starts, groups, t.line)
        labels = _per_group(t.labels, groups, t.line)
        for g in range(groups):
            row = Row(g, t.lhs, t.op, t.rhs, user=True, free=0)
            row.label = "" if labels[g] is ... else labels[g]
            row.start = None if starts[g] is ... else starts[g]
            marker = t.op == "=~" and first[t.lhs] == t.rhs
            if fixed[g] is ... and marker:
                row.free, row.value = -1, 1.0
            elif fixed[g] is not ... and fixed[g] is not None:
                row.free, row.value = -1, float(fixed[g])
            rows.append(row)
    return rows


def _default_rows(  # noqa: C901 (one branch for each default)
    have: set, variables: Variables, means: bool, fixed_x: bool
) -> list[Row]:
    """Rows that the model leaves to the defaults (for one group)."""
    v = variables
    exo = v.exogenous if fixed_x else []
    rows: list[Row] = []

    def add(lhs: str, op: str, rhs: str, **kw: Any) -> None:
        key = (lhs, op, rhs)
        if key not in have and (op != "~~" or (rhs, op, lhs) not in have):
            have.add(key)
            rows.append(Row(0, lhs, op, rhs, **({"free": 0} | kw)))

    alone = {ind[0] for f in v.latent if len(ind := _indicators(have, f)) == 1}
    for name in v.observed:
        if name not in v.exogenous:
            add(name, "~~", name, **({"free": -1, "value": 0.0} if name in alone else {}))
    for name in v.latent:
        add(name, "~~", name)
    exogenous_factors = [f for f in v.latent if f not in v.indicators and f not in v.dependent]
    outcomes = [
        name
        for name in [*v.latent, *v.observed]
        if name in v.dependent and name not in v.predictors and name not in v.indicators
    ]
    for pool in (exogenous_factors, outcomes):
        for a, b in combinations(pool, 2):
            add(a, "~~", b)
    held = {"free": -1, "value": float("nan"), "exo": True}
    for i, a in enumerate(v.exogenous):
        for b in v.exogenous[i:]:
            add(a, "~~", b, **(held if exo else {}))
    if means:
        for name in v.observed:
            add(name, "~1", "", **(held if name in exo else {}))
        for name in v.latent:
            add(name, "~1", "", free=-1, value=0.0)
    return rows


def _indicators(have: set, factor: str) -> list[str]:
    return [rhs for lhs, op, rhs in have if op == "=~" and lhs == factor]


def _number(rows: list[Row]) -> int:
    """Give free rows their index; rows of one label share it. Returns the number of parameters."""
    by_label: dict[str, Row] = {}
    count = 0
    for row in rows:
        if row.label and row.label in by_label:
            earlier = by_label[row.label]
            if earlier.free < 0 or row.free < 0:
                # a fixed member fixes all of its label
                value = earlier.value if earlier.free < 0 else row.value
                for member in rows:
                    if member.label == row.label:
                        member.free, member.value = -1, value
            else:
                row.free = earlier.free
                row.start = row.start if earlier.start is None else earlier.start
            continue
        if row.label:
            by_label[row.label] = row
        if row.free >= 0:
            row.free = count
            count += 1
    used = sorted({row.free for row in rows if row.free >= 0})
    place = {old: new for new, old in enumerate(used)}
    for row in rows:
        row.free = place.get(row.free, -1)
    return len(used)


def parameter_table(
    model: str,
    *,
    groups: int = 1,
    means: bool = False,
    fixed_x: bool = True,
    group_equal: Iterable[str] = (),
    group_partial: Iterable[str] = (),
) -> ParameterTable:
    """Parse a model and complete it by the defaults.

    `means` is switched on by any `~ 1` in the model. `group_partial` names the parameters that
    `group_equal` leaves free in each group, as `visual =~ x2` or `x3 ~ 1`. Raises
    `ModelSyntaxError` for a text that cannot be read and `ValueError` for an unknown name in
    `group_equal` or `group_partial`.
    """
    equal = set(group_equal)
    if unknown := equal - set(GROUP_EQUAL):
        raise ValueError(f"unknown in group_equal: {sorted(unknown)}; known: {GROUP_EQUAL}")
    terms, definitions = parse(model)
    means = means or any(t.op == "~1" for t in terms)
    variables = variables_of(terms, fixed_x)
    if not variables.observed:
        raise ModelSyntaxError(1, "at least one observed variable", "none")
    rows = _user_rows(terms, variables, groups)
    have = {row.key for row in rows}
    for default in _default_rows(have, variables, means, fixed_x):
        for g in range(groups):
            rows.append(Row(**(vars(default) | {"group": g})))
    rows.sort(key=lambda row: row.group)
    if groups > 1:
        hold_equal(rows, set(variables.latent), equal, released(group_partial, rows))
    table = ParameterTable(rows, variables, groups, means, fixed_x, definitions=definitions)
    table.npar = _number(rows)
    labels = {row.label for row in rows if row.label and not row.label.startswith(".")}
    table.compiled = compile_definitions(definitions, labels)
    return table
