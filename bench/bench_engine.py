"""Processor time of the model engine next to lavaan's, on one core, in one run.

    make bench    prints it at the end

Goals: a bootstrap resample at least 60 times as fast as lavaan's on 59 items and 9 factors (aim
100), at least 40 times on 13 indicators; 5,000 draws of the latter in under 5 s; a fit of 59 items
with all measures in under 0.3 s; memory under 500 MB at 10,000 draws. Without Rscript only ours.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lavaan_models as lm

from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.fit import fit

MODELS = (
    ("59 items, 9 factors", "sim320x59", lm.SIM59, 60),
    ("13 indicators, 4 factors", "sim320_parcels", lm.PARCEL, 40),
)


def main(draws: int = 5000, theirs: int = 30) -> None:
    """Measure and print; nothing is judged here."""
    for title, data, model, goal in MODELS:
        frame = lm.data(data)
        for estimator in ("ML", "MLR"):
            fit(model, frame, estimator=estimator)  # what is done once is not measured
        once, result = timed(fit, model, frame)
        robust, _ = timed(fit, model, frame, estimator="MLR")
        bootstrap(result, 200, 1)
        spent, drawn = timed(bootstrap, result, draws, 1)
        table, _ = timed(drawn.table)
        print(
            f"{title}: fit with all measures {once:.3f} s (MLR {robust:.3f} s); {draws} draws "
            f"{spent:.2f} s ({1e3 * spent / draws:.2f} ms each, {drawn.n_failed} failed), all "
            f"intervals {table:.2f} s"
        )
        if shutil.which("Rscript"):
            their_fit, each = lavaan(data, model, theirs)
            print(
                f"  lavaan: fit with all measures {their_fit:.2f} s, {1e3 * each:.0f} ms a "
                f"resample: {each / (spent / draws):.0f} times ours (goal {goal})"
            )
    spent, _ = timed(bootstrap, fit(lm.SIM59, lm.data("sim320x59")), 2 * draws, 2)
    print(f"59 items: {2 * draws} draws {spent:.1f} s, memory {memory():.0f} MB")


def timed(function: Callable, *args: Any, **options: Any) -> tuple[float, Any]:
    """Return processor seconds, and what the function returns."""
    start = time.process_time()
    value = function(*args, **options)
    return time.process_time() - start, value


def lavaan(data: str, model: str, draws: int) -> tuple[float, float]:
    """Return processor seconds of lavaan's fit and of one resample."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.lav")
        file.write_text(model, encoding="utf-8")
        script = Path(__file__).with_name("bench_lavaan.R")
        command = ["Rscript", script, lm.REFERENCE / f"{data}.csv", file, str(draws)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    once, each = map(float, done.stdout.split())
    return once, each


def memory() -> float:
    """Return the highest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
