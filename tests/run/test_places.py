"""Folders that cannot be written, as the system tells of them and as the user is told."""

import errno
import logging
import os
import sys
from types import SimpleNamespace

import pytest

from grassroots.run import log, places


def refuse(monkeypatch, number, inside):
    """Nothing can be written into one folder, for the reason of this number."""
    made = places.tempfile.TemporaryFile

    def refusing(dir, **how):
        if dir == inside:
            raise OSError(number, os.strerror(number), str(dir))
        return made(dir=dir, **how)

    monkeypatch.setattr(places.tempfile, "TemporaryFile", refusing)


@pytest.mark.parametrize(
    ("number", "code", "says"),
    [
        (errno.EACCES, "R102", "you may not write there"),
        (errno.EPERM, "R102", "you may not write there"),
        (errno.EROFS, "R102", "read-only"),
        (errno.ENOSPC, "R103", "the disk is full"),
        (errno.EDQUOT, "R103", "the disk is full"),
    ],
)
def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path, monkeypatch, number, code, says):
    (tmp_path / "results").mkdir()
    refuse(monkeypatch, number, tmp_path / "results")
    (fault,) = places.closed_places(tmp_path)
    assert (fault.code, fault.file) == (code, "results")
    assert says in fault.text("en")


def test_folders_that_are_yet_to_be_made_count_as_theirs(tmp_path, monkeypatch):
    assert places.closed_places(tmp_path) == []
    refuse(monkeypatch, errno.EROFS, tmp_path / ".")
    assert [fault.file for fault in places.closed_places(tmp_path)] == ["."]
    for name in places.WRITTEN:
        (tmp_path / name).mkdir()
    assert places.closed_places(tmp_path) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_little_room_is_told_after_a_failure(tmp_path, monkeypatch):
    (tmp_path / "results").mkdir()
    free = [places.SCARCE, places.SCARCE - 1]
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: SimpleNamespace(free=free.pop(0)))
    assert places.full_places(tmp_path) == []
    assert [fault.code for fault in places.full_places(tmp_path)] == ["R103"]


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        (
            "Traceback (most recent call last):\n  File ...\n"
            "OSError: [Errno 30] Read-only file system: '{root}/results/a.csv'\n",
            "[R102] results/a.csv",
        ),
        ("PermissionError: [Errno 13] Permission denied: 'logs/x'", "[R102] logs/x"),
        ("OSError in file Snakefile: [Errno 28] No space left on device", "[R103] ."),
        ("FileNotFoundError: [Errno 2] No such file: 'x'", "FileNotFoundError"),
        ("CalledProcessError in file x.smk, line 3", "CalledProcessError"),
    ],
)
def test_snakemakes_report_is_put_into_words(tmp_path, message, begins):
    record = logging.LogRecord("snakemake", logging.ERROR, "", 0, "%s", (), None)
    record.args = (message.format(root=tmp_path),)
    assert places.InWords(tmp_path, "en").filter(record)
    assert record.getMessage().startswith(begins)
    assert "Traceback" not in record.getMessage()


def test_a_dataset_that_there_is_none_of_is_told_without_a_traceback(tmp_path):
    said = "[C120] config.yaml\n  there is no dataset\n1 to mend."
    reported = f"Error:\n  StudyError: {said}\nWildcards:\n  dataset=b\nTraceback:\n  F"
    record = logging.LogRecord("snakemake", logging.ERROR, "", 0, "%s", (reported,), None)
    assert places.InWords(tmp_path, "en").filter(record)
    assert record.getMessage() == said


LEFT_OUT = [
    'RuleException:\nCalledProcessError in file "/x/report.smk", line 97:\n'
    "Command 'python /x/.snakemake/scripts/tmp9w56nue_.left_out.py' returned non-zero status 1.",
    "Error in rule left_out, jobid: 2",
]
ENDINGS = [
    "Exiting because a job execution failed. Look above for error messages",
    "WorkflowError:\nAt least one job did not complete successfully.",
]


@pytest.mark.parametrize(
    ("messages", "passed"),
    [
        (LEFT_OUT + ENDINGS, []),
        (ENDINGS, ENDINGS),
        (["Error in rule fit_cfa, jobid: 1", *LEFT_OUT, *ENDINGS],
         ["Error in rule fit_cfa, jobid: 1", *ENDINGS]),
        ([*LEFT_OUT, "Error in rule left_outside, jobid: 1", *ENDINGS],
         ["Error in rule left_outside, jobid: 1", *ENDINGS]),
    ],
)  # fmt: skip
def test_that_a_dataset_was_left_out_is_not_said_again(tmp_path, messages, passed):
    words = places.InWords(tmp_path, "en")
    records = [logging.LogRecord("", logging.ERROR, "", 0, each, (), None) for each in messages]
    assert [each.getMessage() for each in records if words.filter(each)] == passed


def test_outputs_that_snakemake_finds_protected_are_a_closed_folder(tmp_path):
    record = logging.LogRecord("snakemake", logging.ERROR, "", 0, "Write-protected ...", (), None)
    record.exception = "ProtectedOutputException"
    assert places.InWords(tmp_path, "en").filter(record)
    assert record.getMessage().startswith("[R102] results")


def test_a_job_on_a_full_disk_says_so_in_the_configured_language(tmp_path, monkeypatch, capsys):
    def fail():
        with log.logged(SimpleNamespace(log=[str(tmp_path / "no" / "job.log")], rule="fit_cfa")):
            sys.stdout.write("working\n")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "results/a.csv")

    monkeypatch.setenv(log.FULL, "[R103] 磁盘已满")
    (tmp_path / "no").touch()  # there is no room for the log either
    with pytest.raises(SystemExit):
        fail()
    assert capsys.readouterr().err.startswith("fit_cfa: [R103] 磁盘已满")
