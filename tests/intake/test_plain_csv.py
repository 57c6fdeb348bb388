"""Large files: read by pyarrow, and column by column the cells that csv.reader finds."""

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grassroots.intake import plain_csv
from grassroots.intake.grid import read_grid
from grassroots.intake.indexed import Indexed, Texts, counted, distinct, mapped, rows_of
from grassroots.intake.mapping import map_responses
from grassroots.intake.multiple import has_mark
from grassroots.intake.pair import read_export
from grassroots.intake.reading import RawTable, UnreadableFile
from grassroots.intake.source import repeated_source
from grassroots.run.tables import read_respondents, write_columns


def both_ways(path, monkeypatch):
    """What the two readers make of a file: the grid or the refusal, cells as lists."""
    found = []
    for large in (0, 10**9):
        monkeypatch.setattr(plain_csv, "LARGE", large)
        try:
            grid = read_grid(path)
        except UnreadableFile as error:
            found.append((error.code, error.words))
            continue
        cells = [list(values) for values in grid.table.cells]
        table = (grid.table.columns, cells, grid.table.row_numbers, grid.table.encoding)
        found.append((table, grid.delimiter, grid.header_row, grid.notes, grid.marks))
    return found


HARD = [
    "a,b\n1,NA\nnull,nan\n#N/A,-\n",
    "a,b\n1, x \n\t,\u3000\n\ufeff,0.10\n",
    "a,b\r\n1,2\r\n3,4",
    "a,b\n1,2\r3,4\n",
    "a,b\n1,2\n\n3,4\n",
    "a,b\n1,2\n3,4\n\n\n",
    "a,b\n1,2\n,\n3,4\n",
    "a,b\n1,2\n3\n",
    "a,b\n1,2\n3,4,5\n",
    "a,b,\n1,2,\n3,4,\n",
    "a,,c\n1,,3\n1,,3\n",
    "\na,b\n1,2\n",
    "a,b\n1,it's\n3,\\n\\,\n",
    'a,b\n1,"x\ny"\n3,4\n',
    'a,b\n1,2"\n3,4\n',
    "a;b\n1,5;2\n3;4\n",
    "a\tb\n1\t2\n3\t\n",
    "a\n1\n2\n",
    "a,b\n",
    "a,b\n1,x\x0by\n2,\x1c\n3,\u2028z\n",
    "a,a\n1,2\n1,\U0001f600\n",
]


@pytest.mark.parametrize("text", HARD)
def test_the_cells_are_those_of_the_reader_of_record(text, tmp_path, monkeypatch):
    path = tmp_path / "raw.csv"
    for content in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("gb18030")):
        path.write_bytes(content)
        fast, slow = both_ways(path, monkeypatch)
        assert fast == slow


