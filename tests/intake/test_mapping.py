import pytest

from grassroots.intake.answers import number
from grassroots.intake.mapping import map_responses
from grassroots.intake.reading import RawTable


def item(column="q", **changes):
    part = {"column": column, "answers": {}, "missing_codes": [], "min": 1, "max": 5, "whole": True}
    return part | changes


def table(*rows, columns=("q",)):
    return RawTable.from_rows(
        list(columns), [list(row) for row in rows], list(range(2, 2 + len(rows)))
    )


def mapped(raw, background=None, items=None, meta=None):
    plan = {"meta": meta or {}, "background": background or {}, "items": items or {}}
    return map_responses(raw, plan)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("3", 3), (" 3 ", 3), ("３", 3), (3.0, 3), (4, 4), ("1e1", 10), ("-0.5", -0.5), (".5", 0.5),
     ("nan", None), ("inf", None), ("1_0", None), ("3分", None), ("", None), (None, None),
     (True, None), ("0x1", None)],
)  # fmt: skip
def test_number(value, expected):
    assert number(value) == expected


def test_only_what_the_plan_names_leaves_the_raw_table():
    raw = table(["1", "203.0.113.9"], columns=("q", "ip"))
    responses, problems = mapped(raw, items={"x1": item()})
    assert not problems
    assert "203.0.113.9" not in repr(responses)


def test_missing_codes_and_blanks_are_no_answer():
    raw = table(["1"], [" "], [None], ["-3"], [9.0])
    responses, problems = mapped(raw, items={"x1": item(missing_codes=["-3", "9"])})
    assert not problems
    assert responses.items["x1"] == [1, None, None, None, None]


def test_answers_outside_are_listed_with_their_rows():
    _, (problem,) = mapped(table(["1"], ["7"], ["0"], ["7"], ["2.5"]), items={"x1": item()})
    assert (problem.kind, problem.values, problem.rows) == (
        "outside",
        ("7", "0", "2.5"),
        (3, 4, 5, 6),
    )


def test_fractions_count_where_the_instrument_says_so():
    assert not mapped(table(["2.5"]), items={"x1": item(whole=False)})[1]


def test_words_are_mapped_by_the_codebook_and_unknown_words_are_not_guessed():
    words = item(answers={"同意": 4, "不同意": 2})
    responses, (problem,) = mapped(table(["同意"], ["不同意"], ["同 意"]), items={"x1": words})
    assert responses.items["x1"] == [4, 2, None]
    assert (problem.kind, problem.values, problem.rows) == ("unknown", ("同 意",), (4,))


@pytest.mark.parametrize(
    ("text", "meant"),
    [("同意", 4), (" 同意 ", 4), ("4、同意", 4), ("4. 同意", 4), ("４．同意", 4), ("4、 同意", 4),
     ("非常同意", 5), ("（空）", 1), ("4.5同意", None), ("5", None), ("比较同意", None)],
)  # fmt: skip
def test_words_may_differ_in_width_and_numbering_alone(text, meant):
    answers = item(answers={"(空)": 1, "同意": 4, "非常同意": 5})
    responses, problems = mapped(table([text]), items={"x1": answers})
    assert responses.items["x1"] == [meant]
    assert bool(problems) == (meant is None)


def test_words_that_would_become_one_count_only_as_they_stand():
    answers = item(answers={"A": 1, "Ａ": 2, "1、A": 3})
    responses, (problem,) = mapped(table(["A"], ["Ａ"], ["2、A"]), items={"x1": answers})
    assert responses.items["x1"] == [1, 2, None]
    assert problem.values == ("2、A",)


def test_unknown_words_come_with_how_often_they_occur():
    words = item(answers={"同意": 4})
    rows = [["很同意"], ["同意"], ["不清楚"], ["很同意"], ["13812345678"]]
    _, (personal, unknown) = mapped(table(*rows), items={"x1": words})
    assert (unknown.values, unknown.counts) == (("很同意", "不清楚"), (2, 1))
    assert (personal.values, personal.counts) == ((), ())


def test_coded_answers_are_known_by_their_labels():
    labels = {"q": {"1": "男", "2": "女", "9": "其他"}}
    raw = RawTable.from_rows(["q"], [[1.0], [2.0], [9.0], [3.0]], [1, 2, 3, 4], labels=labels)
    variable = {"column": "q", "levels": {"男": "male", "2": "female"}, "missing_codes": ["9"]}
    responses, (problem,) = mapped(raw, background={"gender": variable})
    assert responses.background["gender"] == ["male", "female", None, None]
    assert problem.values == ("3",)
    consent = {"consent": {"column": "q", "expected": ["男"]}}
    responses, _ = mapped(raw, meta=consent)
    assert responses.meta["consent"] == [True, False, False, False]


