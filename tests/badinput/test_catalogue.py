"""The catalogue of bad input: each case is answered by a message that tells what to mend, or by
exactly the numbers of the study as it is; never by another exception, and never by half a file.
"""

import datetime
import errno
import os
import re
import signal
from pathlib import Path

import pytest
from broken_answers import ANSWERS, SAME, about_answering
from broken_files import DESIGN, PATHS, YAML
from broken_tables import SAME_TABLES, TABLES
from small_study import SmallStudy

from grassroots.study import raw_checks

FAULTS = [*YAML, *PATHS, *DESIGN, *ANSWERS, *TABLES]
ALIKE = [*SAME, *SAME_TABLES]
SECONDS = 60


def named(cases):
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.fixture
def study(tmp_path):
    """The small study; a case that takes longer than it may is a failure."""

    def late(*_):
        # No Exception: what reads files catches those.
        raise KeyboardInterrupt(f"still at it after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield SmallStudy(tmp_path / "study").write()
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_the_names_of_the_cases_differ():
    names = [case.name for case in (*FAULTS, *ALIKE)]
    assert len(set(names)) == len(names) >= 60


def test_the_small_study_has_no_fault(study):
    assert study.faults() == []


@pytest.mark.parametrize("case", named(FAULTS))
def test_a_message_tells_what_to_mend(study, case):
    case.broken(study)
    before = contents(study)
    faults = study.faults()
    assert contents(study) == before
    here = [fault for fault in faults if place(fault) == case.at and fault.where == case.where]
    found = [fault for fault in faults if fault.code == case.code]
    fault = next((each for each in here if each.code == case.code), None)
    assert fault, "\n".join(each.text("en") for each in found or faults)
    assert {each.code for each in faults} <= {case.code, *case.others}
    text = fault.text("en")
    assert all(words in text for words in case.says), text
    assert (fault.nearest, fault.edit) == (case.nearest, case.edit or fault.edit), text
    assert all(words in fault.text("zh") for words in case.zh), fault.text("zh")
    for each in faults:
        for language in ("en", "zh"):
            said = each.text(language)
            assert all(character.isprintable() for character in said.replace("\n", "")), said
            assert "13812345678" not in said
            assert len(said) < 2000, said
        assert english_in(each.text("zh")) == [], each.text("zh")


@pytest.mark.parametrize("case", named(ALIKE))
def test_what_is_written_otherwise_gives_the_same_numbers(study, case):
    plain = study.scores()
    case.broken(study)
    assert study.scores().equals(plain)


def english_in(text):
    """Words in English one after the other, outside of what is quoted, of files and of keys."""
    plain = re.sub(r'"[^"]*"|“[^”]*”|`[^`]*`|^\s*(?:改为|最接近的)：.*', " ", text, flags=re.M)
    return re.findall(r"(?<![\w./])[A-Za-z]{2,}(?: [a-z]{2,})+|[\[(][A-Za-z ]{3,}[\])]", plain)


def place(fault):
    return fault.file if fault.line is None else f"{fault.file}:{fault.line}"


def contents(study):
    """Every file but the memory of what was checked, with its size and its time of change."""
    return {
        str(path.relative_to(study.root)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in study.root.rglob("*")
        if ".snakemake" not in path.parts and not path.is_dir()
    }


def test_a_file_that_may_not_be_read_is_said_to_be_so(study, monkeypatch):
    """Whoever runs as root may read everything, so the system's refusal is played."""
    opened = Path.open

    def refused(path, *how, **more):
        if path.suffix == ".csv" or path.name == "claims.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refused)
    faults = {fault.code: fault for fault in study.faults()}
    assert set(faults) == {"F109", "S116"}
    assert "you may not read it" in faults["S116"].text("en")
    assert "没有读取权限" in faults["F109"].text("zh")


def test_a_memory_that_cannot_be_written_or_read_only_costs_a_second_look(study):
    memory = study.path(".snakemake/checked/small.json")
    assert study.faults() == []
    memory.write_text('{"key": ')
    assert study.faults() == []
    memory.unlink()
    memory.mkdir()
    assert study.faults() == []


def test_a_day_to_come_is_looked_at_again_when_it_has_come(study, monkeypatch):
    about_answering("submitted", "2099/1/1")(study)
    looked_at = []
    check = raw_checks._check
    monkeypatch.setattr(raw_checks, "_check", lambda *how: looked_at.append(1) or check(*how))
    for _ in range(2):
        assert [fault.code for fault in study.faults()] == ["D208"]
    assert len(looked_at) == 1

    class Later(datetime.date):
        @classmethod
        def today(cls):
            return cls(2099, 1, 1)

    monkeypatch.setattr(datetime, "date", Later)
    for _ in range(2):
        assert study.faults() == []
    assert len(looked_at) == 2


def test_300_000_rows_are_2_500_times_the_study(study):
    plain = study.scores()
    study.rows = study.rows * 2500
    study.csv()
    scores = study.scores()
    assert len(scores) == 300_000
    assert scores.iloc[-len(plain) :].reset_index(drop=True).equals(plain)