CELLS = st.text(st.sampled_from(list("ab1 ,;\t\"'\\\n\r\u3000男\ufeff\x0b")), max_size=3)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=6))
def test_whatever_the_cells(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("raw") / "raw.csv"
    path.write_bytes("\n".join(map(",".join, rows)).encode())
    with pytest.MonkeyPatch.context() as patch:
        fast, slow = both_ways(path, patch)
    assert fast == slow


def test_a_plain_file_is_read_in_blocks_of_its_own(tmp_path, monkeypatch):
    path = tmp_path / "raw.csv"
    path.write_text("q,w\r\n" + "".join(f"{n % 7},词{n}\r\n" for n in range(5000)), newline="")
    monkeypatch.setattr(plain_csv, "_BLOCK", 1000)
    monkeypatch.setattr(plain_csv, "LARGE", 0)
    table = read_grid(path).table
    assert isinstance(table.values("q"), Indexed)
    assert list(table.values("q")) == [str(n % 7) for n in range(5000)]
    assert isinstance(table.values("w"), Texts)
    assert list(table.values("w")) == [f"词{n}" for n in range(5000)]
    fast, slow = both_ways(path, monkeypatch)
    assert fast == slow


def test_what_a_million_rows_ask_of_the_beginning(tmp_path, monkeypatch):
    """A beginning that is shorter than the file, and a column that has few values only there."""
    path = tmp_path / "raw.csv"
    lines = ["x,y", *(f"{n // 900 * n},{n}" for n in range(3000))]
    path.write_text("\n".join(lines), newline="")
    for beginning in (1 << 20, 5000, 50):
        monkeypatch.setattr(plain_csv, "_BEGINNING", beginning)
        fast, slow = both_ways(path, monkeypatch)
        assert fast == slow
    for spoilt in (b"1,\xff\n", b"1,2,3\n", b'1,"2"\n', b"1,\xe2\x94\x8b\n", b"1\x00,2\n"):
        path.write_bytes("\n".join(lines).encode() + b"\n" + spoilt)
        monkeypatch.setattr(plain_csv, "_BEGINNING", 5000)
        fast, slow = both_ways(path, monkeypatch)
        assert fast == slow


def test_a_small_file_waits_for_no_pyarrow(tmp_path, monkeypatch):
    (tmp_path / "raw.csv").write_text("a,b\n1,2\n")
    monkeypatch.setattr(plain_csv, "plain_rows", None)
    assert read_grid(tmp_path / "raw.csv").table.values("b") == ["2"]


@pytest.mark.parametrize("dataset", ["city_s", "m_county"])
def test_a_whole_dataset_is_the_same(dataset, root, tmp_path, monkeypatch):
    """The shipped answers as plain csv: mapped from columns of either kind."""
    import csv

    from grassroots.intake.answers import cell_text
    from grassroots.study.load import load_study
    from grassroots.study.sections import intake

    study = load_study(root)
    plan = intake(study, study.datasets[dataset]) | {"format": "csv", "encoding": None}
    raw = read_grid(root / study.datasets[dataset].raw_file).table
    path = tmp_path / "raw.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [["" if v is None else cell_text(v) for v in row] for row in raw.rows]
        csv.writer(file).writerows([raw.columns, *rows])
    files = []
    for large in (0, 10**9):
        monkeypatch.setattr(plain_csv, "LARGE", large)
        export = read_export([path], plan)
        assert isinstance(export.raw.cells[0], list) == (large > 0)
        found, problems = map_responses(export.raw, plan)
        assert not problems
        write_columns({**found.background, **found.items, **found.meta}, tmp_path / "out.parquet")
        files.append((tmp_path / "out.parquet").read_bytes())
    assert files[0] == files[1]


COLUMN = Indexed(np.array([0, 2, 0, 3]), ["a", "b", None, "a"])


def test_an_indexed_column_is_a_sequence():
    assert (len(COLUMN), COLUMN[1], COLUMN[3]) == (4, None, "a")
    assert list(COLUMN) == ["a", None, "a", "a"]
    assert list(COLUMN[1:]) == [None, "a", "a"]
    assert "b" not in COLUMN


@pytest.mark.parametrize("values", [COLUMN, list(COLUMN)])
def test_what_is_asked_of_a_column_of_either_kind(values):
    assert distinct(values) == {"a", None}
    assert counted(values) == {"a": 3, None: 1}
    assert list(mapped(values, {"a": 1.0})) == [1.0, None, 1.0, 1.0]
    assert list(rows_of(values, [3, 1])) == ["a", None]
    assert list(rows_of(values, [])) == []


def test_an_indexed_column_is_written_as_its_list_is(tmp_path):
    columns = {
        "text": COLUMN,
        "number": mapped(COLUMN, {"a": 2.5}),
        "truth": mapped(COLUMN, {"a": True}),
        "nothing": mapped(COLUMN, {}),
    }
    write_columns(columns, tmp_path / "one.parquet")
    write_columns(
        {name: list(values) for name, values in columns.items()}, tmp_path / "two.parquet"
    )
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert read_respondents(tmp_path / "one.parquet")["number"].sum() == 7.5


TEXTS = Texts(pyarrow.chunked_array([["a", "b"], [], ["c\n", "b→"]]))


def test_texts_that_differ_are_a_sequence():
    assert (len(TEXTS), TEXTS[1], TEXTS[-1]) == (4, "b", "b→")
    assert list(TEXTS) == ["a", "b", "c\n", "b→"]
    assert list(TEXTS[1:3]) == ["b", "c\n"]
    assert list(rows_of(TEXTS, [3, 0])) == ["b→", "a"]
    assert list(rows_of(TEXTS, [])) == []
    assert has_mark(TEXTS, "→") and not has_mark(TEXTS, "┋")
    assert list(TEXTS.replaced("[^b]", "")) == ["", "b", "", "b"]
    assert TEXTS.replaced("[^b]", "").recurring() == [0, 1, 2, 3]
    assert TEXTS.replaced("→", "x").recurring() == []


ADDRESSES = [
    "192.0.2.7(A省-S市)", "192.0.2.7", " 192.0.2.7\u3000（B省）", "192.0.2.7 (x\ny)",
    "192.0.2.70", "", " ", "(A省)", "\x1c192.0.2.8\x85", "192.0.2.8", "2001:db8::1((A)",
    "2001:db8::1(A)", "192.0",
]  # fmt: skip


@given(st.lists(st.sampled_from(ADDRESSES), min_size=1))
def test_the_same_rows_come_from_one_source(addresses):
    background = {"gender": ["f"] * len(addresses)}
    found = repeated_source(Texts(pyarrow.chunked_array([addresses])), background)
    assert found == repeated_source(addresses, background)


DAYS = [
    "2026/3/2 8:01:28", "2026-03-02 8:01", " 2026/3/2 8:01", "2026/3/2", "2026/3/2  8:01 ",
    "2026年3月2日 8时", "2026/3/2T8:01", "45000.5", "", " ", "2026/3/22\u30008:01",
]  # fmt: skip
NO_DAYS = ["2026/13/2 8:01", "45000 8:01", "2026/3/2 8:01\n2026/3/3", "then", "2026/3/222 8:01"]


@given(st.lists(st.sampled_from(DAYS + NO_DAYS), min_size=1))
def test_the_same_days_are_read(times):
    plan = {"background": {}, "items": {}, "meta": {"submitted": "t"}}
    found = []
    for values in (times, Texts(pyarrow.chunked_array([times]))):
        responses, problems = map_responses(RawTable(["t"], [values], [*range(len(times))]), plan)
        found.append((list(responses.meta["submitted_on"]), problems))
    assert found[0] == found[1]
