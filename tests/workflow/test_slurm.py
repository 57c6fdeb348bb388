"""The studies on a Slurm of this machine (tests/slurm/start-slurm): the bytes of a local run."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parents[2]
START = ROOT / "tests" / "slurm" / "start-slurm"
T = TypeVar("T")

pytestmark = pytest.mark.slurm


@pytest.fixture(scope="module")
def slurm() -> Iterator[None]:
    """A Slurm that takes jobs."""
    missing = [name for name in ("slurmctld", "slurmd", "munged") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{missing[0]} is not installed")
    if importlib.util.find_spec("snakemake_executor_plugin_slurm") is None:
        pytest.skip("Snakemake's plugin for Slurm is not installed (make slurm)")
    if os.getuid() != 0:
        pytest.skip("only root starts a Slurm")
    try:
        started = subprocess.run([START], capture_output=True, text=True, timeout=120)
        assert started.returncode == 0, started.stderr
        yield
    finally:
        subprocess.run([START, "stop"], check=False, timeout=120)


def of_two(checkout):
    """The checkout with two small datasets and few draws."""
    config = checkout.folder / "config.yaml"
    _, settings = config.read_text(encoding="utf-8").split("\n# Every random draw")
    entries = (
        "datasets:\n"
        "  holzinger1939: {protocol: mental_abilities}\n"
        "  political_democracy: {protocol: industry_and_democracy}\n"
    )
    settings = settings.replace("draws: 5000", "draws: 500")
    config.write_text(f"{entries}\n# Every random draw{settings}", encoding="utf-8")
    return checkout


@pytest.fixture
def local(new_checkout):
    """The results of a run without Slurm."""
    checkout = of_two(new_checkout("local"))
    checkout.build()
    return checkout.contents()


def answer(*command: str) -> list[list[str]]:
    """The words of each line that a command of Slurm writes."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return [line.split() for line in done.stdout.splitlines()]


def running() -> list[str]:
    """The numbers of the jobs that run."""
    return [words[0] for words in answer("squeue", "--noheader", "-t", "RUNNING", "-o", "%i")]


def script_of(job: str) -> int | None:
    """The process that runs a script of the workflow for a job, if there is one now."""
    for words in answer("scontrol", "listpids", job)[1:]:
        command = Path("/proc", words[0], "cmdline")
        if command.exists() and b"/.snakemake/scripts/" in command.read_bytes():
            return int(words[0])
    return None


def waited_for(look: Callable[[], T | None], run: subprocess.Popen) -> T:
    """What is found as soon as there is something to find; a run that ends first is a failure."""
    while run.poll() is None:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("the run ended before there was anything to kill")


def test_a_run_survives_killed_jobs_and_gives_the_same_bytes(slurm, local, new_checkout):
    checkout = of_two(new_checkout("on_slurm"))
    said = checkout.folder / "said.txt"
    with said.open("w") as stream:
        run = subprocess.Popen(
            [sys.executable, "-m", "snakemake", "--profile", "profiles/slurm"],
            cwd=checkout.folder, stdout=stream, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        first, second = waited_for(lambda: running() if len(running()) == 2 else None, run)
        os.kill(waited_for(lambda: script_of(first), run), signal.SIGKILL)
        subprocess.run(["scancel", second], check=True)
        run.wait(timeout=1200)
    finally:
        run.kill()
    text = said.read_text(encoding="utf-8")
    assert run.returncode == 0, text
    # A job for each city, and once more for each of the two that were ended.
    submitted = re.findall(r"has been submitted with SLURM jobid (\d+)", text)
    assert submitted[:2] == sorted([first, second]) and len(submitted) == 4, text
    found = checkout.contents()
    assert found.keys() == local.keys()
    assert not [name for name in local if local[name] != found[name]]
