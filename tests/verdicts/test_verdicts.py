import pytest

from grassroots.verdicts.claims import claims_table, number_state
from grassroots.verdicts.evidence import matching_rows, shown
from grassroots.verdicts.hypotheses import hypotheses_table


def row(**values):
    return {"p": "", **values}


def effect(name, est, low, high, p=""):
    return row(model="m", effect=name, est=est, ci_low=low, ci_high=high, p=p)


TABLES = {
    "mediation": [
        effect("total", "-0.4", "-0.5", "-0.3"),
        effect("indirect", "0.1", "-0.1", "0.3", p="0.01"),
        effect("direct", "", "", ""),
    ],
    "correlations": [row(x="a", y="b", r="0.5", ci_low="0.4", ci_high="0.6")],
    "cfa_loadings": [row(item="x1", est="1", std="0.7", std_low="0.6", std_high="0.8")],
    "cfa_fit": [row(model="m", chi2="85.3055", p="0.04")],
    "group_differences": [
        row(outcome="y", by="post", test="welch_anova", statistic="5.1", p="0.01"),
        row(outcome="y", by="rank", test="welch_anova", statistic="0.4", p="0.7"),
        row(outcome="y", by="pay", test="welch_anova", statistic="4.0", p="0.02"),
    ],
    "group_means": [
        row(outcome=outcome, by=by, level=level, n=n, mean=mean)
        for outcome, by, level, n, mean in (
            ("y", "post", "office", "30", "2.0"),
            ("y", "post", "technical", "10", "3.2"),
            ("y", "post", "law", "20", "2.8"),
            ("y", "post", "rare", "2", ""),
            ("other", "post", "law", "20", "0"),
            ("y", "rank", "clerk", "20", "3.0"),
            ("y", "rank", "head", "20", "1.0"),
            ("y", "pay", "low", "3", ""),
            ("y", "pay", "high", "20", "1.0"),
        )
    ],
    "descriptives": [row(variable="y", level="medium"), row(variable="z", level="")],
    "themes": [
        row(level=level, theme=theme, n_interviews=n)
        for level, theme, n in (("person", "a", "3"), ("person", "b", "1"), ("office", "c", "2"))
    ],
}


def evidence(effect, expects, table="mediation"):
    return {"table": table, "where": {"model": "m", "effect": effect}, "expects": expects}


def verdict(*pieces):
    hypothesis = {"statement": {"en": "S", "zh": "S"}, "evidence": list(pieces)}
    return hypotheses_table({"H1": hypothesis}, TABLES, 0.05)[0]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([("total", "negative")], "supported"),
        ([("total", "nonzero")], "supported"),
        ([("total", "positive")], "not_supported"),
        ([("indirect", "positive")], "not_supported"),  # the interval decides, not the p
        ([("indirect", "zero")], "supported"),
        ([("total", "negative"), ("indirect", "positive")], "partly"),
        ([("direct", "positive")], "undecided"),
        ([("total", "negative"), ("nowhere", "positive")], "undecided"),
    ],
)
def test_verdicts(pieces, expected):
    assert verdict(*(evidence(*piece) for piece in pieces))["verdict"] == expected


def test_a_single_row_stands_beside_its_verdict():
    found = verdict(evidence("total", "negative"))
    assert (found["est"], found["ci_low"], found["ci_high"]) == ("-0.4", "-0.5", "-0.3")


def test_tables_that_name_their_estimate_otherwise():
    assert shown(TABLES["correlations"][0], "correlations", 0.05).direction == "positive"
    assert shown(TABLES["cfa_loadings"][0], "cfa_loadings", 0.05).direction == "positive"


def claim(claimed, column="chi2", **more):
    return {
        "kind": "number", "says": "…", "claimed": claimed, "table": "cfa_fit",
        "where": {"model": "m"}, "column": column, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claimed", "found", "state"),
    [
        ("85.306", 85.3055, "same"),
        ("85.306", 85.3054995, "same"),
        ("85.306", 85.30549, "differs"),
        ("85.306", 85.3066, "differs"),
        ("85.3", 85.34, "same"),
        ("85", 85.5, "same"),
        ("24", 24.0, "same"),
        (".05", 0.0549, "same"),
        ("0.30", 0.31, "differs"),
        ("0.30", -0.30, "conclusion_changes"),
        ("-0.10", 0.0951, "conclusion_changes"),
    ],
)
def test_a_printed_number_allows_what_its_digits_allow(claimed, found, state):
    assert number_state(claim(claimed), found, 0.05) == state


def test_the_side_of_alpha_is_the_conclusion_of_a_p():
    assert number_state(claim("0.03", "p"), 0.06, 0.05) == "conclusion_changes"
    assert number_state(claim("0.03", "p"), 0.04, 0.05) == "differs"
    assert number_state(claim("0.93", "cfi", cut_off=0.9), 0.89, 0.05) == "conclusion_changes"


