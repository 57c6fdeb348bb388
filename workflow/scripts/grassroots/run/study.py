"""What `make study` runs: Snakemake, after clearing away what a killed run left behind.

Steps:
1. Where nothing can be written, say so and end with status 1.
2. Take the run lock. If another run is alive, say so, touch nothing and end with status 1.
3. If a run that is no longer alive left Snakemake's lock behind, remove it (`snakemake --unlock`).
4. Run `snakemake --rerun-incomplete` with the arguments given, and end with its exit status
   (130 after Ctrl-C).
5. Say where the results are.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from grassroots.run import run_lock
from grassroots.run.places import closed_places
from grassroots.study.faults import Fault, catalogue, faults_text
from grassroots.study.yaml_source import load_yaml

LANGUAGES = ("en", "zh")
SNAKEMAKE_LOCKS = Path(".snakemake", "locks")
INDEX = Path("results", "index.html")

# Snakemake started by hand locks first and takes the run lock a moment later, when its first job is
# about to start. A Snakemake lock younger than this (seconds) may belong to such a run.
GRACE = 3.0

# What a shell makes of Ctrl-C; files that were being written are then still there, half written.
INTERRUPTED = 130


def main(arguments: list[str], root: Path) -> int:
    """Run the study in the checkout at ``root``; return the exit status."""
    language = language_of(root)
    said = catalogue(language)
    closed = closed_places(root)
    if closed:
        say(faults_text(closed, language))
        return 1
    try:
        lock = take_run_lock(root)
    except OSError as error:
        say(said["no_locks"].format(detail=error.strerror))
        return snakemake(["--rerun-incomplete", *arguments], root, [])
    if lock is None:
        alive = Fault("R101", str(run_lock.LOCK_FILE), words={"process": run_lock.holder(root)})
        say(faults_text([alive], language))
        return 1
    if locked_since(root) is not None:
        say(said["cut_short"])
        status = snakemake(["--unlock", "--quiet", "all"], root, [lock])
        if status != 0:
            return status
    status = snakemake(["--rerun-incomplete", *arguments], root, [lock])
    index = (root / INDEX).resolve()
    if status != INTERRUPTED and index.exists():
        say(str(index) if status == 0 else said["built_in_part"].format(index=index))
    return status


def language_of(root: Path) -> str:
    """The language of messages that config.yaml names first; English where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        first = load_yaml((root / "config.yaml").read_text(encoding="utf-8"))[0]["languages"][0]
        if first in LANGUAGES:
            return first
    return "en"


def take_run_lock(root: Path) -> int | None:
    """Take the run lock, giving a run that is just starting the time to take it first.

    Returns its descriptor, or None if another run is alive.
    """
    lock = run_lock.take(root)
    since = locked_since(root)
    if lock is None or since is None:
        return lock
    remaining = min(GRACE, since + GRACE - time.time())
    if remaining <= 0:
        return lock
    os.close(lock)
    time.sleep(remaining)
    return run_lock.take(root)


def locked_since(root: Path) -> float | None:
    """Return when Snakemake last marked the checkout as in use (seconds since 1970), or None."""
    times = []
    for path in (root / SNAKEMAKE_LOCKS).glob("*.lock"):
        with contextlib.suppress(FileNotFoundError):  # that run has just ended
            times.append(path.stat().st_mtime)
    return max(times, default=None)


def snakemake(arguments: list[str], root: Path, locks: list[int]) -> int:
    """Run Snakemake, which keeps ``locks`` even if this process is killed; return its exit status.

    Ctrl-C reaches Snakemake directly, since it belongs to the same process group: this process only
    waits for it, and returns INTERRUPTED. A request to terminate, which is sent to one process, is
    passed on.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-m", "snakemake", *arguments]
    interrupts: list[int] = []
    # A handler, unlike SIG_IGN, is not inherited by Snakemake.
    signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    process = subprocess.Popen(command, cwd=root, env=environment, pass_fds=locks)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        status = process.wait()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if status != 0 and interrupts:
        return INTERRUPTED
    return status if status >= 0 else 128 - status


def say(text: str) -> None:
    """Write one line to the terminal."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
