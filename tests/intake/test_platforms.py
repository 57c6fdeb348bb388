"""Exports of Qualtrics, LimeSurvey and KoboToolbox: what is recognised, what comes out of them."""

import pytest
from platform_headers import AGREE, ENGLISH, KOBO, LIME, LIME_TEXT, QUALTRICS, TEXTS, WJX

from grassroots.intake.recognition import recognise
from grassroots.intake.tidying import SECONDS

TIME = "2024-02-23 13:30:37"


def qualtrics(status, finished, *answers):
    return [
        TIME,
        TIME,
        status,
        "192.0.2.7",
        "100",
        "300",
        finished,
        TIME,
        "R_1",
        "a@b.cn",
        *answers,
    ]


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("header_rows", [1, 2, 3])
def test_qualtrics(text_file, mapped, delimiter, coded, header_rows):
    ids = [f'{{""ImportId"":""QID{n}""}}' for n in range(len(QUALTRICS))]
    body = [
        qualtrics("IP Address", "True", "Male", "Agree", "Strongly agree", "1,3"),
        qualtrics("Survey Preview", "True", "Male", "Agree", "Agree", "1"),
        qualtrics("IP Address", "False", "Male", "", "", ""),
        qualtrics("IP Address", "True", "Female", "Disagree", "", "1"),
        qualtrics("IP Address", "True", "Female", "Agree", "Agree", "3"),
    ]
    if coded:
        codes = {"IP Address": "0", "Survey Preview": "1", "True": "1", "False": "0"}
        codes |= {"Male": "1", "Female": "2", "Disagree": "21", "Agree": "24"}
        codes |= {"Strongly agree": "25"}
        body = [[codes.get(cell, cell) for cell in row] for row in body]
    rows = [*[QUALTRICS, TEXTS, ids][:header_rows], *body]
    encoding = "utf-16" if delimiter == "\t" else "utf-8-sig"
    export = recognise(text_file(rows, delimiter, encoding))
    assert export.platform == "qualtrics"
    assert export.notes == {"preview": "1", "unfinished": "1"}
    assert export.raw.row_numbers == [n + header_rows for n in (1, 4, 5)]
    assert export.matrices == {"Q2_1": "Q2", "Q2_2": "Q2"}
    if header_rows > 1:
        assert export.questions["Q1"] == "Your sex?"
    assert export.ignored["RecipientEmail"] == "e-mail address"
    answers = {"21": 2, "24": 4, "25": 5} if coded else ENGLISH
    responses, problems = mapped(
        export.raw,
        {"x": ("Q2_1", answers), "y": ("Q2_2", answers)},
        {"sex": ("Q1", {"Male": "m", "Female": "f", "1": "m", "2": "f"}), "a": ("Q3(1)", {})},
        export.meta,
    )
    assert not problems
    assert responses.items == {"x": [4, 2, 4], "y": [5, None, 4]}
    assert responses.background == {"sex": ["m", "f", "f"], "a": [1, 1, 0]}
    assert responses.meta["duration_seconds"] == [300] * 3
    assert responses.meta["submitted_on"] == ["2024-02-23"] * 3


def test_columns_about_the_answering_may_stand_twice(text_file):
    body = [qualtrics("IP Address", "True", "1", "2", "3", "", "Survey Preview", TIME)] * 2
    export = recognise(text_file([[*QUALTRICS, "Status", "RecordedDate"], *body]))
    assert export.platform == "qualtrics"
    assert export.meta["submitted"] == "RecordedDate (1)"
    assert len(export.raw.row_numbers) == 2


def test_unfinished_answers_are_kept_if_that_is_asked_for(text_file):
    body = [qualtrics("IP Address", state, "1", "2", "3", "") for state in ("True", "False")]
    path = text_file([QUALTRICS, *body])
    assert len(recognise(path).raw.row_numbers) == 1
    export = recognise(path, keep_unfinished=True)
    assert (len(export.raw.row_numbers), export.notes) == (2, {})


