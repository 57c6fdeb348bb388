"""Does the engine tell the truth? Many samples of a known population, each fitted and bootstrapped.

    make proofs                                     the tables in docs/proofs/, and docs/proofs.md
    make proofs ARGS="--samples 20 --folder /tmp/p" a try elsewhere

Prints how far it is, and at the end what lies outside the limits. The tables hold the digest of the
engine's code; a test says when another engine than today's has made them.
"""

import argparse
import ast
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import proofs_document
import simulated_truth as truth
from proofs_summary import (
    chi_square_row,
    effects_table,
    parameters_table,
    samples_table,
    summarised,
)

from grassroots.run import code
from grassroots.run.tables import read_table, write_table

FOLDER = Path(__file__).parents[1] / "docs" / "proofs"
ENGINE = code.SCRIPTS / "grassroots" / "sem" / "bootstrap.py"
SEED, SAMPLES, DRAWS = 20240501, 1000, 1000
LARGER_N = 4 * truth.N
FURTHER = 20  # times as many samples fitted without a bootstrap, for a more exact SD of estimates
MARKS = {"data": "simulated"}
RUN = ["model", "name", "value"]


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
        write_table(table, chosen.folder / f"{name}.csv", MARKS)
    document = chosen.folder.with_suffix(".md")
    stored = {name: read_table(chosen.folder / f"{name}.csv") for name in tables}
    document.write_text(proofs_document.text(stored), encoding="utf-8")
    for model in truth.FORMS:
        print(f"{model}, outside the limits:")
        print(*proofs_document.outside(stored, model) or ["nothing"], sep="\n")


def proofs(samples: int, draws: int, seed: int, processes: int) -> dict[str, pd.DataFrame]:
    """All tables. They depend on samples, draws and seed, not on the number of processes."""
    settings = {
        "engine": engine_digest(),
        "seed": seed,
        "samples": samples,
        "draws": draws,
        "n": truth.N,
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }
    both = {"run": pd.DataFrame([("both", k, str(v)) for k, v in settings.items()], columns=RUN)}
    parts = [both, *(tables_of(model, samples, draws, seed, processes) for model in truth.FORMS)]
    return {
        name: pd.concat([part[name] for part in parts if name in part], ignore_index=True)
        for name in parts[-1]
    }


def tables_of(
    model: str, samples: int, draws: int, seed: int, processes: int
) -> dict[str, pd.DataFrame]:
    """The tables of one measurement of the population."""

    def several(what: str, work: partial, numbers: range) -> list[Any]:
        results = truth.over_processes(work, numbers, processes)
        return list(progress(f"{model}, {what}", results, len(numbers)))

    only_fit = partial(truth.fit_sample, model=model, seed=seed)
    resample = partial(truth.estimate_sample, model=model, seed=seed, draws=draws)
    found = several("bootstrap", resample, range(samples))
    further = several("further fits", only_fit, range(samples, (1 + FURTHER) * samples))
    larger = several(f"n = {LARGER_N}", partial(only_fit, n=LARGER_N), range(samples))
    summary = summarised(model, found, further)
    chi_square = [
        chi_square_row(model, truth.N, found),
        chi_square_row(model, truth.N, [*found, *further]),
        chi_square_row(model, LARGER_N, larger),
    ]
    return {
        "run": run_table(model, found),
        "effects": effects_table(summary),
        "parameters": parameters_table(summary),
        "chi_square": pd.DataFrame(chi_square),
        "samples": samples_table(model, found),
    }


def progress(what: str, results: Iterable[Any], count: int) -> Iterator[Any]:
    """The same results; prints after each twentieth part of them."""
    for number, result in enumerate(results, start=1):
        if number * 20 // count > (number - 1) * 20 // count:
            print(f"{what}: {number} of {count} samples", flush=True)
        yield result


def run_table(model: str, found: list[truth.Sample]) -> pd.DataFrame:
    """How often something went wrong in the bootstrapped samples of one model."""
    statuses = Counter(sample.status for sample in found)
    rows = {
        **{f"samples_{status}": count for status, count in sorted(statuses.items())},
        "draws_failed": sum(sample.n_failed for sample in found),
        "draws_inadmissible": sum(sample.n_inadmissible for sample in found),
        "samples_with_failed_draws": sum(sample.n_failed > 0 for sample in found),
        "samples_with_inadmissible_draws": sum(sample.n_inadmissible > 0 for sample in found),
    }
    return pd.DataFrame([(model, k, str(v)) for k, v in rows.items()], columns=RUN)


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
