"""Rows of the mediation table: every effect with its interval by each method."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from grassroots.sem import intervals
from grassroots.sem.draws import Draws
from grassroots.sem.fit import Fit
from grassroots.sem.intervals import METHODS, Resampled
from grassroots.sem.resampled_regressions import ResampledEffects
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
    "blocks",
]
COUNTS = ["n", "draws", "n_failed", "n_inadmissible", "blocks"]
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
    effects: Sequence[Effect], plain: Resampled, standardised: Resampled, level: float = 0.95
) -> pd.DataFrame:
    """Percentile and BCa rows of all effects, with what the draws say.

    `se` is the standard deviation of the draws; p goes with the draws, not with the interval, and
    is the same for both methods. What says where the numbers come from (model, scores, n,
    n_inadmissible, status, message) is left to the caller.
    """
    draws = plain.draws
    common = {
        "effect": [e.effect for e in effects],
        "path": [e.path for e in effects],
        "est": plain.estimate,
        "se": intervals.bootstrap_se(draws),
        "std": standardised.estimate,
        "share": share_mediated(effects, plain.estimate),
        "p": intervals.bootstrap_p(draws),
        "draws": len(draws),
        "n_failed": len(draws) - intervals.valid_draws(draws),
    }
    frames = []
    for method in METHODS:
        low, high = plain.interval(method, level)
        std_low, std_high = standardised.interval(method, level)
        frame = pd.DataFrame(common | {"ci_low": low, "ci_high": high, "method": method})
        frames.append(frame.assign(std_low=std_low, std_high=std_high))
    return pd.concat(frames)


def observed_rows(model: str, found: ResampledEffects, level: float = 0.95) -> pd.DataFrame:
    """Bootstrap rows of a model among observed scores; empty numbers if it was not estimated."""
    if found.estimated:
        plain = Resampled(found.estimate, found.draws, intervals.acceleration(found.jackknife))
        standardised = Resampled(
            found.standardised,
            found.standardised_draws,
            intervals.acceleration(found.standardised_jackknife),
        )
        rows = bootstrap_rows(found.effects, plain, standardised, level)
        rows = rows.assign(n_inadmissible=0, blocks=found.blocks or pd.NA)
    else:
        rows = _empty_rows(found.effects)
    return _told(rows, model, "observed", found.n, found)


def latent_rows(
    model: str, form: StructuralForm, fit: Fit, draws: Draws | None, level: float = 0.95
) -> pd.DataFrame:
    """Bootstrap rows of a model among latent variables; empty numbers without `draws`.

    Fit and draws must be of `structural_syntax(form)`: effects are found by their names there.
    Resamples with a negative variance are kept and counted.
    """
    wanted = effects(form)
    if draws is None:
        rows = _empty_rows(wanted)
    else:
        table = fit.parameters.reset_index(drop=True)
        defined = table[table["op"] == ":="]
        at = [int(defined.index[defined["lhs"] == e.name][0]) for e in wanted]
        plain, standardised = (
            Resampled(table[column].to_numpy(dtype=float)[at], values[:, at], acceleration[at])
            for column, values, acceleration in zip(
                ("est", "std"), (draws.raw, draws.std), draws.acceleration(), strict=True
            )
        )
        rows = bootstrap_rows(wanted, plain, standardised, level)
        units = sum(counts.shape[1] for counts in draws.counts)
        blocks = units if units < draws.n else pd.NA
        rows = rows.assign(n_inadmissible=draws.n_inadmissible, blocks=blocks)
    return _told(rows, model, "latent", fit.measures["n"], fit)


def _empty_rows(effects: Sequence[Effect]) -> pd.DataFrame:
    """All effects without numbers: a row that is absent explains nothing."""
    frame = pd.DataFrame({"effect": [e.effect for e in effects], "path": [e.path for e in effects]})
    frames = [frame.assign(method=method) for method in METHODS]
    numbers = {c: pd.NA if c in COUNTS else np.nan for c in COLUMNS if c not in frames[0]}
    return pd.concat(frames).assign(**numbers)


def _told(
    rows: pd.DataFrame, model: str, scores: str, n: float, found: Fit | ResampledEffects
) -> pd.DataFrame:
    """The rows with where they come from, those of one effect together."""
    rows = rows.assign(model=model, scores=scores, n=n, status=found.status, message=found.message)
    rows = rows.sort_index(kind="stable").reset_index(drop=True)[COLUMNS]
    return rows.astype(dict.fromkeys(COUNTS, "Int64"))
