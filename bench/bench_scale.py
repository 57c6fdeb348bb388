"""How time and memory grow with the respondents: City S answered by 100,000 to a million.

    make bench ARGS=scale
    make bench ARGS="scale --rows 100000 300000"

For each number of rows, on 2 cores, from nothing: the check of the file and all up to the scores
and reliability; then all measurement and structural models with the draws of config.yaml. Of each
the seconds passed and computed, job by job, and the largest memory: of one process, and of all that
ran at a time (what they share is counted in each, so the sum is rather too large). At the end how
much longer more rows take.
"""

import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from scale_data import write_export

DATASET = "many"
STAGES = {
    "scores and reliability": ["data/scores.parquet", "tables/reliability.csv"],
    "measurement and structural models": ["tables/cfa_fit.csv", "tables/sem_fit.csv"],
}
CONFIG = """\
datasets:
  many:
    protocol: psm_burnout
"""
EVERY = 0.1  # seconds between two looks at the processes


class Used(NamedTuple):
    """Seconds passed and computed, and gigabytes: of the largest process, of all at a time."""

    passed: float
    computed: float
    largest: float
    together: float


def main(study: Path, sizes: list[int]) -> None:
    """Measure and print; nothing is judged here."""
    prepare(study)
    passed: dict[int, list[float]] = {}
    for rows in sizes:
        write_export(study / "data/raw" / DATASET / "responses.csv", rows)
        for made in ("results", "logs", ".snakemake"):
            shutil.rmtree(study / made, ignore_errors=True)
        passed[rows] = []
        for stage, files in STAGES.items():
            used, jobs = measured(study, files)
            passed[rows].append(used.passed)
            print(f"{rows:,} rows, {stage}: {sum(passed[rows]):.0f} s from the start")
            for job, (seconds, computed) in jobs.items():
                print(f"  {job}: {seconds:.1f} s (processor {computed:.1f} s)")
            print(
                f"  in all: {used.passed:.0f} s (processor {used.computed:.0f} s); "
                f"{used.largest:.1f} GB, together {used.together:.1f} GB",
                flush=True,
            )
    for few, many in itertools.pairwise(sizes):
        for stage, before, after in zip(STAGES, passed[few], passed[many], strict=True):
            print(f"{stage}: {many / few:.1f} times the rows, {after / before:.1f} times the time")


def prepare(study: Path) -> None:
    """Make the large dataset the only one of the study: City S's codebook for a csv file."""
    folder = study / "data/raw" / DATASET
    folder.mkdir()
    codebook = (study / "data/raw/city_s/codebook.yaml").read_text("utf-8")
    codebook = codebook.replace("file: responses.xlsx", "file: responses.csv")
    (folder / "codebook.yaml").write_text(codebook.replace("format: xlsx", "format: csv"), "utf-8")
    config = (study / "config.yaml").read_text("utf-8")
    _, settings = config.split("\n# Every random draw")
    (study / "config.yaml").write_text(f"{CONFIG}# Every random draw{settings}", "utf-8")


def measured(study: Path, files: list[str]) -> tuple[Used, dict[str, tuple[float, float]]]:
    """What a run uses until there are these files, and the seconds of its jobs."""
    targets = [f"results/{DATASET}/{file}" for file in files]
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--quiet", "all", "--", *targets]
    # A script that runs in a copy of a warm process cannot be told apart from other scripts.
    environment = os.environ | {"GRASSROOTS_WARM": "no"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=study, env=environment, stdout=subprocess.DEVNULL)
    seen: dict[int, tuple[str, float, float, float]] = {}
    together = 0.0
    # Waiting by hand gives what this run and its jobs used, and nothing else did.
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        together = max(together, look(process.pid, seen))
        time.sleep(EVERY)
    _, status, used = ended
    if status:
        sys.exit(f"the run ended with status {status}: {' '.join(command)}")
    passed = time.perf_counter() - start
    computed, largest = used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6
    own = computed - sum(busy for name, *_, busy in seen.values() if name)
    begun = min((first for name, first, *_ in seen.values() if name), default=start + passed)
    jobs = {"Snakemake, with its check of the file": (begun - start, own)}
    jobs |= {name: (last - first, busy) for name, first, last, busy in seen.values() if name}
    return Used(passed, computed, largest, together), jobs


def look(process: int, seen: dict[int, tuple[str, float, float, float]]) -> float:
    """Note a process and those below it: job, when first and last seen, seconds computed.

    Gives back the gigabytes that they hold.
    """
    about = Path("/proc", str(process))
    try:
        command = (about / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        counts = (about / "stat").read_text().rpartition(")")[2].split()
        pages = int((about / "statm").read_text().split()[1])
        below = [path.read_text().split() for path in about.glob("task/*/children")]
    except OSError:  # it has just ended
        return 0.0
    scripts = [Path(part).name for part in command if "/.snakemake/scripts/" in part]
    now = time.perf_counter()
    busy = (int(counts[11]) + int(counts[12])) / os.sysconf("SC_CLK_TCK")
    # One that has just ended has no command any more.
    job, first, *_ = seen.get(process, ("", now))
    seen[process] = (scripts[0].split(".")[1] if scripts else job, first, now, busy)
    held = pages * os.sysconf("SC_PAGE_SIZE") / 1e9
    return held + sum(look(int(each), seen) for several in below for each in several)
