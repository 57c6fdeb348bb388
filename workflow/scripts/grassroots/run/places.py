"""The folder that a run works in: whether it can be written, and what another run left in it.

Snakemake meets a full disk, or a folder that cannot be written, as an exception deep in its code.
Here such a folder is found before the first job, by writing into it, and what is met only on the
way is put into the words that every fault of the study has.
"""

import errno
import logging
import os
import re
import shutil
import tempfile
from pathlib import Path

from grassroots.run import run_lock
from grassroots.study.faults import Fault, faults_text

WRITTEN = (".snakemake", "results", "logs")

# How much is written to try a folder, in bytes: no file system keeps that in the folder itself.
PROBE = 65536

# With less room than this (bytes) a run that has failed has most likely failed for want of it.
SCARCE = 32 * 1024**2

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = {
    errno.EROFS: "os_read_only",
    errno.EACCES: "os_not_yours",
    errno.EPERM: "os_not_yours",
}

# What Snakemake calls its locks, and files that were being written, of a run that is not this one.
LEFT_BY_OTHERS = ("LockException", "IncompleteFilesException")

# How Snakemake reports a StudyError of a function of the rules.
_TOLD = re.compile(r"  StudyError: (.*?)\n(?:Wildcards|Traceback):", re.S)
# The job that fails on purpose (its words are its own), and how Snakemake ends after any failure.
_ON_PURPOSE = re.compile(r"^Error in rule left_out\b|^RuleException:[^\0]*\.left_out\.py")
_ENDINGS = ("Exiting because a job execution failed", "At least one job did not complete")

_RAISED = re.compile(r"\[Errno (\d+)\] [^:\n]*(?:: '([^'\n]*)')?")


def closed_places(root: Path) -> list[Fault]:
    """A fault for each folder of the checkout at ``root`` that a run could not write into.

    A folder that is yet to be made counts as the one that it will be made in.
    """
    places = {name if (root / name).is_dir() else "." for name in WRITTEN}
    return [
        fault for name in sorted(places) for fault in _place_faults(name, _refusal(root / name))
    ]


def full_places(root: Path) -> list[Fault]:
    """A fault for the first folder with so little room that a failed run failed for want of it."""
    for name in WRITTEN:
        if (root / name).is_dir() and shutil.disk_usage(root / name).free < SCARCE:
            return [Fault("R103", name)]
    return []


class InWords(logging.Filter):
    """Turns Snakemake's report of what the user can mend into the fault that it is.

    That is a full disk or a closed folder, and what another run that is alive, or one that was
    killed, has left in the checkout at ``root``. That a job failed on purpose, because a dataset
    was left out, is not said again where nothing else failed. All else is passed on as it is.
    """

    def __init__(self, root: Path, language: str) -> None:
        super().__init__()
        self.root = root
        self.language = language
        self.on_purpose = self.otherwise = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record passes, in words if it can be put into them."""
        if record.levelno < logging.ERROR:
            return True
        message = record.getMessage()
        if _ON_PURPOSE.search(message):
            self.on_purpose = True
            return False
        if any(ending in message for ending in _ENDINGS):
            return self.otherwise or not self.on_purpose
        self.otherwise = True
        if faults := self._faults(record):
            record.msg, record.args = faults_text(faults, self.language), ()
        elif told := _TOLD.search(message):
            record.msg, record.args = told[1], ()
        return True

    def _faults(self, record: logging.LogRecord) -> list[Fault]:
        exception = getattr(record, "exception", "")
        if exception in LEFT_BY_OTHERS:
            holder = run_lock.alive(self.root)
            words = {"process": holder}
            return [Fault("R101" if holder else "R104", str(run_lock.LOCK_FILE), words=words)]
        if exception == "ProtectedOutputException":
            return closed_places(self.root) or _place_faults("results", errno.EACCES)
        raised = _RAISED.findall(record.getMessage())
        if not raised:
            return []
        number, path = raised[-1]
        name = os.path.relpath(path, self.root.resolve()) if path.startswith("/") else path
        return _place_faults(name or ".", int(number))


def _refusal(folder: Path) -> int:
    """The number of the system's error if nothing can be written there; 0 if it can.

    The file has no name, so that it leaves nothing behind even if this process is killed.
    """
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(bytes(PROBE))
    except OSError as error:
        return error.errno or 0
    return 0


def _place_faults(name: str, number: int) -> list[Fault]:
    """The fault behind the system's error of this number there; none if it is another matter."""
    if number in FULL:
        return [Fault("R103", name)]
    if number in CLOSED:
        return [Fault("R102", name, phrases={"detail": CLOSED[number]})]
    return []
