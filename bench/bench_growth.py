"""How time grows with the cities: 3 and 30 built from nothing, whole pages; 300 planned.

    make bench ARGS=growth
    make bench ARGS="growth --cities 3 10 100"    all but the last are built, the last is planned

The cities that are built are light, so that it ends in minutes: draws, with replacement, from the
301 pupils of Holzinger and Swineford 1939 (nine tests, 12 jobs). Planned are such cities, and some
as users have them: the questionnaire of City S, answered by 300 civil servants (20 jobs). Each is
planned twice: by a first run, which reads every raw file, and by one that remembers them.
Processor seconds tell most where other programs run as well.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from scale_data import write_export

PROTOCOLS = {"holzinger1939": "mental_abilities", "city_s": "psm_burnout"}
ROWS = 300
CODEBOOK_OF_CSV = (("file: responses.xlsx", "file: responses.csv"), ("format: xlsx", "format: csv"))


class Used(NamedTuple):
    """Seconds passed, seconds computed, and gigabytes of the largest process."""

    passed: float
    computed: float
    gigabytes: float


def main(study: Path, cities: list[int]) -> None:
    """Measure and print; nothing is judged here."""
    *built, planned = cities
    first: tuple[int, Used] | None = None
    for count in built:
        make_cities(study, "holzinger1939", PROTOCOLS["holzinger1939"], count)
        used = measured(study, "--cores", "2")
        print(
            f"{count} cities built: {used.passed / count:.2f} s a city "
            f"(processor {used.computed / count:.2f} s); {used.gigabytes:.2f} GB",
            flush=True,
        )
        here = Used(used.passed / count, used.computed / count, used.gigabytes)
        few, there = first = first or (count, here)
        if count != few:
            print(
                f"  {here.passed / there.passed - 1:+.0%} for a city among {count} and not {few} "
                f"(processor {here.computed / there.computed - 1:+.0%})",
                flush=True,
            )
    for like, protocol in PROTOCOLS.items():
        make_cities(study, like, protocol, planned)
        for which in ("first", "next"):
            used = measured(study, "--dry-run")
            print(
                f"{planned} cities like {like} planned, {which} time: {used.passed:.1f} s "
                f"(processor {used.computed:.1f} s); {used.gigabytes:.2f} GB",
                flush=True,
            )


def make_cities(study: Path, like: str, protocol: str, count: int) -> None:
    """Make so many cities that answer as this dataset does the only ones of the study."""
    raw = study / "data" / "raw"
    for old in [*raw.glob("city[0-9]*"), study / "results", study / "logs", study / ".snakemake"]:
        shutil.rmtree(old, ignore_errors=True)
    codebook = (raw / like / "codebook.yaml").read_text("utf-8")
    for old, new in CODEBOOK_OF_CSV:
        codebook = codebook.replace(old, new)
    names = [f"city{number:03}" for number in range(1, count + 1)]
    for seed, name in enumerate(names, start=1):
        (raw / name).mkdir()
        (raw / name / "codebook.yaml").write_text(codebook, "utf-8")
        if like == "city_s":
            write_export(raw / name / "responses.csv", ROWS, seed)
        else:
            draw_rows(raw / like / "responses.csv", raw / name / "responses.csv", seed)
    config = (study / "config.yaml").read_text("utf-8")
    _, settings = config.split("\n# Every random draw")
    entries = "".join(f"  {name}:\n    protocol: {protocol}\n" for name in names)
    text = f"datasets:\n{entries}\n# Every random draw{settings}"
    (study / "config.yaml").write_text(text, "utf-8")


def draw_rows(source: Path, target: Path, seed: int) -> None:
    """Write as many rows of a csv file as it has, drawn with replacement, with numbers anew."""
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    drawn = random.Random(seed).choices(rows, k=len(rows))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([number, *row[1:]] for number, row in enumerate(drawn, start=1))


def measured(study: Path, *arguments: str) -> Used:
    """What a run of Snakemake with these arguments, and its jobs, used."""
    command = [sys.executable, "-m", "snakemake", *arguments, "--quiet", "all"]
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=study, stdout=said, stderr=said)
        # Waiting by hand gives what this run and its jobs used, and nothing else did.
        _, status, used = os.wait4(process.pid, 0)
        passed = time.perf_counter() - start
        if status:
            said.seek(0)
            sys.exit(said.read())
    return Used(passed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6)
