"""Personal tokens planted in a raw export leave the reader by no way."""

import importlib

import pytest

from grassroots.intake.mapping import cell_text
from grassroots.intake.reading import read_raw
from grassroots.intake.recognition import recognise
from grassroots.run.tables import write_columns
from grassroots.study import sections
from grassroots.study.load import load_study

TOKENS = {
    "来自IP": "203.0.113.77(A省-S市)",
    "来源详情": "13812345678",
    "序号": "110101199003070011",
    "提交答卷时间": "2026/3/2 9:05:07",
    "备注": "planted.person@example.cn",
    "姓名": "王小明",
}


@pytest.fixture
def export(tmp_path, root):
    """City S's own export with the tokens planted, as csv beside its codebook."""
    raw = read_raw(root / "data/raw/city_s/responses.xlsx", "xlsx")
    columns = [*raw.columns, "备注", "姓名"]
    rows = [[cell_text(cell) for cell in row] + ["", ""] for row in raw.rows]
    for column, token in TOKENS.items():
        rows[0][columns.index(column)] = token
    path = tmp_path / "responses.csv"
    quoted = [",".join(f'"{cell}"' for cell in row) for row in [columns, *rows]]
    path.write_text("\n".join(quoted), "utf-8")
    return path


def test_planted_tokens_reach_no_byte_of_what_intake_writes(export, root, tmp_path):
    read_responses = importlib.import_module("read_responses")
    study = load_study(root)
    plan = sections.intake(study, study.datasets["city_s"])
    raw = read_raw(export, "csv")
    assert any(TOKENS["备注"] in row for row in raw.rows)
    responses = read_responses.main(raw, plan)
    write_columns(responses, tmp_path / "responses.parquet")
    written = (tmp_path / "responses.parquet").read_bytes() + repr(responses).encode()
    source = str(read_responses.source([export], recognise(export))).encode()
    for token in [*TOKENS.values(), "203.0.113", "9:05:07"]:
        assert token.encode() not in written + source, token
    assert b"2026-03-02" in written
    assert sum(responses["same_source"]) == 3


def test_tokens_in_a_sav_file_reach_no_byte_either(root, tmp_path):
    import pandas as pd
    import pyreadstat

    read_responses = importlib.import_module("read_responses")
    study = load_study(root)
    plan = sections.intake(study, study.datasets["jincheng"])
    source = root / "data/raw/jincheng/responses.sav"
    columns, about = pyreadstat.read_sav(source, user_missing=True, output_format="dict")
    data = pd.DataFrame(columns).assign(name="王小明", note="planted.person@example.cn")
    data.loc[0, "ip"] = "203.0.113.77"
    data.loc[0, "source"] = "13812345678"
    path = tmp_path / "responses.sav"
    pyreadstat.write_sav(
        data,
        path,
        column_labels=["110101199003070011"] * data.shape[1],
        variable_value_labels=about.variable_value_labels,
        missing_ranges=about.missing_ranges,
    )
    raw = read_raw(path, "sav")
    responses = read_responses.main(raw, plan)
    write_columns(responses, tmp_path / "responses.parquet")
    written = (tmp_path / "responses.parquet").read_bytes() + repr(responses).encode()
    written += str(read_responses.source([path], recognise(path))).encode()
    for token in ("王小明", "planted", "203.0.113", "13812345678", "110101199003070011"):
        assert token.encode() not in written, token
    assert sum(responses["same_source"]) >= 4
