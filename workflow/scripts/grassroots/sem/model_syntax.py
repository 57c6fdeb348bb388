"""Reading lavaan model syntax, and completing it as lavaan's `sem()` and `cfa()` do.

The part of the syntax that is understood: `=~`, `~`, `~~`, `:=`; `+` between terms; a modifier
before `*` that is a number (the value is fixed), `NA` (free although it would be the marker) or a
label (parameters of one label are held equal); comments from `#` or `!`; `;` for a line end.
Anything else raises `SyntaxError` naming the line: a model must not be fitted half understood.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
OPERATOR = re.compile(r":=|=~|~~|~")


@dataclass(frozen=True)
class Parameter:
    """One row of the parameter table: a free or a fixed coefficient."""

    lhs: str
    op: str
    rhs: str
    label: str = ""
    fixed: float | None = None
    """The value it is fixed at; None if it is estimated."""
    unmarked: bool = False
    """Freed with `NA*`, so that it is not taken as the marker."""

    @property
    def free(self) -> bool:
        """Whether it is estimated."""
        return self.fixed is None

    @property
    def name(self) -> str:
        """`lhs op rhs` in one string, as lavaan names coefficients."""
        return f"{self.lhs} {self.op} {self.rhs}"


@dataclass(frozen=True)
class ModelTable:
    """A complete model: every parameter that is not zero, in lavaan's order."""

    parameters: tuple[Parameter, ...]
    defined: Mapping[str, str]
    """name -> expression in labels, in the order of the syntax."""
    latent: tuple[str, ...]
    observed: tuple[str, ...]
    """All observed variables: indicators, then regressed ones, then covariates."""
    fixed_x: tuple[str, ...]
    """Observed variables that nothing explains: the model conditions on them."""

    @property
    def free_names(self) -> tuple[str, ...]:
        """One name for each free quantity: the label if there is one, else `lhs op rhs`."""
        names = [p.label or p.name for p in self.parameters if p.free]
        return tuple(dict.fromkeys(names))


def read_model(syntax: str) -> ModelTable:
    """The complete model that a description stands for.

    Added to what is written, as `sem()` adds it: the first loading of each factor is 1; the only
    indicator of a factor has no residual; every variable that is not a fixed x has a (residual)
    variance; factors that nothing explains covary, and so do the residuals of outcomes that explain
    nothing themselves. Covariances between factors and fixed x are zero, as in lavaan.

    Raises SyntaxError for what is not understood, for a parameter that is stated twice, for a
    covariance of a fixed x, and for a defined parameter that is not arithmetic in known labels.
    """
    written, defined = _read_lines(syntax)
    parameters = _mark(written)
    latent = tuple(dict.fromkeys(p.lhs for p in parameters if p.op == "=~"))
    observed = _observed(parameters, latent)
    explained = {p.rhs for p in parameters if p.op == "=~"}
    explained |= {p.lhs for p in parameters if p.op == "~"}
    fixed_x = tuple(v for v in observed if v not in explained)
    for p in parameters:
        if p.op == "~~" and {p.lhs, p.rhs} & set(fixed_x):
            raise SyntaxError(f"{p.name}: a variable that nothing explains is taken as it is")
    parameters += _variances(parameters, observed, latent, fixed_x)
    parameters += _covariances(parameters, observed, latent, explained)
    table = ModelTable(tuple(parameters), defined, latent, observed, fixed_x)
    _check_defined(table)
    return table


def _read_lines(syntax: str) -> tuple[list[Parameter], dict[str, str]]:
    written: list[Parameter] = []
    defined: dict[str, str] = {}
    for line in re.split(r"[\n;]", syntax):
        line = re.split(r"[#!]", line)[0].strip()
        if not line:
            continue
        found = OPERATOR.search(line)
        if not found:
            raise SyntaxError(f"not understood in the model: {line}")
        op, right = found.group(), line[found.end() :].strip()
        left = line[: found.start()].strip()
        if not NAME.fullmatch(left):
            raise SyntaxError(f"not a name before {op}: {line}")
        if op == ":=":
            defined[left] = right.replace(" ", "")
            continue
        for term in right.split("+"):
            written.append(_read_term(left, op, term.strip(), line))
    seen = set()
    for p in written:
        key = (p.op, frozenset((p.lhs, p.rhs))) if p.op == "~~" else (p.lhs, p.op, p.rhs)
        if key in seen:
            raise SyntaxError(f"stated twice in the model: {p.name}")
        seen.add(key)
    return written, defined


