"""The bootstrap of a fitted model with many respondents: as `bootstrap`, with blocks drawn.

See `blocks` for what is drawn and why that is right. All else is `bootstrap`'s: the model is
estimated anew in each resample by the same code, from the same start.
"""

import numpy as np

from grassroots.sem.blocks import BLOCKS, BlockMoments, block_rows
from grassroots.sem.bootstrap import bollen_stine, bootstrap
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.draws import Draws
from grassroots.sem.fit import Fit
from grassroots.sem.likelihood import Problem
from grassroots.sem.refit import Refit
from grassroots.sem.resample import draw_counts
from grassroots.sem.structure import implied


def bootstrapped(result: Fit, draws: int, seed: int, largest: int) -> tuple[Draws, float]:
    """The draws, and the p of Bollen and Stine (1992).

    Respondents are drawn up to `largest` of them, and with incomplete data or several groups; else
    blocks. Raises ValueError if the fit has no estimates.
    """
    problem = result.problem
    if problem is None or problem.n <= largest or problem.fiml or len(problem.samples) > 1:
        return bootstrap(result, draws, seed), bollen_stine(result, draws, seed)[0]
    rows = block_rows(problem.n, BLOCKS, seed)
    counts = draw_counts([BLOCKS], draws, seed)
    drawn = _block_draws(result, problem, rows, counts)
    return drawn, _block_bollen_stine(result, problem, rows, counts)


def _block_draws(
    result: Fit, problem: Problem, rows: list[np.ndarray], counts: list[np.ndarray]
) -> Draws:
    engine = _engine(result, problem, problem.samples[0].data, rows)
    parts = engine.run(counts)

    def jackknife() -> tuple[np.ndarray, np.ndarray]:
        """Values without each block in turn (blocks x values)."""
        left_out = engine.run([1 - np.eye(len(rows), dtype=np.int32)])
        return (
            np.concatenate([each.raw for each in left_out]),
            np.concatenate([each.std for each in left_out]),
        )

    return Draws(
        parameters=result.parameters,
        theta=np.concatenate([each.theta for each in parts]),
        raw=np.concatenate([each.raw for each in parts]),
        std=np.concatenate([each.std for each in parts]),
        counts=counts,
        inadmissible=np.concatenate([each.inadmissible for each in parts]),
        names=result.table.names(),
        n=problem.n,
        jackknife=jackknife,
    )


def _block_bollen_stine(
    result: Fit, problem: Problem, rows: list[np.ndarray], counts: list[np.ndarray]
) -> float:
    """The share of resamples with a chi-square at least as large, in data that the model fits."""
    sample = problem.samples[0]
    sigma, mu = implied(problem.structures[0].fill(result.theta))
    with one_blas_thread():
        turn = _root(sample.S, -0.5) @ _root(sigma, 0.5)
        fitting = (sample.data - sample.mean) @ turn + (mu if problem.means else sample.mean)
    engine = _engine(result, problem, fitting, rows)
    found = np.concatenate([each.F for each in engine.run(counts, chi_square=True)])
    statistic = found[np.isfinite(found)] * problem.multiplier
    return float((statistic >= result.measures["chi2"]).mean()) if statistic.size else float("nan")


def _engine(result: Fit, problem: Problem, data: np.ndarray, rows: list[np.ndarray]) -> Refit:
    engine = Refit(problem, result.theta, [data])
    engine.makers = [BlockMoments(data, rows)]
    return engine


def _root(matrix: np.ndarray, power: float) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * values**power) @ vectors.T
