"""The log of a job: what it printed and, if it failed, why."""

import contextlib
import errno
import logging
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

# What to say of a full disk, in the configured language: set by the run that starts the jobs.
FULL = "GRASSROOTS_DISK_FULL"


@contextlib.contextmanager
def logged(snakemake: Any, shown: Callable[[str], str] = str) -> Iterator[None]:
    """Send all output of the block to the rule's log; a failure ends in one line that names it.

    The traceback goes to the log, which a developer reads; the person at the terminal sees what
    failed, the first line of the reason, and where the rest is. Both are first passed through
    `shown`: where raw files are read, the sentence of a library may quote a value.
    """
    path = Path(snakemake.log[0])
    terminal = sys.stderr
    with (
        _written(path) as log,
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
        warnings.catch_warnings(),
    ):
        logging.basicConfig(stream=log, level=logging.INFO, format="%(levelname)s %(message)s")
        try:
            yield
        except Exception as error:
            with contextlib.suppress(OSError):
                log.write(shown(traceback.format_exc()))
            reason = (str(error) or type(error).__name__).splitlines()[0]
            if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
                reason = os.environ.get(FULL, reason)
            terminal.write(f"{snakemake.rule}: {shown(reason)} (see {path})\n")
            raise SystemExit(1) from None


@contextlib.contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    """The log for writing. Where there is no room for it, that is not why a job fails."""
    log = _opened(path)
    try:
        yield log
    finally:
        with contextlib.suppress(OSError):
            log.close()


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8")
    except OSError:
        return Path(os.devnull).open("w", encoding="utf-8")
