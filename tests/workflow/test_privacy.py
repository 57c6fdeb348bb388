"""Personal tokens planted in a raw export reach no byte of what a run leaves behind."""

import pandas as pd
import pytest
import xlsxwriter

from grassroots.intake.mapping import cell_text
from grassroots.intake.reading import read_raw

# In columns that are mapped for screening only, and in columns that nothing maps.
PLANTED = {
    "序号": "110101199003070011",
    "提交答卷时间": "2026/3/2 9:05:07",
    "来源详情": "13812345678",
    "来自IP": "203.0.113.77(A省-S市)",
    "备注": "planted.person@example.cn",
    "姓名": "王小明",
    "微信": "wxid_planted123",
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, copy_of_project):
    checkout = copy_of_project(tmp_path_factory.mktemp("privacy"))
    plant(checkout.folder / "data/raw/city_s/responses.xlsx")
    checkout.build("results/city_s/report.html", "--config", "draws=100")
    return checkout


def plant(path):
    """Write the export anew with the tokens in its first answers."""
    raw = read_raw(path, "xlsx")
    columns = [*raw.columns, *(name for name in PLANTED if name not in raw.columns)]
    rows = [[*map(cell_text, row), *[""] * (len(columns) - len(row))] for row in raw.rows]
    for column, token in PLANTED.items():
        rows[0][columns.index(column)] = token
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([columns, *rows]):
            sheet.write_row(number, 0, row)


def readable(path) -> bytes:
    """The bytes of a file; of a compressed one, what is in it."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv().encode()
    return path.read_bytes()


def test_the_tokens_are_in_the_raw_file(checkout):
    raw = read_raw(checkout.folder / "data/raw/city_s/responses.xlsx", "xlsx")
    assert set(PLANTED.values()) <= {cell_text(cell) for cell in raw.rows[0]}


@pytest.mark.parametrize("place", ["results", "logs", ".snakemake"])
def test_no_token_is_left_behind(checkout, place):
    files = [path for path in (checkout.folder / place).rglob("*") if path.is_file()]
    assert files
    # Of the time of submission the day may stay, for screening; the minute may not.
    tokens = [*PLANTED.values(), "203.0.113", "9:05:07", "09:05:07"]
    for path in files:
        content = readable(path)
        for token in tokens:
            assert token.encode() not in content, f"{token} in {path}"


def test_no_address_of_anybody_goes_further(checkout):
    for path in (checkout.folder / "results").rglob("*"):
        if path.is_file():
            content = readable(path)
            for network in (b"192.0.2.", b"198.51.100.", b"203.0.113."):
                assert network not in content, path
