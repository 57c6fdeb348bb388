"""A mediation among observed scores in which a third variable moderates some of the paths.

Which paths: the first stage (predictor to mediators), the second stage (mediators to outcome), the
direct path. In the words of PROCESS (Hayes 2018): first is model 7, second 14, both 58; with the
direct path 8, 15 and 59; the direct path alone, without mediators, is model 1. The moderator enters
an equation where it moderates one of its paths, and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Stages = tuple[str, ...]


@dataclass(frozen=True)
class ModeratedForm:
    """Raises ValueError if the statement contradicts itself."""

    predictor: str
    mediators: tuple[str, ...]
    outcome: str
    moderator: str
    moderated: Stages
    """first, second, direct: at least one."""
    covariates: tuple[str, ...] = ()
    """Columns that every mediator and the outcome are regressed on."""

    def __post_init__(self) -> None:
        names = [*self.constructs, self.moderator, *self.covariates]
        repeated = {name for name in names if names.count(name) > 1}
        if repeated:
            raise ValueError(f"{', '.join(sorted(repeated))} stands in more than one role")
        if not self.moderated or set(self.moderated) - {"first", "second", "direct"}:
            raise ValueError("moderated is one or more of first, second, direct")
        if not self.mediators and set(self.moderated) != {"direct"}:
            raise ValueError("without mediators only the direct path can be moderated")

    @property
    def constructs(self) -> tuple[str, ...]:
        """Predictor, mediators, outcome."""
        return (self.predictor, *self.mediators, self.outcome)

    @property
    def moderated_paths(self) -> list[tuple[str, str]]:
        """(cause, response) of every path that is moderated."""
        found = []
        if "first" in self.moderated:
            found += [(self.predictor, mediator) for mediator in self.mediators]
        if "second" in self.moderated:
            found += [(mediator, self.outcome) for mediator in self.mediators]
        if "direct" in self.moderated:
            found.append((self.predictor, self.outcome))
        return found

    @property
    def multiplied(self) -> tuple[str, ...]:
        """The causes that are multiplied with the moderator, each once."""
        return tuple(dict.fromkeys(cause for cause, _ in self.moderated_paths))

    @property
    def equations(self) -> list[tuple[str, list[str]]]:
        """(response, terms) of every regression: causes, moderator, products, covariates."""
        found = []
        for response in (*self.mediators, self.outcome):
            causes = [self.predictor]
            if response == self.outcome:
                causes += self.mediators
            moderated = [c for c in causes if (c, response) in self.moderated_paths]
            extra = [self.moderator] if moderated else []
            products = [interaction(cause, self.moderator) for cause in moderated]
            found.append((response, [*causes, *extra, *products, *self.covariates]))
        return found


@dataclass(frozen=True)
class ConditionalEffect:
    """A sum of products of coefficients, each with a weight: an effect at a moderator's value.

    `kind` is indirect, direct, index or difference; `at` names the moderator's value (low, mean,
    high, or a level) and `shown` is that value; both are empty for an index and a difference.
    """

    kind: str
    path: str
    at: str
    shown: float | None
    terms: tuple[tuple[float, tuple[str, ...]], ...]
    """(weight, labels multiplied) of each summand."""

    def value(self, coefficients: Mapping[str, Any]) -> Any:
        """The effect at the given coefficients."""
        total: Any = 0.0
        for weight, labels in self.terms:
            part: Any = weight
            for label in labels:
                part = part * coefficients[label]
            total = total + part
        return total


def interaction(cause: str, moderator: str) -> str:
    """The name of a product term."""
    return f"{cause}:{moderator}"


def arrow(cause: str, response: str) -> str:
    """The name of a path, and the label of its coefficient."""
    return f"{cause} -> {response}"


def conditional_effects(
    form: ModeratedForm, points: Mapping[str, tuple[float, float]], categories: bool
) -> list[ConditionalEffect]:
    """Each indirect and direct effect that depends on the moderator, at each point; then its index.

    `points` is {name: (the moderator as it enters the products, the value that is shown)}. The
    index of moderated mediation is the slope of the indirect effect over the moderator (Hayes
    2015). Where both stages are moderated the indirect effect is no straight line and has no index;
    its difference between the last and the first point takes its place. With two categories the
    difference is the index.
    """
    found: list[ConditionalEffect] = []
    values = [w for w, _ in points.values()]
    indirect_moderated = {"first", "second"} & set(form.moderated)
    for mediator in form.mediators if indirect_moderated else ():
        path = f"{form.predictor} -> {mediator} -> {form.outcome}"
        steps = [(form.predictor, mediator), (mediator, form.outcome)]
        found += _at_points(form, "indirect", path, steps, points)
        linear = len(indirect_moderated) == 1
        kind = "index" if linear or categories else "difference"
        ends = (0.0, 1.0) if linear else (values[0], values[-1])
        found.append(_between(form, kind, path, steps, *ends))
    if "direct" in form.moderated:
        path = arrow(form.predictor, form.outcome)
        found += _at_points(form, "direct", path, [(form.predictor, form.outcome)], points)
    return found


def _at_points(
    form: ModeratedForm,
    kind: str,
    path: str,
    steps: list[tuple[str, str]],
    points: Mapping[str, tuple[float, float]],
) -> list[ConditionalEffect]:
    return [
        ConditionalEffect(kind, path, at, shown, _terms(form, steps, w))
        for at, (w, shown) in points.items()
    ]


def _between(
    form: ModeratedForm, kind: str, path: str, steps: list[tuple[str, str]], low: float, high: float
) -> ConditionalEffect:
    minus = tuple((-weight, labels) for weight, labels in _terms(form, steps, low))
    return ConditionalEffect(kind, path, "", None, (*_terms(form, steps, high), *minus))


def _terms(
    form: ModeratedForm, steps: list[tuple[str, str]], w: float
) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The product of the steps' slopes at the moderator's value `w`, multiplied out."""
    slopes = []
    for cause, response in steps:
        slope = [(1.0, arrow(cause, response))]
        if (cause, response) in form.moderated_paths:
            slope.append((w, arrow(interaction(cause, form.moderator), response)))
        slopes.append(slope)
    found = []
    for parts in product(*slopes):
        weight = 1.0
        for factor, _ in parts:
            weight *= factor
        if weight:
            found.append((weight, tuple(label for _, label in parts)))
    return tuple(found)
