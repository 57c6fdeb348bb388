"""What may be known of an interview, and what is refused."""

from dataclasses import replace

import pytest

from grassroots.interviews.coding import codings
from grassroots.interviews.passages import CodedFile
from grassroots.interviews.reading import read_interviews


@pytest.fixture
def file(own):
    return read_interviews(own)


def changed(file, index, **values):
    passages = list(file.passages)
    passages[index] = replace(passages[index], **values)
    return CodedFile(file.form, passages)


def test_an_excerpt_needs_the_review_of_its_file_and_of_its_row(file, plan):
    coded, _ = codings(file, plan)
    assert [bool(each.excerpt) for each in coded] == [True, True, True, False, False, True]
    coded, _ = codings(file, plan | {"reviewed": False})
    assert len(coded) == 6
    assert not any(each.excerpt for each in coded)


def test_an_export_without_a_mark_of_review_shows_nothing(qualcoder_report, plan):
    coded, _ = codings(read_interviews(qualcoder_report), plan)
    assert len(coded) == 6
    assert not any(each.excerpt for each in coded)


@pytest.mark.parametrize(
    ("values", "kind", "told"),
    [
        ({"excerpt": "Call 13812345678."}, "personal", "phone number"),
        ({"excerpt": "11010119900307001X", "reviewed": "no"}, "personal", "identity number"),
        ({"code": "cares"}, "unknown_code", "cares"),
        ({"theme": "work"}, "other_theme", "care: work"),
        ({"level": "organisation"}, "other_level", "home: organisation"),
        ({"reviewed": "maybe"}, "unclear_review", "maybe"),
        ({"interview": ""}, "incomplete", "interview"),
        ({"code": ""}, "incomplete", "code"),
    ],
)
def test_what_is_refused(file, plan, values, kind, told):
    coded, (trouble,) = codings(changed(file, 0, **values), plan)
    assert coded == []
    assert (trouble.kind, trouble.places, trouble.values) == (kind, ["row 2"], [told])
    assert "13812345678" not in str(trouble)


def test_a_tag_can_be_mapped_or_left_out(file, plan):
    renamed = changed(file, 0, code="照料", theme="", level="")
    coded, _ = codings(renamed, plan | {"tags": {"照料": "care"}})
    assert coded[0].code == "care"
    coded, troubles = codings(renamed, plan | {"leave_out": ["照料"]})
    assert troubles == [] and len(coded) == 5


def test_names_of_people_do_not_pass(file, plan):
    coded, _ = codings(file, plan)
    assert {each.coder for each in coded} == {"C1", "C2"}
    named = {"P01": "Wang Wu.docx", "P02": "P02.docx", "P03": "P03.docx"}
    passages = [replace(each, interview=named[each.interview]) for each in file.passages]
    coded, _ = codings(CodedFile("csv", passages), plan)
    assert [each.interview for each in coded] == ["P01", "P01", "P01", "P02", "P02", "P03"]
    assert "Wang" not in str(coded)


def test_interviews_keep_their_numbers_and_lose_their_endings(file, plan):
    passages = [replace(each, interview=f"A-{each.interview[1:]}.txt") for each in file.passages]
    coded, _ = codings(CodedFile("csv", passages), plan)
    assert [each.interview for each in coded][::3] == ["A-01", "A-02"]
