"""From a mediation model in words to lavaan syntax, and the list of its effects.

A protocol states who affects whom; the syntax, the labels of the paths and the expressions of the
effects are all derived from that one statement here, so that no two effects can be swapped. The
`Effect` objects also evaluate themselves on any source of path coefficients (a fitted latent model,
least squares, thousands of bootstrap draws).

Labels: `a1` predictor to mediator 1, `b1` mediator 1 to outcome, `d1_2` mediator 1 to mediator 2
(serial form), `cp` predictor to outcome (the direct effect).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Literal

import numpy as np

from grassroots.sem.routes import effect_paths, indirect_routes


@dataclass(frozen=True)
class StructuralForm:
    """A mediation model.

    In the parallel form the mediators stand side by side and their residuals covary freely (as in
    PROCESS model 4 and in AMOS when drawn; leaving that out misstates the fit). In the serial form
    each mediator also leads to all later ones (PROCESS model 6).

    Raises ValueError, naming the variable, if the statement contradicts itself.
    """

    predictor: str
    mediators: tuple[str, ...]
    outcome: str
    form: Literal["parallel", "serial"] = "parallel"
    covariates: tuple[str, ...] = ()
    """Observed variables that every mediator and the outcome are regressed on.

    A latent predictor is regressed on them too, which lets it covary with them, as an observed one
    does by itself: left uncorrelated (lavaan's default beside fixed x) it would bias the paths."""
    indicators: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Items of each construct; a construct that has none is an observed variable."""
    residual_covariances: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "mediators", tuple(self.mediators))
        object.__setattr__(self, "covariates", tuple(self.covariates))
        pairs = tuple((a, b) for a, b in self.residual_covariances)
        object.__setattr__(self, "residual_covariances", pairs)
        if self.form not in ("parallel", "serial"):
            raise ValueError(f"form must be parallel or serial, not {self.form!r}")
        if not self.mediators:
            raise ValueError("a mediation model needs at least one mediator")
        _refuse_repeats([*self.constructs, *self.covariates], "stands in more than one role")
        _refuse_strangers(self.indicators, self.constructs, "has indicators but no role")
        _check_pairs(pairs)

    @property
    def constructs(self) -> tuple[str, ...]:
        """Predictor, mediators, outcome, in causal order."""
        return (self.predictor, *self.mediators, self.outcome)

    @property
    def variables(self) -> tuple[str, ...]:
        """All observed variables that the model needs, each once."""
        names = [name for construct in self.constructs for name in self._observed(construct)]
        return tuple(dict.fromkeys([*names, *self.covariates]))

    def observed(self) -> "StructuralForm":
        """The same paths among the constructs' scores instead of among latent variables."""
        return StructuralForm(
            self.predictor, self.mediators, self.outcome, self.form, self.covariates
        )

    def _observed(self, construct: str) -> Sequence[str]:
        return self.indicators.get(construct) or (construct,)


@dataclass(frozen=True)
class Path:
    """One labelled regression path, `cause` -> `response`."""

    label: str
    cause: str
    response: str


@dataclass(frozen=True)
class Effect:
    """An effect as a signed sum of products of path labels."""

    effect: Literal["total", "direct", "indirect", "total_indirect", "contrast"]
    path: str
    name: str
    """Its name in the model syntax (`name := expression`)."""
    terms: tuple[tuple[int, tuple[str, ...]], ...]
    """(sign, labels multiplied) of each summand."""

    @property
    def expression(self) -> str:
        """The terms in lavaan's syntax, `a1*b1+a2*b2`."""
        text = "".join(("-" if sign < 0 else "+") + "*".join(labels) for sign, labels in self.terms)
        return text.removeprefix("+")

    def value(self, coefficients: Mapping[str, np.ndarray | float]) -> np.ndarray | float:
        """The effect at the given path coefficients (numbers, or arrays of one shape)."""
        return sum(
            sign * np.prod([coefficients[label] for label in labels], axis=0)
            for sign, labels in self.terms
        )


def paths(form: StructuralForm) -> list[Path]:
    """The labelled paths, by response in causal order, mediators before the predictor's own path.

    A label that is also a variable's name would read as that variable; then all labels get the
    prefix `path_`.
    """
    k = len(form.mediators)
    mark = _prefix(form, k)
    found = []
    for j, mediator in enumerate(form.mediators, start=1):
        found.append(Path(f"{mark}a{j}", form.predictor, mediator))
        if form.form == "serial":
            found += [Path(f"{mark}d{i}_{j}", form.mediators[i - 1], mediator) for i in range(1, j)]
    found += [
        Path(f"{mark}b{j}", mediator, form.outcome)
        for j, mediator in enumerate(form.mediators, start=1)
    ]
    found.append(Path(f"{mark}cp", form.predictor, form.outcome))
    return found


def effects(form: StructuralForm) -> list[Effect]:
    """The effects that `effect_paths` lists, in its order, each with its terms."""
    label = {(path.cause, path.response): path.label for path in paths(form)}
    mark = _prefix(form, len(form.mediators))
    start, end = form.predictor, form.outcome
    direct = (1, (label[start, end],))
    routes = indirect_routes(start, form.mediators, end, form.form)
    products = [(1, tuple(label[step] for step in pairwise(route))) for route in routes]
    names = ["_".join(str(form.mediators.index(m) + 1) for m in route[1:-1]) for route in routes]
    named = [("total", (direct, *products)), ("direct", (direct,))]
    named += [(f"indirect_{k}", (part,)) for k, part in zip(names, products, strict=True)]
    if len(routes) > 1:
        named.append(("total_indirect", tuple(products)))
    for number, (one, other) in enumerate(combinations(products, 2), start=1):
        named.append((f"contrast_{number}", (one, (-1, other[1]))))
    found = effect_paths(start, form.mediators, end, form.form)
    return [
        Effect(effect, path, f"{mark}{name}", terms)
        for (effect, path), (name, terms) in zip(found, named, strict=True)
    ]


def structural_syntax(form: StructuralForm) -> str:
    """lavaan syntax: measurement, labelled regressions, residual covariances, defined effects."""
    lines = [
        f"{construct} =~ {_sum(form.indicators[construct])}"
        for construct in form.constructs
        if form.indicators.get(construct)
    ]
    labelled = paths(form)
    if form.covariates and form.indicators.get(form.predictor):
        lines.append(f"{form.predictor} ~ {_sum(form.covariates)}")
    for response in (*form.mediators, form.outcome):
        causes = [f"{p.label}*{p.cause}" for p in labelled if p.response == response]
        lines.append(f"{response} ~ {_sum([*causes, *form.covariates])}")
    pairs = list(form.residual_covariances)
    if form.form == "parallel":
        given = {frozenset(pair) for pair in pairs}
        pairs += [p for p in combinations(form.mediators, 2) if frozenset(p) not in given]
    lines += [f"{a} ~~ {b}" for a, b in pairs]
    lines += [f"{effect.name} := {effect.expression}" for effect in effects(form)]
    return "\n".join(lines)


def measurement_syntax(
    factors: Mapping[str, Sequence[str]],
    residual_covariances: Iterable[tuple[str, str]] = (),
    second_order: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """lavaan syntax of a confirmatory factor model.

    Args:
        factors: Items of each factor in order; the first is the marker (loading fixed to 1).
        residual_covariances: Pairs of items whose residuals may covary.
        second_order: First-order factors of each second-order factor, if any.

    Factors that no other factor explains covary freely. Raises ValueError for a factor without
    items, a second-order factor of unknown ones, or a pair that repeats.
    """
    second_order = second_order or {}
    pairs = tuple((a, b) for a, b in residual_covariances)
    _check_pairs(pairs)
    for factor, items in [*factors.items(), *second_order.items()]:
        if not items:
            raise ValueError(f"factor {factor} has no indicators")
        _refuse_repeats(items, f"is listed twice under {factor}")
    for factor, parts in second_order.items():
        _refuse_strangers(parts, factors, f"is no factor, but {factor} is measured by it")
    lines = [
        f"{name} =~ {_sum(items)}" for name, items in [*factors.items(), *second_order.items()]
    ]
    lines += [f"{a} ~~ {b}" for a, b in pairs]
    return "\n".join(lines)


def _prefix(form: StructuralForm, k: int) -> str:
    """`path_` if one of the labels or effect names is also the name of a variable."""
    taken = {*form.constructs, *form.variables}
    labels = {"cp", "total", "direct", "total_indirect"}
    labels |= {f"{letter}{j}" for letter in "ab" for j in range(1, k + 1)}
    labels |= {f"d{i}_{j}" for j in range(1, k + 1) for i in range(1, j)}
    clash = labels & taken or {t for t in taken if t.startswith(("indirect_", "contrast_"))}
    return "path_" if clash else ""


def _sum(names: Iterable[str]) -> str:
    return " + ".join(names)


def _refuse_repeats(names: Sequence[str], complaint: str) -> None:
    for name in names:
        if list(names).count(name) > 1:
            raise ValueError(f"{name} {complaint}")


def _refuse_strangers(names: Iterable[str], known: Iterable[str], complaint: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{name} {complaint}")


def _check_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """A residual covariance joins two different variables, and is stated once."""
    seen: set[frozenset[str]] = set()
    for a, b in pairs:
        if a == b:
            raise ValueError(f"{a} is paired with itself among the residual covariances")
        if frozenset((a, b)) in seen:
            raise ValueError(f"the residual covariance of {a} and {b} is stated twice")
        seen.add(frozenset((a, b)))
