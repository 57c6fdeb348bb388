"""Names of numbers, what moved, the verdict of `verify`."""

import copy
import json

import pytest
from numbers_of_a_run import CLAIMS, TABLES

from grassroots.interviews.agreement import agreement_table
from grassroots.interviews.coding import Coding
from grassroots.study.faults import catalogue
from grassroots.verification.collected import as_json, value_of
from grassroots.verification.golden import count, moved
from grassroots.verification.row_keys import ROW_KEYS, row_keys
from grassroots.verification.verdict_text import verified_text
from grassroots.verification.verified import verified


def test_every_number_has_a_name_an_n_and_its_origin(numbers):
    table = numbers["tables"]["cfa_loadings"]
    assert table["rows"] == {"two | ML | f | a": {"est": -0.25, "n": 10}}
    assert table["sha256"] == "cfa_loadings-sha"
    assert table["computed_from"] == {"scores": "s-sha"}
    assert table["recompute"].endswith("--forcerun make_it -- results/x/tables/cfa_loadings.csv")
    assert numbers["tables"]["cfa_fit"]["rows"]["two | ML"]["chi2"] == 12.345678901234


def test_the_file_gives_the_same_numbers_back(numbers):
    assert json.loads(as_json(numbers)) == numbers


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two rows"):
        row_keys("sample", [*TABLES["sample"], *TABLES["sample"]])


@pytest.mark.parametrize(
    ("coders", "keys"),
    [
        ("AB", ["hours | excerpt", "excerpt", "hours | interview", "interview"]),
        ("ABC", [
            f"{code}{unit} | {group}"
            for unit in ("excerpt", "interview")
            for group in ("A; B", "A; C", "B; C", "A; B; C")
            for code in ("hours | ", "")
        ]),
    ],
)  # fmt: skip
def test_agreement_of_more_than_two_coders_is_told_apart_by_who_they_are(coders, keys):
    codings = [
        Coding(interview=each, passage=1, code="hours", coder=coder, excerpt="")
        for each in ("P01", "P02")
        for coder in coders
    ]
    rows = [
        row
        for unit in ("excerpt", "interview")
        for row in agreement_table(codings, ["hours"], unit)
    ]
    assert row_keys("coder_agreement", rows) == keys


def test_points_of_a_curve_are_called_by_their_count():
    points = [
        {"model": "steps", "kind": kind, "x": x}
        for kind, x in (("bin", "1.9083419575259628"), ("bin", "2.5"), ("smooth", "2.5"))
    ]
    assert row_keys("regression_residuals", points) == [
        "steps | bin | 1",
        "steps | bin | 2",
        "steps | smooth | 1",
    ]


def test_only_finite_numbers_are_numbers():
    assert [value_of(text) for text in ("3", "0.5", "1e-05", "inf", "nan", "ok", "True")] == [
        3,
        0.5,
        1e-05,
        "inf",
        "nan",
        "ok",
        "True",
    ]


@pytest.mark.parametrize(("found", "moves"), [(5.2e-13, 0), (-6.6e-12, 0), (1e-9, 1)])
def test_what_is_zero_but_for_rounding_has_not_moved(expected, found, moves):
    fit = expected["tables"]["cfa_fit"]["rows"]["two | ML"]
    fit["chi2"] = 1.6e-12
    other = copy.deepcopy(expected)
    other["tables"]["cfa_fit"]["rows"]["two | ML"]["chi2"] = found
    assert len(moved(expected, other)) == moves


def test_an_equal_run_has_not_moved(numbers, expected):
    assert moved(expected, numbers) == []
    assert count(expected) == sum(len(row) for row in golden_rows(expected))


def test_a_changed_finding_is_named_and_is_no_number(numbers, expected):
    found = copy.deepcopy(numbers)
    for tables, state in ((expected["tables"], "same"), (found["tables"], "differs")):
        tables["claims"] = {"rows": {"c1": {"state": state}, "c2": {"state": "same"}}}
        tables["hypotheses"] = {"rows": {"H1": {"verdict": state}}}
    numbered = sum(len(row) for row in golden_rows(expected)) - 3
    result = verified(found, expected, CLAIMS, {})
    assert (result.n_expected, result.failed) == (numbered, True)
    text = verified_text([result], catalogue("en"))
    assert f"numbers: all {numbered} agree" in text
    assert "published findings that are checked otherwise than in our published run: 1 (c1)" in text
    assert "verdicts on hypotheses that differ from our published run: 1 (H1)" in text
    assert "claims [c1] state: same → differs" in text