def test_labels_do_not_turn_codes_into_other_numbers():
    labels = {"q": {"1": "5.非常同意", "5": "1.非常不同意"}}
    raw = RawTable.from_rows(["q"], [[1.0], [5.0]], [1, 2], labels=labels)
    assert mapped(raw, items={"x1": item()})[0].items["x1"] == [1, 5]
    words = item(answers={"非常不同意": 1, "非常同意": 5})
    assert mapped(raw, items={"x1": words})[0].items["x1"] == [5, 1]


def test_levels():
    variable = {"column": "q", "levels": {"1": "male", "女": "female"}, "missing_codes": ["-2"]}
    raw = table([1.0], ["女"], ["-2"], ["1"], ["X"])
    responses, (problem,) = mapped(raw, background={"gender": variable})
    assert responses.background["gender"] == ["male", "female", None, "male", None]
    assert problem.values == ("X",)


@pytest.mark.parametrize("value", ["13812345678", "203.0.113.9", "a@b.cn", "110101199003070011"])
def test_personal_data_in_a_mapped_column_is_refused_and_never_quoted(value):
    _, (problem,) = mapped(table(["1"], [value]), items={"x1": item()})
    assert (problem.kind, problem.values, problem.rows) == ("personal", (), (3,))


def test_columns_that_are_missing_or_repeated():
    raw = RawTable.from_rows(["q", "q", "r"], [["1", "2", "3"]], [2])
    _, problems = mapped(raw, items={"x1": item("q"), "x2": item("s")})
    assert [problem.kind for problem in problems] == ["repeated_column", "no_column"]


def test_how_people_answered():
    raw = table(
        ["281秒", "2024/2/23 13:30:37", "同意", 4.0, "2", "192.0.2.7(A省-S市)", "f"],
        ["4分41秒", "2024/2/24 8:00:00", "不同意", "", "2", "192.0.2.7(A省-S市)", "f"],
        ["", "", "", "4", "3", "", ""],
        columns=("time", "sent", "consent", "check 1", "check 2", "ip", "sex"),
    )
    meta = {
        "duration": "time",
        "submitted": "sent",
        "address": "ip",
        "consent": {"column": "consent", "expected": ["同意"]},
        "attention_checks": [
            {"column": "check 1", "expected": [4]},
            {"column": "check 2", "expected": [2]},
        ],
    }
    gender = {"column": "sex", "levels": {"f": "female"}, "missing_codes": []}
    responses, problems = mapped(raw, background={"gender": gender}, meta=meta)
    assert not problems
    assert responses.meta == {
        "duration_seconds": [281, 281, None],
        "submitted_on": ["2024-02-23", "2024-02-24", None],
        "consent": [True, False, False],
        "attention_checks_failed": [0, 1, 1],
        "same_source": [False, True, False],
    }
    assert "192.0.2.7" not in repr(responses)


def test_what_does_not_fit_in_a_column_about_the_answering():
    raw = table(["soon", "no", "13812345678"], columns=("time", "consent", "sent"))
    consent = {"column": "consent", "expected": ["yes"]}
    meta = {"duration": "time", "submitted": "sent", "consent": consent, "address": "ip"}
    _, problems = mapped(raw, meta=meta)
    assert [(problem.kind, problem.name, problem.values) for problem in problems] == [
        ("unknown", "meta/duration", ("soon",)),
        ("personal", "meta/submitted", ()),
        ("nobody_passes", "meta/consent", ("yes",)),
        ("no_column", "meta/address", ()),
    ]


def test_a_channel_is_kept_in_words_and_one_that_points_to_a_person_is_not():
    rows = [["1"], ["1"], ["2"], ["张三转发"], ["链接"], ["链接"], [None]]
    raw = table(*rows, columns=("来源",))
    labelled = RawTable(raw.columns, raw.cells, raw.row_numbers, labels={"来源": {"1": "微信"}})
    responses, problems = mapped(labelled, meta={"channel": "来源"})
    assert not problems
    assert responses.meta["channel"] == ["微信", "微信", None, None, "链接", "链接", None]


def test_an_address_is_no_channel():
    raw = table(["微信"], ["微信"], ["203.0.113.9"], ["203.0.113.9"], columns=("来源",))
    responses, problems = mapped(raw, meta={"channel": "来源"})
    assert not problems
    assert responses.meta["channel"] == ["微信", "微信", None, None]
    addresses = table(["203.0.113.9"], ["203.0.113.9"], ["203.0.113.8"], columns=("来源",))
    _, (problem,) = mapped(addresses, meta={"channel": "来源"})
    assert (problem.kind, problem.name, problem.rows) == ("personal", "meta/channel", (2, 3, 4))
