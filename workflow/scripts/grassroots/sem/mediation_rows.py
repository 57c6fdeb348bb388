"""Rows of the mediation table: every effect with its interval by each method."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri

from grassroots.sem import intervals
from grassroots.sem.estimator import Fit
from grassroots.sem.observed_mediation import ObservedMediation
from grassroots.sem.structural_form import Effect, StructuralForm, effects

COLUMNS = [
    "model",
    "scores",
    "effect",
    "path",
    "est",
    "se",
    "ci_low",
    "ci_high",
    "method",
    "std",
    "std_low",
    "std_high",
    "share",
    "p",
    "n",
    "draws",
    "n_failed",
    "n_inadmissible",
    "status",
    "message",
]
COUNTS = ["n", "draws", "n_failed", "n_inadmissible"]
PARTS = ("direct", "indirect")


def share_mediated(effects: Sequence[Effect], estimate: np.ndarray) -> np.ndarray:
    """Share of the total effect that each indirect effect, and all together, carries.

    (e,) in the order of `effects`; NaN for other effects, and for all unless the direct effect and
    every specific indirect effect have the same sign: only then do the shares lie between 0 and 1
    and sum to what is mediated.
    """
    parts = [x for e, x in zip(effects, estimate, strict=True) if e.effect in PARTS]
    share = np.full(len(effects), np.nan)
    if not (all(x > 0 for x in parts) or all(x < 0 for x in parts)):
        return share
    for k, effect in enumerate(effects):
        if effect.effect in ("indirect", "total_indirect"):
            share[k] = estimate[k] / sum(parts)
    return share


def bootstrap_rows(
    model: str,
    scores: str,
    effects: Sequence[Effect],
    estimate: np.ndarray,
    draws: np.ndarray,
    jackknife: np.ndarray,
    standardised: tuple[np.ndarray, np.ndarray, np.ndarray],
    n: int,
    n_inadmissible: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Percentile and BCa rows of all effects.

    Args:
        model: Its id.
        scores: `latent` or `observed`.
        effects: What the columns of the arrays are.
        estimate: (e,) effects at the data.
        draws: (R, e) effects in the resamples; failed draws NaN.
        jackknife: (n, e) effects without each row in turn.
        standardised: The same three for the standardised effects.
        n: Rows used.
        n_inadmissible: Draws that were kept although a variance was negative.
        level: Of the intervals.

    `se` is the standard deviation of the draws; p goes with the draws, not with the interval, and
    is the same for both methods.
    """
    failed = len(draws) - intervals.valid_draws(draws)
    common = {
        "model": model,
        "scores": scores,
        "effect": [e.effect for e in effects],
        "path": [e.path for e in effects],
        "est": estimate,
        "se": intervals.bootstrap_se(draws),
        "std": standardised[0],
        "share": share_mediated(effects, estimate),
        "p": intervals.bootstrap_p(draws),
        "n": n,
        "draws": len(draws),
        "n_failed": failed,
        "n_inadmissible": n_inadmissible,
        "status": "ok",
        "message": "",
    }
    frames = []
    for method in ("percentile", "bca"):
        low, high = _interval(method, estimate, draws, jackknife, level)
        std_low, std_high = _interval(method, *standardised, level)
        frame = pd.DataFrame(common | {"ci_low": low, "ci_high": high, "method": method})
        frames.append(frame.assign(std_low=std_low, std_high=std_high))
    return _by_effect(frames)


def observed_rows(model: str, found: ObservedMediation, level: float = 0.95) -> pd.DataFrame:
    """Percentile and BCa rows of a model among observed scores."""
    if not found.estimated:
        frames = [
            _empty_rows(model, "observed", found.effects, method, found.n, found)
            for method in ("percentile", "bca")
        ]
        return _by_effect(frames)
    standardised = (
        found.standardised,
        found.standardised_draws,
        found.standardised_jackknife,
    )
    return bootstrap_rows(
        model,
        "observed",
        found.effects,
        found.estimate,
        found.draws,
        found.jackknife,
        standardised,
        found.n,
        level=level,
    )


def latent_rows(model: str, form: StructuralForm, fit: Fit, level: float = 0.95) -> pd.DataFrame:
    """Delta-method rows of a model among latent variables, from its fit.

    The fit must be of `structural_syntax(form)`: effects are found by their names there. Intervals
    are est -+ z se, p is of est/se; est and se are lavaan's for `:=`.
    """
    wanted = effects(form)
    if not fit.estimated:
        return _by_effect([_empty_rows(model, "latent", wanted, "delta", fit.n, fit)])
    rows = fit.parameters[fit.parameters["op"] == ":="].set_index("lhs")
    rows = rows.loc[[e.name for e in wanted]]
    est, se, std, std_se = (rows[c].to_numpy(dtype=float) for c in ("est", "se", "std", "std_se"))
    z = ndtri(1.0 - (1.0 - level) / 2.0)
    frame = pd.DataFrame(
        {
            "model": model,
            "scores": "latent",
            "effect": [e.effect for e in wanted],
            "path": [e.path for e in wanted],
            "est": est,
            "se": se,
            "ci_low": est - z * se,
            "ci_high": est + z * se,
            "method": "delta",
            "std": std,
            "std_low": std - z * std_se,
            "std_high": std + z * std_se,
            "share": share_mediated(wanted, est),
            "p": rows["p"].to_numpy(dtype=float),
            "n": fit.n,
            "draws": pd.NA,
            "n_failed": pd.NA,
            "n_inadmissible": pd.NA,
            "status": fit.status,
            "message": fit.message,
        }
    )
    return _by_effect([frame])


def _interval(
    method: str, estimate: np.ndarray, draws: np.ndarray, jackknife: np.ndarray, level: float
) -> np.ndarray:
    if method == "percentile":
        return intervals.percentile(draws, level)
    return intervals.bca(draws, estimate, intervals.acceleration(jackknife), level)


def _empty_rows(
    model: str,
    scores: str,
    effects: Sequence[Effect],
    method: str,
    n: int,
    reason: Fit | ObservedMediation,
) -> pd.DataFrame:
    """All effects without numbers, with the reason: a row that is absent explains nothing."""
    frame = pd.DataFrame(
        {
            "effect": [e.effect for e in effects],
            "path": [e.path for e in effects],
            "model": model,
            "scores": scores,
            "method": method,
            "n": n,
            "status": reason.status,
            "message": reason.message,
        }
    )
    numbers = {c: pd.NA if c in COUNTS else np.nan for c in COLUMNS if c not in frame}
    return frame.assign(**numbers)


def _by_effect(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of the same effects, one row of each in turn."""
    rows = pd.concat(frames).sort_index(kind="stable").reset_index(drop=True)[COLUMNS]
    return rows.astype(dict.fromkeys(COUNTS, "Int64"))
