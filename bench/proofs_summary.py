"""What many fits of one known population say: coverage, standard errors, the chi-square."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import simulated_truth as truth
from scipy.special import chdtrc, ndtri

from grassroots.sem.structural_form import effects


def summarised(
    model: str, found: Sequence[truth.Sample], further: Sequence[truth.Fitted]
) -> pd.DataFrame:
    """One row for each free parameter or effect on each scale; effects have the op `:=`.

    `found` are the samples that were bootstrapped, `further` those that were fitted only.
    """
    values = np.stack([sample.values for sample in found])
    fitted = [values[..., 0], *([np.stack([s.values for s in further])] if further else [])]
    estimates = np.concatenate(fitted)
    known = truth.true_values(model)
    rows = []
    for at, key in enumerate(truth.row_keys(model)):
        for scale, name in enumerate(truth.SCALES):
            by_name = dict(zip(truth.VALUES, values[:, at, scale].T, strict=True))
            if not by_name["se"].any():  # fixed on this scale
                continue
            row = {"model": model} | dict(zip(("lhs", "op", "rhs"), key, strict=True))
            row |= {"scale": name}
            rows.append(row | performance(known[key][scale], by_name, estimates[:, at, scale]))
    return pd.DataFrame(rows)


def performance(
    true: float, by_name: dict[str, np.ndarray], estimates: np.ndarray
) -> dict[str, float]:
    """How estimates, standard errors and intervals of one quantity did.

    `by_name` holds what the bootstrapped samples gave (truth.VALUES), `estimates` those of all
    samples, with or without a bootstrap; NaN where a sample has none. `mean` and `sd` are of all
    (`fitted`) estimates, `sd_same` of those of the bootstrapped samples alone. The ratios are mean
    standard errors over `sd` (`_same`: over `sd_same`), `_error` their Monte Carlo standard errors.
    `coverage_*` is the share of the bootstrapped samples whose interval holds the truth; an
    interval that could not be computed does not.
    """
    est, estimates = by_name["est"], estimates[np.isfinite(estimates)]
    sd, same = float(estimates.std(ddof=1)), float(np.nanstd(est, ddof=1))
    figures: dict[str, float] = {"truth": true, "mean": estimates.mean(), "sd": sd, "sd_same": same}
    for name, column in (("bootstrap", "se"), ("delta", "se_delta")):
        error = by_name[column][np.isfinite(by_name[column])]
        figures[f"se_{name}_ratio"] = error.mean() / sd
        figures[f"se_{name}_error"] = ratio_error(error, estimates)
        figures[f"se_{name}_ratio_same"] = error.mean() / same

    def covered(low: np.ndarray, high: np.ndarray) -> float:
        return ((low <= true) & (true <= high)).mean()

    half = ndtri(0.975) * by_name["se_delta"]
    figures["coverage_percentile"] = covered(by_name["low"], by_name["high"])
    figures["coverage_bca"] = covered(by_name["bca_low"], by_name["bca_high"])
    figures["coverage_delta"] = covered(est - half, est + half)
    rounded = {name: round(float(figure), 6) for name, figure in figures.items()}
    return {"samples": len(est), "fitted": len(estimates)} | rounded


def ratio_error(errors: np.ndarray, estimates: np.ndarray) -> float:
    """Monte Carlo standard error of mean(errors) / sd(estimates), both without NaN.

    By the delta method: the variance of a mean, and that of a standard deviation from the
    estimates' kurtosis k, (k - 1) / 4n relative to its square (the usual 1 / 2n if they are
    normal). The two are taken as independent: few of the samples have both.
    """
    mean, sd = errors.mean(), estimates.std(ddof=1)
    kurtosis = (((estimates - estimates.mean()) / sd) ** 4).mean()
    relative = errors.var(ddof=1) / (len(errors) * mean**2) + (kurtosis - 1) / (4 * len(estimates))
    return float(mean / sd * np.sqrt(relative))


def effects_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the effects, named as in mediation.csv."""
    rows = rows[rows["op"] == ":="]
    by_name = {effect.name: effect for effect in effects(truth.FORM)}
    named = rows.assign(
        name=rows["lhs"],
        effect=[by_name[name].effect for name in rows["lhs"]],
        path=[by_name[name].path for name in rows["lhs"]],
    )
    first = ["model", "name", "effect", "path"]
    return named[[*first, *rows.columns.drop(["model", "lhs", "op", "rhs"])]]


def parameters_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The other rows: loadings, paths and variances."""
    return rows[rows["op"] != ":="]


def chi_square_row(
    model: str, n: int, fits: Sequence[truth.Sample | truth.Fitted]
) -> dict[str, Any]:
    """How the chi-square of a true model behaves over samples of n people.

    `rejected` is the share with p < 0.05, `rejected_error` its Monte Carlo standard error;
    `rejected_swain` the same share after Swain's (1975) correction for small samples.
    """
    usable = [(sample.chi2, sample.df) for sample in fits if np.isfinite(sample.chi2)]
    chi2, df = np.array([chi2 for chi2, _ in usable]), usable[0][1]
    corrected = chi2 * swain_factor(len(truth.FORMS[model].variables), df, n)
    rejected = float((chdtrc(df, chi2) < 0.05).mean())
    return {
        "model": model,
        "n": n,
        "df": int(df),
        "samples": len(fits),
        "fitted": len(usable),
        "mean": round(float(chi2.mean()), 4),
        "sd": round(float(chi2.std(ddof=1)), 4),
        "rejected": round(rejected, 6),
        "rejected_error": round((rejected * (1 - rejected) / len(usable)) ** 0.5, 6),
        "mean_swain": round(float(corrected.mean()), 4),
        "rejected_swain": round(float((chdtrc(df, corrected) < 0.05).mean()), 6),
    }


def swain_factor(p: int, df: float, n: int) -> float:
    """What Swain (1975) multiplies the chi-square by: p variables, n people.

    As Herzog and Boomsma (2009) print it, with n - 1 in place of n as in their definition of the
    sample size; without a mean structure.
    """
    q = (np.sqrt(1 + 4 * p * (p + 1) - 8 * df) - 1) / 2
    lost = p * (2 * p**2 + 3 * p - 1) - q * (2 * q**2 + 3 * q - 1)
    return float(1 - lost / (12 * df * (n - 1)))


def samples_table(model: str, found: Sequence[truth.Sample]) -> pd.DataFrame:
    """Each sample's chi-square, counts, and estimate and percentile interval of each effect."""
    names = [lhs if op == ":=" else None for lhs, op, _ in truth.row_keys(model)]
    rows = []
    for number, sample in enumerate(found):
        row = {"model": model, "sample": number, "status": sample.status}
        row |= {"chi2": round(sample.chi2, 4)}
        row |= {"n_failed": sample.n_failed, "n_inadmissible": sample.n_inadmissible}
        for at, name in enumerate(names):
            if name is not None:
                by_name = dict(zip(truth.VALUES, sample.values[at, 0].tolist(), strict=True))
                row |= {f"{name}_{v}": round(by_name[v], 6) for v in ("est", "low", "high")}
        rows.append(row)
    return pd.DataFrame(rows)
