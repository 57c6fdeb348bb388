"""How long the workflow takes, next to empty workflows of as many jobs, on this machine.

    make bench                    medians of 3 whole runs and 7 runs with nothing to do
    make bench ARGS="--runs 5"    of 5 whole runs
    make bench ARGS=scale         only how all grows up to a million respondents (bench_scale.py)
    make bench ARGS=growth        only how all grows up to 300 cities (bench_growth.py)

Works on a copy of the checkout in a temporary folder: results and logs here are not touched. Runs
that are compared take turns, so that a busy machine slows both; processor time, printed as well,
tells how much of a ratio is waiting. At the end come the figures of the model engine next to
lavaan's (bench_engine.py).
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[1]
IDLE_RUNS = 7
SLOWEST = 10

# It ends as the study does, without the second for which Snakemake's timers would hold it.
EMPTY_SNAKEFILE = """
import threading


onsuccess:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


rule all:
    input:
        expand("made/{{number}}", number=range({jobs})),


rule empty:
    output:
        "made/{{number}}",
    script:
        "empty.py"
"""

DRAWS = """
import time
import numpy as np
import pandas as pd
from grassroots.sem.mediation_rows import observed_rows
from grassroots.sem.observed_mediation import observed_mediation
from grassroots.sem.structural_form import StructuralForm

rng = np.random.default_rng(1)
x, m1, m2, y, c1, c2 = rng.standard_normal((6, 500))
data = dict(x=x, m1=m1 + x / 2, m2=m2 + x / 3, y=y + m1 / 2 + m2 / 4, c1=c1, c2=c2)
form = StructuralForm("x", ("m1", "m2"), "y", covariates=("c1", "c2"))
start = time.perf_counter()
found = observed_mediation(form, pd.DataFrame(data), draws=5000, seed=1)
drawn = time.perf_counter()
observed_rows("bench", found)
print(drawn - start, time.perf_counter() - start)
"""


class Seconds(NamedTuple):
    """Time passed on the clock, and time computed on all processors."""

    passed: float
    computed: float


def main() -> None:
    """Measure and print; nothing is judged here."""
    options = argparse.ArgumentParser(description="Measure how long the workflow takes.")
    options.add_argument("--runs", type=int, default=3, help="how many whole runs (3)")
    options.add_argument("--cores", type=int, default=4, help="jobs at a time (4)")
    options.add_argument("part", nargs="?", choices=["scale", "growth"], help="only how it grows")
    options.add_argument("--rows", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    options.add_argument("--cities", type=int, nargs="+", default=[3, 30, 300])
    chosen = options.parse_args()
    if chosen.part == "scale":
        measure_scale(chosen.rows)
        return
    if chosen.part == "growth":
        measure_growth(chosen.cities)
        return
    with tempfile.TemporaryDirectory(prefix="grassroots-bench-") as folder:
        study, empty = Path(folder, "study"), Path(folder, "empty")
        copy_checkout(study)
        jobs = count_jobs(run(study, chosen.cores))
        make_empty_workflow(empty, jobs)
        run(empty, chosen.cores)
        print(f"{jobs} jobs, --cores {chosen.cores}, {os.cpu_count()} processors")

        def whole(workflow: Path) -> None:
            run(workflow, chosen.cores)

        report("whole run from nothing", *take_turns(whole, forget, study, empty, chosen.runs))
        report_slowest(study)
        report("nothing to do", *take_turns(whole, keep, study, empty, IDLE_RUNS))
        time_draws(study)
        time_engine(study)


def measure_scale(rows: list[int]) -> None:
    """Print the figures of bench_scale.py, on a copy of the checkout."""
    sys.path.insert(0, str(CHECKOUT / "workflow" / "scripts"))
    import bench_scale

    with tempfile.TemporaryDirectory(prefix="grassroots-scale-") as folder:
        copy_checkout(Path(folder, "study"))
        bench_scale.main(Path(folder, "study"), rows)


def measure_growth(cities: list[int]) -> None:
    """Print the figures of bench_growth.py, on a copy of the checkout."""
    sys.path.insert(0, str(CHECKOUT / "workflow" / "scripts"))
    import bench_growth

    with tempfile.TemporaryDirectory(prefix="grassroots-growth-") as folder:
        copy_checkout(Path(folder, "study"))
        bench_growth.main(Path(folder, "study"), cities)


def copy_checkout(target: Path) -> None:
    """Copy what git tracks or would track, and compile it as `make study` does."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CHECKOUT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (CHECKOUT / name).is_file():  # a deleted file is still listed until it is committed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, target / name)
    compile_all = [sys.executable, "-m", "compileall", "-q", "workflow/scripts"]
    subprocess.run(compile_all, cwd=target, check=True)


