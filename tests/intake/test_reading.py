import pytest

from grassroots.intake.reading import UnreadableFile, read_raw


def write(tmp_path, content: bytes, name: str = "raw.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_csv_with_bom_quoted_newlines_and_blank_rows(tmp_path):
    path = write(tmp_path, '\ufeff序号,"题\n干",x\r\n1,a,3\r\n\r\n,,\r\n2,"b,c"\r\n'.encode())
    raw = read_raw(path, "csv")
    assert raw.columns == ["序号", "题 干", "x"]
    assert raw.values("x") == ["3", None]
    assert raw.row_numbers == [2, 5]


def test_gb18030(tmp_path):
    path = write(tmp_path, "性别,满意\n男,3\n".encode("gb18030"))
    assert read_raw(path, "csv", "gb18030").values("性别") == ["男"]
    with pytest.raises(UnreadableFile, match="encoding is gb18030, not utf-8"):
        read_raw(path, "csv", "utf-8")


@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
     ("gb2312", "gb18030")],
)  # fmt: skip
def test_the_encoding_is_found_from_the_bytes(tmp_path, written, found):
    raw = read_raw(write(tmp_path, "性别,满意\n男,3\n".encode(written)), "csv")
    assert (raw.columns, raw.values("性别"), raw.encoding) == (["性别", "满意"], ["男"], found)


def test_bytes_of_no_known_encoding_are_said(tmp_path):
    with pytest.raises(UnreadableFile, match="byte 1 is not utf-8 and not gb18030"):
        read_raw(write(tmp_path, b"\xff\x01\xff"), "csv")


@pytest.mark.parametrize(
    ("content", "said", "found"),
    [(b"$FL2 ...", "csv", "sav"), (b"$FL3 ...", "xlsx", "sav"), (b"a,b\n1,2\n", "sav", "csv"),
     (b"%PDF-1.7", "csv", "pdf"), (b"\n<!DOCTYPE html>", "csv", "html"),
     (b"\xd0\xcf\x11\xe0", "xlsx", "xls")],
)  # fmt: skip
def test_the_first_bytes_decide_whatever_the_name_ends_in(tmp_path, content, said, found):
    with pytest.raises(UnreadableFile, match=f"its format is {found}.*not {said}"):
        read_raw(write(tmp_path, content, f"raw.{said}"), said)


@pytest.mark.parametrize(
    ("content", "file_format", "what"),
    [
        (b"", "csv", "no row"),
        (b"\n , \n", "csv", "no row"),
        (b"a,b\n1,\x00\n", "csv", "zero bytes"),
        (b'a,b\n1,"2\n', "csv", "unexpected end"),
        (b"PK\x03\x04 broken", "xlsx", "not a zip"),
        (b"a,b\n1,2\n", "xlsx", "format"),
        (b"$FL2 broken", "sav", "."),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, content, file_format, what):
    with pytest.raises(UnreadableFile, match=what):
        read_raw(write(tmp_path, content), file_format)
