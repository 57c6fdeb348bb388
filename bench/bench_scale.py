"""How time and memory grow with the respondents: City S answered by 100,000 to a million.

    make bench ARGS=scale
    make bench ARGS="scale --rows 100000 300000"

For each number of rows, on 2 cores, from nothing: the check of the file and all up to the scores
and reliability; then all measurement and structural models with the draws of config.yaml. The
memory is that of the largest process.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

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


def main(study: Path, sizes: list[int]) -> None:
    """Measure and print; nothing is judged here."""
    prepare(study)
    for rows in sizes:
        write_export(study / "data/raw" / DATASET / "responses.csv", rows)
        for made in ("results", "logs", ".snakemake"):
            shutil.rmtree(study / made, ignore_errors=True)
        passed = 0.0
        for stage, files in STAGES.items():
            seconds, computed, gigabytes = measured(study, files)
            passed += seconds
            print(
                f"{rows:,} rows, {stage}: {seconds:.0f} s, {passed:.0f} s from the start "
                f"(processor {computed:.0f} s); {gigabytes:.1f} GB",
                flush=True,
            )


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


def measured(study: Path, files: list[str]) -> tuple[float, float, float]:
    """Seconds passed and computed, and gigabytes of the largest process, until there are files."""
    targets = [f"results/{DATASET}/{file}" for file in files]
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--quiet", "all", "--", *targets]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=study, stdout=subprocess.DEVNULL)
    # Waiting by hand gives what this run and its jobs used, and nothing else did.
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the run ended with status {status}: {' '.join(command)}")
    passed = time.perf_counter() - start
    return passed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6
