"""`make study` against runs that are alive, killed, broken or interrupted: all real Snakemake."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from grassroots.run import run_lock, study

SNAKEFILE = """
import sys
from pathlib import Path

sys.path.insert(0, {scripts!r})
import logging
from grassroots.run import run_lock
from grassroots.run.places import InWords

logging.getLogger("snakemake.logging").addFilter(InWords(Path(), "en"))

onstart:
    run_lock.hold(Path())

rule all:
    input: "results/index.html"

rule index:
    output: "results/index.html"
    shell: "echo half > {{output}}; touch begun; while [ ! -e go ]; do sleep .05; done;"
           " [ ! -e broken ]; echo whole > {{output}}"
"""


class Checkout:
    """A folder with a workflow of one job, which begins, and ends once `go` exists."""

    def __init__(self, path, scripts):
        self.path = path
        self.environment = os.environ | {"PYTHONPATH": scripts}
        self.processes = []
        (path / "Snakefile").write_text(SNAKEFILE.format(scripts=scripts))

    def start(self, module, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", module, "--cores", "1", *arguments],
            cwd=self.path,
            env=self.environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def study(self, *arguments):
        return self.start("grassroots.run.study", *arguments)

    def snakemake(self):
        return self.start("snakemake")

    def wait_until_begun(self):
        self.wait_for(lambda: (self.path / "begun").exists())

    def wait_for(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def go(self):
        (self.path / "go").touch()

    def locks(self):
        return sorted(path.name for path in (self.path / ".snakemake" / "locks").glob("*"))

    def make_locks_old(self):
        for path in (self.path / ".snakemake" / "locks").glob("*"):
            os.utime(path, (0, 0))

    def result(self):
        return (self.path / "results" / "index.html").read_text()


@pytest.fixture
def checkout(tmp_path, scripts):
    made = Checkout(tmp_path, scripts)
    yield made
    for process in made.processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def end(process):
    _, messages = process.communicate(timeout=60)
    return process.returncode, messages


def test_a_run_ends_with_the_place_of_the_report(checkout):
    checkout.go()
    status, messages = end(checkout.study())
    assert status == 0
    assert messages.splitlines()[-1] == str(checkout.path / "results" / "index.html")


def test_a_failed_job_is_a_failed_run(checkout):
    checkout.go()
    (checkout.path / "broken").touch()
    status, messages = end(checkout.study())
    assert status == 1
    assert "index.html" not in messages.splitlines()[-1]


def test_what_there_is_is_named_after_a_failure(checkout):
    checkout.go()
    snakefile = checkout.path / "Snakefile"
    more = snakefile.read_text().replace('.html"', '.html", "never"', 1)
    snakefile.write_text(more + '\nrule never:\n    output: "never"\n    shell: "exit 3"\n')
    status, messages = end(checkout.study("--keep-going"))
    assert status == 1
    assert messages.splitlines()[-1].startswith("Not everything was built")
    assert messages.splitlines()[-1].endswith("results/index.html")


@pytest.mark.parametrize("begun_with", ["study", "snakemake"])
def test_a_killed_run_is_taken_up(checkout, begun_with):
    killed = getattr(checkout, begun_with)()
    checkout.wait_until_begun()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert checkout.locks()
    assert checkout.result() == "half\n"

    checkout.go()
    status, messages = end(checkout.snakemake())
    assert status == 1, "Snakemake started by hand clears nothing away"
    assert "[R104]" in messages and "make study" in messages
    assert checkout.locks()

    checkout.make_locks_old()
    status, messages = end(checkout.study())
    assert status == 0, messages
    assert "cut short" in messages
    assert checkout.result() == "whole\n"
    assert not checkout.locks()


@pytest.mark.parametrize("begun_with", ["study", "snakemake"])
def test_a_living_run_is_left_alone(checkout, begun_with):
    alive = getattr(checkout, begun_with)()
    checkout.wait_until_begun()
    checkout.make_locks_old()
    locks = checkout.locks()
    assert locks

    status, messages = end(checkout.study())
    assert status == 1
    assert "[R101]" in messages and f"(process {alive.pid})" in messages
    # Snakemake begun by hand keeps off as well.
    status, messages = end(checkout.snakemake())
    assert status == 1
    assert "[R101]" in messages and f"(process {alive.pid})" in messages
    assert checkout.locks() == locks

    checkout.go()
    status, messages = end(alive)
    assert status == 0, messages
    assert checkout.result() == "whole\n"


def test_a_snakemake_that_outlives_its_study_counts_as_alive(checkout):
    killed = checkout.study()
    checkout.wait_until_begun()
    checkout.make_locks_old()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    status, messages = end(checkout.study())
    assert status == 1
    assert "[R101]" in messages


def test_interrupt_ends_the_run_cleanly(checkout):
    interrupted = checkout.study()
    checkout.wait_until_begun()
    os.killpg(interrupted.pid, signal.SIGINT)  # what Ctrl-C does
    status, messages = end(interrupted)
    assert status == study.INTERRUPTED
    assert "Traceback" not in messages
    assert "What there is" not in messages, "the page is half written"
    assert not checkout.locks()
    checkout.go()
    assert end(checkout.study())[0] == 0
    assert checkout.result() == "whole\n"


def test_a_request_to_terminate_reaches_snakemake(checkout):
    terminated = checkout.study()
    checkout.wait_until_begun()
    os.kill(terminated.pid, signal.SIGTERM)
    checkout.go()  # Snakemake lets the job that runs come to its end
    status, messages = end(terminated)
    assert status == 1, "of Snakemake, which began no further job"
    assert "Traceback" not in messages
    assert not checkout.locks()


def test_a_run_that_is_just_starting_gets_the_time_to_take_the_lock(tmp_path, monkeypatch):
    locks = tmp_path / ".snakemake" / "locks"
    locks.mkdir(parents=True)
    (locks / "0.output.lock").touch()
    taken = []
    monkeypatch.setattr(study.time, "sleep", lambda _: taken.append(run_lock.take(tmp_path)))
    assert study.take_run_lock(tmp_path) is None
    assert len(taken) == 1
    os.close(taken[0])


def test_messages_follow_the_language_that_the_configuration_names_first(checkout):
    (checkout.path / "config.yaml").write_text("languages: [zh, en]\n")
    checkout.study()
    checkout.wait_until_begun()
    assert "另有一次运行" in end(checkout.study())[1]
    for broken in ("languages: 7", "languages: []", "languages: [zh", "[]", "languages: [fr]"):
        (checkout.path / "config.yaml").write_text(broken)
        assert study.language_of(checkout.path) == "en"


def test_where_the_file_system_has_no_locks_nothing_is_unlocked(checkout, monkeypatch):
    def no_locks(_root):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(study.run_lock, "take", no_locks)
    locks = checkout.path / ".snakemake" / "locks"
    locks.mkdir(parents=True)
    (locks / "0.output.lock").write_text("results/index.html\n")
    checkout.go()
    assert study.main(["--cores", "1", "--quiet", "all"], checkout.path) == 1
    assert checkout.locks() == ["0.output.lock"]
