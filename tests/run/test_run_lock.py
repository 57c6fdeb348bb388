"""The run lock, held by real processes."""

import os
import subprocess
import sys

from grassroots.run import run_lock

HOLDER = """
import sys, time
from pathlib import Path
from grassroots.run import run_lock
print(run_lock.take(Path(sys.argv[1])) is not None, flush=True)
time.sleep(600)
"""


def start_holder(root, scripts):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        env=os.environ | {"PYTHONPATH": scripts},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "True\n"
    return process


def test_one_holder_at_a_time_and_none_after_it_was_killed(tmp_path, scripts):
    holder = start_holder(tmp_path, scripts)
    assert run_lock.take(tmp_path) is None
    assert run_lock.holder(tmp_path) == str(holder.pid)
    holder.kill()
    holder.wait()
    descriptor = run_lock.take(tmp_path)
    assert descriptor is not None
    assert run_lock.holder(tmp_path) == str(os.getpid())
    os.close(descriptor)


def test_a_child_that_was_given_the_lock_keeps_it(tmp_path):
    descriptor = run_lock.take(tmp_path)
    child = subprocess.Popen(["sleep", "600"], pass_fds=[descriptor])
    os.close(descriptor)
    assert run_lock.take(tmp_path) is None
    child.kill()
    child.wait()
    descriptor = run_lock.take(tmp_path)
    assert descriptor is not None
    os.close(descriptor)


def test_to_hold_a_lock_that_is_taken_is_no_error(tmp_path):
    descriptor = run_lock.take(tmp_path)
    run_lock.hold(tmp_path)
    os.close(descriptor)
    run_lock.hold(tmp_path)
    assert run_lock.take(tmp_path) is None


def test_no_holder_before_the_first_run(tmp_path):
    assert run_lock.holder(tmp_path) == ""
