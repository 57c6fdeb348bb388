"""Is a solution identified and proper? Said in a sentence."""

import numpy as np

from grassroots.sem.likelihood import Problem
from grassroots.sem.structure import total

SINGULAR = 1e-10  # smallest eigenvalue of the information scaled to a unit diagonal


def unidentified(information: np.ndarray, names: list[str]) -> list[str]:
    """Names of the parameters that the data cannot tell apart; [] if identified."""
    if not np.isfinite(information).all():
        return names[:1] or ["the parameters"]
    scale = np.sqrt(np.clip(np.diag(information), 0, None))
    if (scale == 0).any():
        return [names[i] for i in np.flatnonzero(scale == 0)]
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    if values[0] > SINGULAR:
        return []
    weights = np.abs(vectors[:, 0])
    return [names[i] for i in np.argsort(-weights, kind="stable") if weights[i] > 0.1]


def improper(problem: Problem, theta: np.ndarray) -> tuple[str, str]:
    """("ok", "") or the status and sentence of an improper solution."""
    negative, impossible = [], []
    for g, structure in enumerate(problem.structures):
        matrices = structure.fill(theta)
        where = f" (group {g + 1})" if len(problem.structures) > 1 else ""
        for row, *_ in structure.cells:
            if row.op == "~~" and row.lhs == row.rhs and row.free >= 0 and theta[row.free] < 0:
                negative.append(row.lhs + where)
        _, C = total(matrices)
        sd = np.sqrt(np.clip(np.diag(C), 1e-300, None))
        keep = [
            i
            for i in range(structure.m)
            if C[i, i] > 0 and structure.latent[i] not in structure.copies
        ]
        R = (C / np.outer(sd, sd))[np.ix_(keep, keep)]
        if len(keep) > 1 and np.linalg.eigvalsh(R)[0] < -1e-8:
            a, b = np.unravel_index(np.argmax(np.abs(np.tril(R, -1))), R.shape)
            pair = [structure.latent[keep[k]] for k in (b, a)]
            impossible.append(" and ".join(pair) + where)
    if negative:
        shown = ", ".join(negative[:5])
        return (
            "heywood",
            f"Improper solution: a variance is estimated below zero for {shown}. "
            "The model asks too much of these data.",
        )
    if impossible:
        return (
            "not_positive_definite",
            f"Improper solution: the correlations of the factors contradict each other "
            f"({impossible[0]} above all).",
        )
    return "ok", ""
