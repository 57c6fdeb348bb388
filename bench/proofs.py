"""Does the engine tell the truth? Many samples of a known population, each fitted and bootstrapped.

    make proofs                                     the tables in docs/proofs/, and docs/proofs.md
    make proofs ARGS="--samples 20 --folder /tmp/p" a try elsewhere

Prints how far it is. The tables hold the digest of the engine's code; a test says when another
engine than today's has made them.
"""

import argparse
import ast
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import proofs_document
import simulated_truth as truth
from scipy.special import chdtrc, ndtri

from grassroots.run import code
from grassroots.run.tables import read_table, write_table
from grassroots.sem.structural_form import effects

FOLDER = Path(__file__).parents[1] / "docs" / "proofs"
ENGINE = code.SCRIPTS / "grassroots" / "sem" / "bootstrap.py"
SEED, SAMPLES, DRAWS = 20240501, 1000, 1000
LARGER_N = 4 * truth.N
FURTHER = 20  # times as many samples fitted without a bootstrap, for a more exact SD of estimates


def main() -> None:
    """Simulate, summarise, write."""
    options = argparse.ArgumentParser(description="Simulate samples of a known population.")
    options.add_argument("--samples", type=int, default=SAMPLES)
    options.add_argument("--draws", type=int, default=DRAWS, help="bootstrap draws a sample")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--folder", type=Path, default=FOLDER, help="where the tables go")
    chosen = options.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # for the processes started below: they share the cores
    tables = proofs(chosen.samples, chosen.draws, SEED, chosen.processes)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_table(table, chosen.folder / f"{name}.csv")
    document = chosen.folder.with_suffix(".md")
    stored = {name: read_table(chosen.folder / f"{name}.csv") for name in tables}
    document.write_text(proofs_document.text(stored), encoding="utf-8")
    print("outside the limits:", proofs_document.outside(stored) or "nothing")


def proofs(samples: int, draws: int, seed: int, processes: int) -> dict[str, pd.DataFrame]:
    """All tables. They depend on samples, draws and seed, not on the number of processes."""
    numbers = range(samples)
    work = partial(truth.estimate_sample, seed=seed, draws=draws)
    found = list(progress("bootstrap", truth.over_processes(work, numbers, processes), samples))
    further = further_fits(range(samples, (1 + FURTHER) * samples), seed, processes)
    chi_square = [chi_square_row("20 indicators", truth.N, fits) for fits in (found, further)]
    for model, n, parcels in (
        ("20 indicators", LARGER_N, False),
        ("13 indicators", truth.N, True),
    ):
        work = partial(truth.fit_sample, seed=seed, n=n, parcels=parcels)
        several = truth.over_processes(work, numbers, processes)
        fits = list(progress(f"{model}, n = {n}", several, samples))
        chi_square.append(chi_square_row(model, n, fits))
    summary = summarised(found)
    defined = summary["op"] == ":="
    return {
        "run": run_table(found, samples, draws, seed),
        "effects": effects_table(summary[defined]),
        "parameters": summary[~defined],
        "further": further_table(further),
        "chi_square": pd.DataFrame(chi_square),
        "samples": samples_table(found),
    }


def further_fits(numbers: range, seed: int, processes: int) -> list[truth.Fitted]:
    """Samples that are fitted only."""
    work = partial(truth.fit_sample, seed=seed, n=truth.N)
    several = truth.over_processes(work, numbers, processes)
    return list(progress("further fits", several, len(numbers)))


def progress(what: str, results: Iterable[Any], count: int) -> Iterator[Any]:
    """The same results; prints after each twentieth part of them."""
    for number, result in enumerate(results, start=1):
        if number * 20 // count > (number - 1) * 20 // count:
            print(f"{what}: {number} of {count} samples", flush=True)
        yield result


def run_table(found: list[truth.Sample], samples: int, draws: int, seed: int) -> pd.DataFrame:
    """What was run, and how often something went wrong."""
    statuses = Counter(sample.status for sample in found)
    rows = {
        "engine": engine_digest(),
        "seed": seed,
        "samples": samples,
        "draws": draws,
        "n": truth.N,
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        **{f"samples_{status}": count for status, count in sorted(statuses.items())},
        "draws_failed": sum(sample.n_failed for sample in found),
        "draws_inadmissible": sum(sample.n_inadmissible for sample in found),
        "samples_with_failed_draws": sum(sample.n_failed > 0 for sample in found),
        "samples_with_inadmissible_draws": sum(sample.n_inadmissible > 0 for sample in found),
    }
    return pd.DataFrame({"name": list(rows), "value": [str(value) for value in rows.values()]})


