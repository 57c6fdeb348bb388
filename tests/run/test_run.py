import os
import sys
from types import SimpleNamespace

import pandas as pd
import pytest

from grassroots.run.log import logged
from grassroots.run.output_cache import VARIABLE, OpenCacheFolder, between_checkouts
from grassroots.run.seeds import derived_seed
from grassroots.run.tables import (
    read_respondents,
    read_rows,
    read_table,
    stacked,
    write_columns,
    write_respondents,
    write_respondents_table,
    write_rows,
    write_table,
)


def test_that_data_are_simulated_stands_in_every_row(tmp_path):
    write_table(pd.DataFrame({"a": [1, 2]}), tmp_path / "t.csv", {"data": "simulated"})
    write_rows([{"a": "1"}, {"a": "2"}], ["a"], tmp_path / "r.csv", {"data": "simulated"})
    for name in ("t.csv", "r.csv"):
        assert (tmp_path / name).read_text() == "a,data\n1,simulated\n2,simulated\n"


def test_rows_of_respondents_keep_every_digit_and_gaps_are_empty(tmp_path):
    table = pd.DataFrame(
        {
            "respondent": ["r1", "r2"],
            "value": pd.array([0.1 + 0.2, None], dtype="Float64"),
            "shown": pd.array([True, None], dtype="boolean"),
        }
    )
    write_respondents_table(table, tmp_path / "a.csv", {"data": "simulated"})
    assert (tmp_path / "a.csv").read_bytes() == (
        b"respondent,value,shown,data\nr1,0.30000000000000004,true,simulated\nr2,,,simulated\n"
    )


def test_a_table_survives_to_the_last_bit(tmp_path):
    table = pd.DataFrame({"a": [0.1 + 0.2, None], "b": ["NA", None], "中": ["x,y", 'q"']})
    write_table(table, tmp_path / "t.csv", {})
    back = read_table(tmp_path / "t.csv")
    assert back["a"][0] == 0.1 + 0.2
    assert back["b"].tolist()[0] == "NA"
    assert pd.isna(back["b"][1])
    assert (tmp_path / "t.csv").read_bytes().count(b"\r") == 0
    assert read_rows(tmp_path / "t.csv")[0] == {"a": "0.30000000000000004", "b": "NA", "中": "x,y"}


def test_no_rows_leave_the_header(tmp_path):
    write_rows([], ["a", "b"], tmp_path / "t.csv", {})
    assert (tmp_path / "t.csv").read_text() == "a,b\n"
    assert list(stacked([], ["a"]).columns) == ["a"]


def test_seeds_differ_by_rule_and_dataset_and_are_the_same_everywhere():
    seeds = {derived_seed(s, r, d) for s in (1, 2) for r in ("a", "b") for d in ("x", "y")}
    assert len(seeds) == 8
    assert derived_seed(20261122, "fit_sem", "political_democracy") == 7010096444390403595


def test_the_cache_is_off_unless_asked_for():
    assert between_checkouts({}) is False
    assert between_checkouts({VARIABLE: ""}) is False


def test_a_cache_folder_must_be_private(tmp_path):
    folder = tmp_path / "cache"
    with pytest.raises(OpenCacheFolder, match="not a folder"):
        between_checkouts({VARIABLE: str(folder)})
    folder.mkdir()
    os.chmod(folder, 0o755)
    with pytest.raises(OpenCacheFolder, match="chmod 700"):
        between_checkouts({VARIABLE: str(folder)})
    os.chmod(folder, 0o700)
    assert between_checkouts({VARIABLE: str(folder)}) is True


def test_row_level_data_survives(tmp_path):
    write_columns({"respondent": ["a", "b"], "x": [1.0, None], "y": [None, None]}, tmp_path / "r")
    back = read_respondents(tmp_path / "r")
    assert back["x"].dtype == "float64"
    assert back["y"].isna().all()
    write_respondents(back.assign(z=[0.1, 0.2]), tmp_path / "s")
    assert read_respondents(tmp_path / "s")["z"].tolist() == [0.1, 0.2]


def job(tmp_path):
    return SimpleNamespace(log=[str(tmp_path / "logs" / "job.log")], rule="fit_cfa")


def fail(tmp_path):
    with logged(job(tmp_path)):
        sys.stdout.write("working\n")
        raise ValueError("item x1 is constant\nmore")


def test_a_failing_job_says_one_line_and_keeps_the_rest_in_its_log(tmp_path, capsys):
    with pytest.raises(SystemExit, match="1"):
        fail(tmp_path)
    said = capsys.readouterr().err
    assert said.startswith("fit_cfa: item x1 is constant (see ")
    assert said.count("\n") == 1
    log = (tmp_path / "logs" / "job.log").read_text()
    for part in ("working", "Traceback", "item x1 is constant"):
        assert part in log


def test_a_job_that_ends_well_says_nothing(tmp_path, capsys):
    with logged(job(tmp_path)):
        sys.stdout.write("working\n")
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""
