"""The run lock: tells whether a run of the study is alive.

Snakemake's own lock is a set of files that stays behind when a run is killed, so it cannot tell a
dead run from a living one. This one is an advisory lock of the operating system (flock) on
``.snakemake/run.lock``: the kernel drops it when the last process that holds it ends, however it
ends. The file itself stays and means nothing.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
from pathlib import Path

LOCK_FILE = Path(".snakemake", "run.lock")


def take(root: Path) -> int | None:
    """Take the run lock of the checkout at ``root`` for as long as this process lives.

    Returns the descriptor that holds the lock, or None if another process holds it. The descriptor
    is not closed by itself: hand it to a child process (``pass_fds``) and the lock lives until both
    have ended; close it to let go. The file then holds the number of this process, for messages.

    Raises OSError if the file system knows no locks (some cluster file systems).
    """
    path = root / LOCK_FILE
    path.parent.mkdir(exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def hold(root: Path) -> None:
    """Take the run lock for a run that Snakemake has already let start.

    Nothing happens if it is taken: then it is held by the `make study` that started this run, or
    the user told Snakemake not to lock. Nothing happens either where there are no locks.
    """
    with contextlib.suppress(OSError):
        take(root)


def alive(root: Path) -> str:
    """Return the number of another process whose run of the study is alive; empty if there is none.

    The `make study` that started this process is no other.
    """
    with contextlib.suppress(OSError):
        descriptor = take(root)
        if descriptor is None:
            number = holder(root)
            return "" if number == str(os.getppid()) else number
        os.close(descriptor)
    return ""


def holder(root: Path) -> str:
    """Return the number of the process that last took the lock; empty if there is none."""
    path = root / LOCK_FILE
    return path.read_text().strip() if path.exists() else ""


def main(command: list[str], root: Path) -> int:
    """Run a command that holds the run lock; its exit status, or 1 if another process holds it.

    For what comes before the packages are installed: needs nothing but Python.
    """
    locks = []
    with contextlib.suppress(OSError):
        lock = take(root)
        if lock is None:
            number = holder(root)
            sys.stderr.write(
                f"[R101] another run is alive in this folder (process {number}): wait for it\n"
                f"       此文件夹中另有一次运行尚未结束（进程 {number}）：请等它完成\n"
            )
            return 1
        locks.append(lock)
    return subprocess.run(command, cwd=root, pass_fds=locks).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
