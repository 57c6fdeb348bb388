"""Personal tokens planted in a raw export reach no byte of what a run leaves behind."""

import csv

import pandas as pd
import pyreadstat
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
# The same in an SPSS file, whose columns are called otherwise.
SPSS_NAMES = {
    "序号": "serial",
    "提交答卷时间": "submittime",
    "来源详情": "source",
    "来自IP": "ip",
    "备注": "note",
    "姓名": "name",
    "微信": "wechat",
}
DATASETS = ("city_s", "m_county", "jincheng")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, copy_of_project):
    checkout = copy_of_project(tmp_path_factory.mktemp("privacy"))
    folder = checkout.folder / "data/raw"
    plant_xlsx(folder / "city_s/responses.xlsx")
    plant_csv(folder / "m_county/responses.csv")
    plant_sav(folder / "jincheng/responses.sav")
    pages = [f"results/{dataset}/report.html" for dataset in DATASETS]
    checkout.build(*pages, "--config", "draws=100")
    return checkout


def plant_xlsx(path):
    """Write the export anew with the tokens in its first answers."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(planted(path, "xlsx")):
            sheet.write_row(number, 0, row)


def plant_csv(path):
    """The same in a csv file of GB18030."""
    rows = planted(path, "csv")
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)


def plant_sav(path):
    """The same in an SPSS file, and in the words about the file and its columns."""
    columns, about = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    data = pd.DataFrame(columns)
    for name, token in PLANTED.items():
        column = SPSS_NAMES[name]
        data[column] = data.get(column, pd.Series("", index=data.index))
        data.loc[0, column] = token
    tokens = list(PLANTED.values())
    pyreadstat.write_sav(
        data,
        path,
        file_label=tokens[4],
        note=tokens[5],
        column_labels=about.column_names_to_labels | {"Q2": tokens[2]},
        # A label that nobody's answer has may name a person all the same.
        variable_value_labels=about.variable_value_labels | {"Q12_Row1": {7: tokens[6]}},
        missing_ranges=about.missing_ranges,
    )


def planted(path, file_format):
    """Header and rows with the tokens in the first row."""
    raw = read_raw(path, file_format)
    columns = [*raw.columns, *(name for name in PLANTED if name not in raw.columns)]
    rows = [[*map(cell_text, row), *[""] * (len(columns) - len(row))] for row in raw.rows]
    for column, token in PLANTED.items():
        rows[0][columns.index(column)] = token
    return [columns, *rows]


def readable(path) -> bytes:
    """The bytes of a file; of a compressed one, what is in it."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv().encode()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("dataset", "file_format"), [("city_s", "xlsx"), ("m_county", "csv"), ("jincheng", "sav")]
)
def test_the_tokens_are_in_the_raw_file(checkout, dataset, file_format):
    raw = read_raw(checkout.folder / f"data/raw/{dataset}/responses.{file_format}", file_format)
    assert set(PLANTED.values()) <= {cell_text(cell) for cell in raw.rows[0]}


@pytest.mark.parametrize("place", ["results", "logs", ".snakemake"])
def test_no_token_is_left_behind(checkout, place):
    files = [path for path in (checkout.folder / place).rglob("*") if path.is_file()]
    assert len(files) > len(DATASETS)
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