def test_a_tolerance_and_a_known_difference_are_said():
    tolerance = {"within": 0.5, "reason": "rounded inputs"}
    known = {"since": "2024", "why": "another version"}
    claims = {
        "a": claim("85.0", tolerance=tolerance),
        "b": claim("80.0", known_difference=known),
        "c": claim("85.306", known_difference=known),
    }
    rows = claims_table(claims, TABLES, alpha=0.05, simulated=False, other_data=False)
    assert [row["state"] for row in rows] == ["within_tolerance", "known_difference", "same"]
    assert rows[0]["note"] == "rounded inputs"
    assert "another version" in rows[1]["note"]


def states(claims, **how):
    how = {"alpha": 0.05, "simulated": False, "other_data": False} | how
    return [row["state"] for row in claims_table(claims, TABLES, **how)]


def test_what_is_not_there_is_not_computed():
    missing = claim("1") | {"where": {"model": "other"}}
    sign = {"kind": "sign", "says": "…", "evidence": evidence("direct", "positive")}
    assert states({"a": missing, "b": sign}) == ["not_computed", "not_computed"]


def test_signs():
    claims = {
        "a": {"kind": "sign", "says": "…", "evidence": evidence("total", "negative")},
        "b": {"kind": "sign", "says": "…", "evidence": evidence("total", "positive")},
    }
    assert states(claims) == ["same", "conclusion_changes"]
    assert states(claims, other_data=True) == ["other_data", "other_data"]


def test_simulated_data_never_confirm():
    claims = {"a": claim("85.306"), "b": claim("80"), "c": claim("1") | {"where": {"model": "x"}}}
    found = states(claims, simulated=True)
    assert found == ["as_simulated", "not_as_simulated", "not_computed"]


def higher(by, *levels):
    where = {"outcome": "y", "by": by, "test": "welch_anova"}
    return {
        "table": "group_differences", "where": where, "expects": "nonzero", "higher": list(levels),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        # 2.8 against (30 * 2.0 + 10 * 3.2) / 40 = 2.3; levels without a mean count on no side.
        (higher("post", "law"), "supported"),
        (higher("post", "law", "rare"), "supported"),
        (higher("post", "office"), "not_supported"),
        (higher("rank", "clerk"), "not_supported"),  # higher, and not significant
        (higher("pay", "low"), "undecided"),  # too few to have a mean
    ],
)
def test_groups_that_should_be_higher(piece, expected):
    assert verdict(piece)["verdict"] == expected


def test_a_claim_of_an_order_shows_both_means():
    claims = {"a": {"kind": "sign", "says": "…", "evidence": higher("post", "law", "technical")}}
    (found,) = claims_table(claims, TABLES, alpha=0.05, simulated=False, other_data=False)
    assert (found["state"], found["by"], found["higher"]) == ("same", "post", "law technical")
    assert float(found["mean_higher"]) == pytest.approx((20 * 2.8 + 10 * 3.2) / 30)
    assert float(found["mean_others"]) == 2
    claims["a"]["evidence"]["higher"] = ["office"]
    assert states(claims) == ["conclusion_changes"]


def words(claimed, table, **where):
    return {
        "kind": "words", "says": "…", "claimed": claimed, "table": table, "where": where,
        "column": "level",
    }  # fmt: skip


def test_words_must_all_stand_in_the_column():
    claims = {
        "a": words(["medium"], "descriptives", variable="y"),
        "b": words(["high"], "descriptives", variable="y"),
        "c": words(["medium"], "descriptives", variable="z"),
        "d": words(["medium"], "descriptives", variable="x"),
        "e": words(["person", "office"], "themes"),
        "f": words(["person", "society"], "themes"),
        "g": words(["person"], "codes"),
    }
    assert states(claims) == [
        "same", "conclusion_changes", "not_computed", "not_computed", "same",
        "conclusion_changes", "not_computed",
    ]  # fmt: skip
    assert states(claims, simulated=True).count("as_simulated") == 2


def test_no_difference_is_what_was_claimed():
    where = {"outcome": "y", "by": "rank"}
    none = {"table": "group_differences", "where": where, "expects": "zero"}
    some = none | {"where": where | {"by": "post"}}
    claims = {
        "a": {"kind": "sign", "says": "…", "evidence": none},
        "b": {"kind": "sign", "says": "…", "evidence": some},
    }
    assert states(claims) == ["same", "conclusion_changes"]


def test_a_group_test_stands_for_the_same_test_of_another_number_of_groups():
    """A group too small to be compared leaves two of three: no protocol can know that."""
    asked = {"outcome": "y", "by": "post", "test": "welch_t"}
    (found,) = matching_rows(TABLES, "group_differences", asked)
    assert found["test"] == "welch_anova"
    assert matching_rows(TABLES, "group_differences", asked | {"test": "anova"}) == []
    assert matching_rows(TABLES, "group_differences", asked | {"by": "nothing"}) == []
