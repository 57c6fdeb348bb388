"""The log of a job: what it printed and, if it failed, why."""

import contextlib
import logging
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def logged(snakemake: Any, shown: Callable[[str], str] = str) -> Iterator[None]:
    """Send all output of the block to the rule's log; a failure ends in one line that names it.

    The traceback goes to the log, which a developer reads; the person at the terminal sees what
    failed, the first line of the reason, and where the rest is. Both are first passed through
    `shown`: where raw files are read, the sentence of a library may quote a value.
    """
    path = Path(snakemake.log[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    terminal = sys.stderr
    with (
        path.open("w", encoding="utf-8") as log,
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
        warnings.catch_warnings(),
    ):
        logging.basicConfig(stream=log, level=logging.INFO, format="%(levelname)s %(message)s")
        try:
            yield
        except Exception as error:
            log.write(shown(traceback.format_exc()))
            reason = (str(error) or type(error).__name__).splitlines()[0]
            terminal.write(f"{snakemake.rule}: {shown(reason)} (see {path})\n")
            raise SystemExit(1) from None