@pytest.mark.parametrize(
    ("headers", "answers"),
    [
        ([*LIME, "G01Q01", "G02Q02[SQ001]", "G02Q02[SQ002]"], {"AO01": 1, "AO04": 4, "AO05": 5}),
        ([*LIME_TEXT, "Your sex?", "How? [I am tired]", "How? [I am busy]"], ENGLISH),
        ([*(f"{c}. {t}" for c, t in zip(LIME, LIME_TEXT, strict=True)),
          "G01Q01. Your sex?", "G02Q02[SQ001]. How? [I am tired]",
          "G02Q02[SQ002]. How? [I am busy]"], AGREE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_limesurvey(text_file, mapped, headers, answers, delimiter):
    low, *_, high = answers
    about = ["5", "en", "2024-02-23 13:20:37", "2024-02-23 13:30:37", "192.0.2.7"]
    rows = [
        headers,
        ["1", "2024-02-23 13:30:37", *about, "F", low, high],
        ["2", "", *about, "M", low, ""],
        ["3", "2024-02-24 13:30:37", *about, "M", high, ""],
    ]
    export = recognise(text_file(rows, delimiter))
    assert (export.platform, export.notes) == ("limesurvey", {"unfinished": "1"})
    sex, tired, busy = headers[-3:]
    assert len(set(export.matrices.values())) == 1
    assert list(export.matrices) == [tired, busy]
    assert export.meta["duration"] == SECONDS
    responses, problems = mapped(
        export.raw,
        {"x": (tired, answers), "y": (busy, answers)},
        {"sex": (sex, {"M": "m", "F": "f"})},
        export.meta,
    )
    assert not problems
    assert responses.items == {"x": [1, 5], "y": [5, None]}
    assert responses.meta["submitted_on"] == ["2024-02-23", "2024-02-24"]
    assert responses.meta["duration_seconds"] == [600, 600]


@pytest.mark.parametrize("columns", [slice(None), slice(0, 6)])
def test_kobotoolbox_with_both_forms_of_a_multiple_choice(text_file, mapped, columns):
    begun, ended = "2024-02-23T13:20:37.123+08:00", "2024-02-23T13:30:37.123+08:00"
    sent = ["7", "u", "2024-02-23T13:30:40", "1"]
    answers = [
        ("female", "agree", "a b", "1", "1"),
        ("male", "disagree", "b", "0", "1"),
        ("male", "", "", "", ""),
        ("male", "agree", "a", "1", "0"),
    ]
    rows = [KOBO, *([begun, ended, "dev", *row, *sent] for row in answers)]
    if columns.stop:
        rows = [row[columns] + row[8:] for row in rows]
    export = recognise(text_file(rows, ";"))
    assert export.platform == "kobo"
    assert export.questions["scale/tired"] == "tired"
    assert export.options == {"about/why": {"a": "about/why/a", "b": "about/why/b"}}
    assert {"deviceid", "_id", "_uuid", "start"} <= set(export.ignored)
    yes = {"1": "yes", "0": "no"}
    responses, problems = mapped(
        export.raw,
        {"x": ("scale/tired", {"disagree": 2, "agree": 4})},
        {"a": ("about/why/a", yes), "b": ("about/why/b", yes)},
        export.meta,
    )
    assert not problems
    assert responses.items["x"] == [4, 2, None, 4]
    assert responses.background == {
        "a": ["yes", "no", None, "yes"],
        "b": ["yes", "yes", None, "no"],
    }
    assert responses.meta["submitted_on"] == ["2024-02-23"] * 4
    assert responses.meta["duration_seconds"] == [600] * 4


def test_odk_central(text_file):
    rows = [["SubmissionDate", "start", "end", "g-sex", "meta-instanceID", "KEY", "SubmitterName"]]
    rows += [["2024-02-23T13:30:40.1Z", "x", "y", "f", "uuid:1", "uuid:1", "zhang"]]
    export = recognise(text_file(rows))
    assert (export.platform, export.meta) == ("kobo", {"submitted": "SubmissionDate"})
    assert export.questions == {"g-sex": "g-sex"}


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Q2_1", ENGLISH), ("2、感受—我很累", AGREE), ("G02Q02[SQ001]", ENGLISH),
        ("scale/tired", AGREE), ("tired", ENGLISH),
    ],
)  # fmt: skip
def test_an_unknown_answer_is_listed_with_its_count_whatever_the_platform(
    text_file, mapped, header, answers
):
    about = {
        "Q2_1": QUALTRICS[:10],
        "2、感受—我很累": WJX,
        "G02Q02[SQ001]": LIME,
        "scale/tired": [KOBO[0], *KOBO[-4:]],
        "tired": ["id"],
    }[header]
    known = next(iter(answers))
    cells = [{"Finished": "True", "Status": "IP Address"}.get(column, "1") for column in about]
    cells = [
        "IP Address" if column == "Status" else each
        for column, each in zip(about, cells, strict=True)
    ]
    rows = [[*cells, each] for each in (known, "perhaps", "13812345678", "perhaps")]
    export = recognise(text_file([[*about, header], *rows]))
    _, (personal, unknown) = mapped(export.raw, {"x": (header, answers)})
    assert (unknown.values, unknown.counts) == (("perhaps",), (2,))
    assert (personal.kind, personal.values) == ("personal", ())