def make_empty_workflow(target: Path, jobs: int) -> None:
    """Write a workflow of so many jobs whose script is empty, with the profile of the study."""
    target.mkdir()
    (target / "Snakefile").write_text(EMPTY_SNAKEFILE.format(jobs=jobs))
    (target / "empty.py").write_text("open(snakemake.output[0], 'w').close()\n")
    shutil.copytree(CHECKOUT / "profiles" / "default", target / "profiles" / "default")


def run(workflow: Path, cores: int) -> str:
    """Run Snakemake in a folder and return what it printed; end everything if it fails."""
    command = [sys.executable, "-m", "snakemake", "--cores", str(cores)]
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "SNAKEMAKE_OUTPUT_CACHE"}
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    done = subprocess.run(command, cwd=workflow, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return done.stdout + done.stderr


def count_jobs(messages: str) -> int:
    """Return how many jobs with a script were run: all but the target rule."""
    return int(re.findall(r"of (\d+) steps \(100%\) done", messages)[-1]) - 1


def forget(workflow: Path) -> None:
    """Remove everything that a run has left."""
    for made in ("results", "logs", "made", ".snakemake"):
        shutil.rmtree(workflow / made, ignore_errors=True)


def keep(_workflow: Path) -> None:
    """Leave what a run has left."""


def take_turns(
    action: Callable[[Path], None],
    before: Callable[[Path], None],
    study: Path,
    empty: Path,
    times: int,
) -> tuple[list[Seconds], list[Seconds]]:
    """Time an action in both folders in turn, after something that is not timed."""
    taken: dict[Path, list[Seconds]] = {study: [], empty: []}
    for _ in range(times):
        for workflow in (study, empty):
            before(workflow)
            start, busy = time.perf_counter(), processor_time()
            action(workflow)
            taken[workflow].append(Seconds(time.perf_counter() - start, processor_time() - busy))
    return taken[study], taken[empty]


def processor_time() -> float:
    """Return how long all processes started from here, and ended, have computed; seconds."""
    return os.times().children_user + os.times().children_system


def report(what: str, study: list[Seconds], empty: list[Seconds]) -> None:
    """Print the medians, and the median and range of the ratios of neighbouring runs."""
    ratios = [a.passed / b.passed for a, b in zip(study, empty, strict=True)]
    own, bare = (
        f"{statistics.median(s.passed for s in runs):.2f} s "
        f"(processor {statistics.median(s.computed for s in runs):.2f} s)"
        for runs in (study, empty)
    )
    print(
        f"{what}: {own}, empty jobs {bare}: "
        f"{statistics.median(ratios):.2f} times (from {min(ratios):.2f} to {max(ratios):.2f})"
    )


def report_slowest(study: Path) -> None:
    """Print the rules that took longest in the last run, their jobs together."""
    sys.path.insert(0, str(CHECKOUT / "workflow" / "scripts"))
    from grassroots.packaging.run_record import finished_jobs, read_records, seconds_by_rule

    datasets = {path.name for path in (study / "results").iterdir() if path.is_dir()}
    records = read_records(study / ".snakemake" / "metadata")
    rules = seconds_by_rule(finished_jobs(records, {*datasets, "index"}))
    slowest = sorted(rules.items(), key=lambda rule: -rule[1]["seconds"])[:SLOWEST]
    told = ", ".join(f"{name} {each['seconds']:.1f} s ({each['jobs']})" for name, each in slowest)
    print(f"the {SLOWEST} slowest rules, seconds of all their jobs (how many): {told}")


def time_draws(study: Path) -> None:
    """Print how long the bootstrap of a mediation model among observed scores takes."""
    environment = os.environ | {"PYTHONPATH": str(study / "workflow" / "scripts")}
    seconds = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", DRAWS], env=environment, capture_output=True, text=True
        )
        if done.returncode != 0:
            sys.exit(done.stderr)
        seconds.append([float(number) for number in done.stdout.split()])
    drawn, with_intervals = (statistics.median(column) for column in zip(*seconds, strict=True))
    print(
        f"5,000 draws, 500 rows, two mediators, two covariates: {drawn:.2f} s "
        f"({with_intervals:.2f} s with percentile and BCa intervals)"
    )


def time_engine(study: Path) -> None:
    """Print the figures of bench_engine.py, from a process of its own with one thread."""
    paths = [str(study / "workflow" / "scripts"), str(study / "tests" / "sem")]
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    environment = os.environ | dict.fromkeys(threads, "1")
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    sys.stdout.flush()
    script = study / "bench" / "bench_engine.py"
    subprocess.run([sys.executable, script], env=environment, check=True)


if __name__ == "__main__":
    main()