def golden_rows(expected):
    return [row for table in expected["tables"].values() for row in table["rows"].values()]


def rounding_error(rows):
    rows["cfa_fit"]["rows"]["two | ML"]["chi2"] *= 1 + 5e-7


def last_digit_that_counts(rows):
    rows["cfa_fit"]["rows"]["two | ML"]["chi2"] *= 1 + 2e-6


def one_respondent_more(rows):
    rows["sample"]["rows"]["sex | female"]["n"] = 7


def sign(rows):
    rows["cfa_loadings"]["rows"]["two | ML | f | a"]["est"] = 0.25


def no_such_value(rows):
    del rows["cfa_loadings"]["rows"]["two | ML | f | a"]["est"]


def no_such_row(rows):
    del rows["cfa_fit"]["rows"]["two | MLR"]


def no_such_table(rows):
    del rows["sample"]


def a_value_more(rows):
    rows["sample"]["rows"]["sex | female"]["share"] = 0.6


def a_word(rows):
    rows["cfa_fit"]["rows"]["two | ML"]["status"] = "not_converged"


EDITS = {
    rounding_error: 0,
    last_digit_that_counts: 1,
    one_respondent_more: 1,
    sign: 1,
    no_such_value: 1,
    no_such_row: 3,
    no_such_table: 2,
    a_value_more: 1,
    a_word: 1,
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("side", ["found", "expected"])
def test_each_edit_is_caught_whichever_side_it_is_on(numbers, expected, edit, side):
    found = copy.deepcopy(numbers)
    edit((found if side == "found" else expected)["tables"])
    differing = moved(expected, found)
    assert len(differing) == EDITS[edit]
    result = verified(found, expected, CLAIMS, {})
    assert result.failed == bool(EDITS[edit])
    text = verified_text([result], catalogue("en"))
    assert text.endswith("Not verified: x." if EDITS[edit] else "Verified: nothing failed.")
    for each in differing:
        assert f"{each.table} [{each.row}] {each.column}" in text


@pytest.mark.parametrize(
    ("state", "failed"),
    {
        "same": False,
        "within_tolerance": False,
        "differs": True,
        "conclusion_changes": True,
        "known_difference": False,
        "not_computed": True,
        "other_data": False,
        "as_simulated": False,
        "not_as_simulated": True,
    }.items(),
)
def test_states_that_fail(numbers, expected, state, failed):
    result = verified(numbers, expected, [{**CLAIMS[0], "state": state}], {})
    assert result.failed == failed
    for language in ("en", "zh"):
        words = catalogue(language)
        assert words[f"state_{state}"] in verified_text([result], words)


def test_other_data_are_never_red(numbers, expected):
    expected["raw"] = {"data/raw/x/r.csv": "another"}
    sign(expected["tables"])
    result = verified(numbers, expected, [{**CLAIMS[0], "state": "other_data"}], {})
    assert (result.raw, result.moved, result.failed) == ("other", [], False)


def test_without_a_published_run_only_claims_are_judged(numbers):
    assert verified(numbers, None, CLAIMS, {}).raw == "unknown"


def test_every_result_table_says_what_names_its_rows():
    from grassroots.study.result_tables import TABLE_COLUMNS

    for table, columns in TABLE_COLUMNS.items():
        assert set(ROW_KEYS[table]) <= set(columns), table


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dataset_that_was_left_out_is_named_and_fails(language):
    words = catalogue(language)
    text = verified_text([], words, ["harbin"])
    assert text.startswith(f"harbin\n  {words['verify_left_out']}")
    assert text.endswith(words["verify_failed"].format(names="harbin"))
    assert verified_text([], words) == words["verify_passed"]