def summarised(found: list[truth.Sample]) -> pd.DataFrame:
    """One row for each free parameter or effect on each scale.

    `coverage_*` is the share of all samples whose interval holds the truth (an interval that could
    not be computed does not); `se_*_ratio` the mean standard error over the standard deviation of
    the estimates.
    """
    values = np.stack([sample.values for sample in found])
    known = truth.true_values()
    rows = []
    for at, key in enumerate(truth.row_keys()):
        for scale, name in enumerate(truth.SCALES):
            by_name = dict(zip(truth.VALUES, values[:, at, scale].T, strict=True))
            if not by_name["se"].any():  # fixed on this scale
                continue
            row = dict(zip(("lhs", "op", "rhs"), key, strict=True)) | {"scale": name}
            rows.append(row | performance(known[key][scale], by_name))
    return pd.DataFrame(rows)


def performance(true: float, by_name: dict[str, np.ndarray]) -> dict[str, float]:
    """How estimates, standard errors and intervals of one quantity did."""
    est = by_name["est"]
    sd = float(np.nanstd(est, ddof=1))
    half = ndtri(0.975) * by_name["se_delta"]

    def covered(low: np.ndarray, high: np.ndarray) -> float:
        return round(float(((low <= true) & (true <= high)).mean()), 6)

    figures = {
        "truth": true,
        "mean": np.nanmean(est),
        "sd": sd,
        "se_bootstrap_ratio": np.nanmean(by_name["se"]) / sd,
        "se_delta_ratio": np.nanmean(by_name["se_delta"]) / sd,
        "coverage_percentile": covered(by_name["low"], by_name["high"]),
        "coverage_bca": covered(by_name["bca_low"], by_name["bca_high"]),
        "coverage_delta": covered(est - half, est + half),
    }
    return {name: round(float(figure), 6) for name, figure in figures.items()}


def effects_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the effects, named as in mediation.csv."""
    by_name = {effect.name: effect for effect in effects(truth.FORM)}
    named = rows.assign(
        name=rows["lhs"],
        effect=[by_name[name].effect for name in rows["lhs"]],
        path=[by_name[name].path for name in rows["lhs"]],
    )
    first = ["name", "effect", "path"]
    return named[[*first, *rows.columns.drop(["lhs", "op", "rhs"])]]


def further_table(fits: list[truth.Fitted]) -> pd.DataFrame:
    """The standard deviation of each effect's estimates over samples that were fitted only."""
    sd = np.nanstd(np.stack([sample.effects for sample in fits]), axis=0, ddof=1)
    return pd.DataFrame(
        [
            {"name": effect.name, "scale": scale, "samples": len(fits), "sd": round(value, 6)}
            for effect, values in zip(effects(truth.FORM), sd.tolist(), strict=True)
            for scale, value in zip(truth.SCALES, values, strict=True)
        ]
    )


def chi_square_row(
    model: str, n: int, fits: Sequence[truth.Sample] | Sequence[truth.Fitted]
) -> dict[str, Any]:
    """How the chi-square of a true model behaves over samples.

    `rejected_swain` is the same after Swain's (1975) correction for small samples.
    """
    usable = [(sample.chi2, sample.df) for sample in fits if np.isfinite(sample.chi2)]
    chi2, df = np.array([chi2 for chi2, _ in usable]), usable[0][1]
    corrected = chi2 * swain_factor(int(model.split()[0]), df, n)
    return {
        "model": model,
        "n": n,
        "df": int(df),
        "fitted": len(usable),
        "mean": round(float(chi2.mean()), 4),
        "sd": round(float(chi2.std(ddof=1)), 4),
        "rejected": round(float((chdtrc(df, chi2) < 0.05).mean()), 6),
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


def samples_table(found: list[truth.Sample]) -> pd.DataFrame:
    """Each sample's chi-square, counts, and estimate and percentile interval of each effect."""
    names = [lhs if op == ":=" else None for lhs, op, _ in truth.row_keys()]
    rows = []
    for number, sample in enumerate(found):
        row = {"sample": number, "status": sample.status, "chi2": round(sample.chi2, 4)}
        row |= {"n_failed": sample.n_failed, "n_inadmissible": sample.n_inadmissible}
        for at, name in enumerate(names):
            if name is not None:
                by_name = dict(zip(truth.VALUES, sample.values[at, 0].tolist(), strict=True))
                row |= {f"{name}_{v}": round(by_name[v], 6) for v in ("est", "low", "high")}
        rows.append(row)
    return pd.DataFrame(rows)


def engine_digest() -> str:
    """The digest of the engine's code: every module that fit and bootstrap import.

    Comments, docstrings and layout change nothing, nor does the version of Python.
    """
    digest = hashlib.sha256()
    for path in sorted(code.imported_modules(ENGINE)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(code.SCRIPTS).as_posix()
        digest.update(f"{name} {_written_out(tree)}\n".encode())
    return digest.hexdigest()


def _written_out(node: Any) -> str:
    """A syntax tree as text. `ast.dump` would write one tree differently in each Python."""
    if isinstance(node, list):
        return f"[{','.join(map(_written_out, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
        fields["body"] = fields["body"][1:]
    told = [f"{k}={_written_out(v)}" for k, v in fields.items() if v is not None and v != []]
    return f"{type(node).__name__}({','.join(told)})"


if __name__ == "__main__":
    main()
