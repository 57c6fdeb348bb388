"""Simple slopes of a moderated path, and the regions where they differ from zero."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from grassroots.sem.moderation import Equation, Moderation
from grassroots.sem.moderation_form import interaction


@dataclass(frozen=True)
class Slope:
    """The slope of a path at one value of the moderator."""

    est: float
    se: float
    t: float
    p: float
    ci_low: float
    ci_high: float


def slope_at(equation: Equation, cause: str, moderator: str, w: float, alpha: float) -> Slope:
    """b1 + b3 w, its standard error and t test with the equation's df (Aiken & West 1991).

    `w` is the moderator as it enters the product.
    """
    gradient = np.zeros(len(equation.b))
    gradient[equation.place(cause)] = 1.0
    gradient[equation.place(interaction(cause, moderator))] = w
    est = float(gradient @ equation.b)
    se = float(np.sqrt(gradient @ equation.vcov @ gradient))
    half = se * float(stdtrit(equation.df, 1 - alpha / 2))
    t = est / se
    return Slope(est, se, t, float(2 * stdtr(equation.df, -abs(t))), est - half, est + half)


def predicted(equation: Equation, cause: str, moderator: str, at: float, w: float) -> float:
    """The response where the cause is `at` and the moderator `w`; all other terms at their means.

    Both as they enter the product.
    """
    values = np.concatenate([[1.0], equation.means])
    held = dict(zip(equation.terms, equation.means, strict=True)) | {cause: at}
    for term in equation.terms:
        if term.endswith(f":{moderator}"):
            values[equation.place(term)] = held[term.removesuffix(f":{moderator}")] * w
    values[equation.place(cause)], values[equation.place(moderator)] = at, w
    return float(values @ equation.b)


def boundaries(
    equation: Equation, cause: str, moderator: str, span: tuple[float, float], alpha: float
) -> Iterator[tuple[float, str]]:
    """Values of the moderator at which the slope's p is alpha (Johnson & Neyman 1936).

    Those within `span`, in their order, each with the side on which the slope differs from zero:
    below or above. The roots of (b1 + b3 w)^2 = t^2 (v11 + 2 w v13 + w^2 v33).
    """
    i, j = equation.place(cause), equation.place(interaction(cause, moderator))
    b, v = equation.b, equation.vcov
    t2 = float(stdtrit(equation.df, 1 - alpha / 2)) ** 2
    square = b[j] ** 2 - t2 * v[j, j]
    linear = 2 * (b[i] * b[j] - t2 * v[i, j])
    rest = b[i] ** 2 - t2 * v[i, i]
    roots = np.roots([square, linear, rest]) if square else np.array([-rest / linear])
    for root in sorted(r.real for r in roots if abs(r.imag) < 1e-12):
        if span[0] < root < span[1]:
            # The difference is positive where the slope is significant: its own slope tells.
            yield float(root), "above" if 2 * square * root + linear > 0 else "below"


def moderated_slopes(found: Moderation) -> list[tuple[Equation, str]]:
    """(equation, cause) of every moderated path, in the order of the form."""
    by_response = {equation.response: equation for equation in found.equations}
    return [(by_response[response], cause) for cause, response in found.form.moderated_paths]
