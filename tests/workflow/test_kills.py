"""A run that is killed at any moment is taken up by the same command, to the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

KILLS = 20
SEED = 20261122


@pytest.mark.slow
def test_a_run_killed_twenty_times_ends_in_the_bytes_of_an_undisturbed_one(finished_copy):
    """SIGKILL to the process group, at random moments of as many builds as it takes."""
    checkout, expected = finished_copy, finished_copy.contents()
    began = time.monotonic()
    forget(checkout)
    assert checkout.study()[0] == 0
    whole = time.monotonic() - began

    forget(checkout)
    moments = random.Random(SEED)
    killed, at_work = [], 0
    while len(killed) < KILLS:
        process = checkout.start_study()
        moment = moments.uniform(0, whole)
        try:
            printed, _ = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            killed.append(round(moment, 2))
            at_work += any((checkout.folder / ".snakemake" / "incomplete").glob("*"))
            continue
        assert process.returncode == 0, printed
        assert checkout.contents() == expected, f"killed after {killed} seconds"
        forget(checkout)
    status, printed = checkout.study()
    print(f"killed after {killed} seconds, {at_work} times with a job at work")  # noqa: T201
    assert status == 0, printed
    assert checkout.contents() == expected, f"killed after {killed} seconds"
    assert at_work, "no kill met a job at work"
    assert checkout.pending() == set()


def forget(checkout):
    """As before the first run, but for what is committed."""
    for place in ("results", ".snakemake", "logs"):
        for path in (checkout.folder / place).iterdir():
            if path.name != "README.md":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
