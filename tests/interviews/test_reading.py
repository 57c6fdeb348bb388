"""Every form of coded interviews gives the same codings, whatever the file is called."""

import zipfile

import pytest

from grassroots.intake.reading import UnreadableFile
from grassroots.interviews.coding import codings
from grassroots.interviews.passages import UnreadableInterviews
from grassroots.interviews.reading import read_interviews

CODED = [
    ("P01", "care", "C1"),
    ("P01", "pay", "C1"),
    ("P01", "pay", "C2"),
    ("P02", "blame", "C1"),
    ("P02", "care", "C2"),
    ("P03", "pay", "C1"),
]


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("own", "csv"),
        ("qualcoder_report", "qualcoder"),
        ("qualcoder_project", "qualcoder"),
        ("refi_archive", "refi_qda"),
        ("refi_file", "refi_qda"),
    ],
)
def test_every_form_gives_the_same_codings(file, form, plan, request):
    path = request.getfixturevalue(file)
    # The name of a file says nothing.
    path = path.rename(path.with_name("x.bin"))
    read = read_interviews(path)
    assert read.form == form
    coded, troubles = codings(read, plan)
    assert troubles == []
    assert [(each.interview, each.code, each.coder) for each in coded] == CODED
    # Both coders had the same passage of P01, and the same of P02.
    passages = [each.passage for each in coded]
    assert passages[1] == passages[2] and passages[3] == passages[4]
    assert len(set(passages)) == 4


@pytest.mark.parametrize("file", ["taguette", "taguette_xlsx"])
def test_taguette_has_no_coders_and_one_row_a_tag(file, plan, request):
    plan |= {"tags": {f"tag.{code}": code for code in plan["codes"]}, "reviewed_tag": "checked"}
    read = read_interviews(request.getfixturevalue(file))
    assert read.form == "taguette"
    coded, troubles = codings(read, plan)
    assert troubles == []
    assert {each.coder for each in coded} == {""}
    assert [(each.interview, each.code) for each in coded] == [
        ("P01", "care"), ("P01", "pay"), ("P02", "blame"), ("P02", "care"), ("P03", "pay"),
    ]  # fmt: skip
    assert [bool(each.excerpt) for each in coded] == [True, True, False, False, True]


@pytest.mark.parametrize("file", ["refi_archive", "refi_file"])
def test_positions_of_a_project_count_in_its_texts(file, request):
    passages = read_interviews(request.getfixturevalue(file)).passages
    assert passages[1].excerpt == "<b>Pay</b> & rank."
    assert passages[1].coder == "Zhang San"


def test_a_project_without_its_texts_still_counts(refi_archive, plan):
    with zipfile.ZipFile(refi_archive) as archive:
        xml = archive.read("project.qde")
    alone = refi_archive.with_name("alone.qde")
    alone.write_bytes(xml)
    coded, _ = codings(read_interviews(alone), plan)
    assert [(each.interview, each.code, each.coder) for each in coded] == CODED
    assert not any(each.excerpt for each in coded)


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"a,b,c\n1,2,3\n", "columns are a, b, c"),
        (b"SQLite format 3\x00" + bytes(100), "no QualCoder project"),
        (b"PK\x03\x04rest", "zip"),
        (b"", "no row"),
        (b"\xff\x01\x00", "utf-8"),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0"/>',
            "declaration",
        ),
        (b'<Project xmlns="urn:QDA-XML:project:1.0">', "not XML"),
    ],
)
def test_what_is_none_of_the_forms_is_said(tmp_path, content, detail):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_interviews(path)
    assert detail in caught.value.detail


def test_a_zip_without_a_project_is_refused(tmp_path):
    path = tmp_path / "file.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "x")
    with pytest.raises(UnreadableInterviews, match=r"without project\.qde"):
        read_interviews(path)


def test_nothing_is_written_beside_a_database(qualcoder_project):
    before = sorted(qualcoder_project.parent.iterdir())
    qualcoder_project.chmod(0o444)
    read_interviews(qualcoder_project)
    assert sorted(qualcoder_project.parent.iterdir()) == before