def _read_term(left: str, op: str, term: str, line: str) -> Parameter:
    modifier, star, name = term.rpartition("*")
    modifier, name = modifier.strip(), name.strip()
    if not NAME.fullmatch(name) or (star and not modifier):
        raise SyntaxError(f"not understood in the model: {line}")
    if not star:
        return Parameter(left, op, name)
    if modifier == "NA":
        return Parameter(left, op, name, unmarked=True)
    if NAME.fullmatch(modifier):
        return Parameter(left, op, name, label=modifier)
    try:
        return Parameter(left, op, name, fixed=float(modifier))
    except ValueError:
        raise SyntaxError(f"modifier {modifier} not understood: {line}") from None


def _mark(parameters: list[Parameter]) -> list[Parameter]:
    """Fix the first loading of each factor to 1 unless its modifier says otherwise."""
    marked, seen = [], set()
    for p in parameters:
        first = p.op == "=~" and p.lhs not in seen
        if p.op == "=~":
            seen.add(p.lhs)
        if first and p.free and not p.unmarked:
            p = replace(p, fixed=1.0)
        marked.append(p)
    return marked


def _observed(parameters: list[Parameter], latent: tuple[str, ...]) -> tuple[str, ...]:
    """Indicators first, then regressed variables, then the rest, each in order of appearance."""
    indicators = [p.rhs for p in parameters if p.op == "=~"]
    responses = [p.lhs for p in parameters if p.op == "~"]
    causes = [p.rhs for p in parameters if p.op == "~"]
    others = [v for p in parameters if p.op == "~~" for v in (p.lhs, p.rhs)]
    ordered = dict.fromkeys([*indicators, *responses, *causes, *others])
    return tuple(v for v in ordered if v not in latent)


def _variances(
    parameters: list[Parameter],
    observed: tuple[str, ...],
    latent: tuple[str, ...],
    fixed_x: tuple[str, ...],
) -> list[Parameter]:
    given = {p.lhs for p in parameters if p.op == "~~" and p.lhs == p.rhs}
    loads = [(p.lhs, p.rhs) for p in parameters if p.op == "=~"]
    factors = [factor for factor, _ in loads]
    items = [item for _, item in loads]
    alone = {
        item for factor, item in loads if factors.count(factor) == 1 and items.count(item) == 1
    }
    return [
        Parameter(v, "~~", v, fixed=0.0 if v in alone and v in observed else None)
        for v in (*observed, *latent)
        if v not in given and v not in fixed_x
    ]


def _covariances(
    parameters: list[Parameter],
    observed: tuple[str, ...],
    latent: tuple[str, ...],
    explained: set[str],
) -> list[Parameter]:
    given = {frozenset((p.lhs, p.rhs)) for p in parameters if p.op == "~~"}
    responses = {p.lhs for p in parameters if p.op == "~"}
    causes = {p.rhs for p in parameters if p.op == "~"}
    indicators = {p.rhs for p in parameters if p.op == "=~"}
    exogenous = [v for v in latent if v not in explained]
    outcomes = [
        v
        for v in (*observed, *latent)
        if v in responses and v not in causes and v not in indicators
    ]
    pairs = [*combinations(exogenous, 2), *combinations(outcomes, 2)]
    return [Parameter(a, "~~", b) for a, b in pairs if frozenset((a, b)) not in given]


def _check_defined(table: ModelTable) -> None:
    known = {p.label for p in table.parameters if p.label}
    for name, expression in table.defined.items():
        if re.search(r"[^A-Za-z0-9_.+\-*/() ]", expression):
            raise SyntaxError(f"{name} := {expression} is not arithmetic")
        bare = re.sub(r"\b\d+(\.\d*)?([eE][+-]?\d+)?", "", expression)
        for label in NAME.findall(bare):
            if label not in known:
                raise SyntaxError(f"{name} := {expression} uses the unknown label {label}")
        known.add(name)
