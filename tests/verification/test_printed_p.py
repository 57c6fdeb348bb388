"""Published p values computed again from their statistics."""

import pytest
from numbers_of_a_run import CLAIMS
from scipy import stats

from grassroots.study.faults import catalogue
from grassroots.verification.printed_p import Printed, consistent, p_range, p_value
from grassroots.verification.verdict_text import verified_text
from grassroots.verification.verified import verified


@pytest.mark.parametrize(
    ("test", "p"),
    [
        ({"statistic": "t", "value": "-2.31", "df": 318, "p": ".02"}, 2 * stats.t.sf(2.31, 318)),
        (
            {"statistic": "F", "value": "3.58", "df": 2, "df2": 871, "p": "<.05"},
            stats.f.sf(3.58, 2, 871),
        ),
        (
            {"statistic": "r", "value": "-.33", "df": 318, "p": "<.001"},
            2 * stats.t.sf(0.33 * (318 / (1 - 0.33**2)) ** 0.5, 318),
        ),
        ({"statistic": "z", "value": "1.96", "p": ".05"}, 2 * stats.norm.sf(1.96)),
        (
            {"statistic": "chi2", "value": "38.125", "df": 35, "p": "0.329"},
            stats.chi2.sf(38.125, 35),
        ),
    ],
)
def test_a_published_p_is_computed_again(numbers, expected, test, p):
    result = verified(numbers, expected, CLAIMS, {"c1": test})
    assert (result.consistent, result.contradictory) == (1, {})
    symbol = "χ²" if test["statistic"] == "chi2" else test["statistic"]
    freedom = [test[key] for key in ("df", "df2") if key in test]
    assert p_value(symbol, float(test["value"]), *freedom) == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize(
    "test",
    [
        {"statistic": "t", "value": "2.31", "df": 318, "p": ".002"},
        {"statistic": "t", "value": "1.5", "df": 50, "p": "<.05"},
        {"statistic": "F", "value": "3.58", "df": 2, "df2": 871, "p": ">.05"},
        {"statistic": "r", "value": ".05", "df": 100, "p": "<.001"},
        {"statistic": "chi2", "value": "38.125", "df": 35, "p": "0.330"},
    ],
)
def test_a_contradiction_is_named(numbers, expected, test):
    result = verified(numbers, expected, CLAIMS, {"c1": test})
    assert (result.consistent, list(result.contradictory)) == (0, ["c1"])
    assert not result.failed, "the publication is at fault, not the run"
    assert "c1: " in verified_text([result], catalogue("en"))
    assert "自相矛盾" in verified_text([result], catalogue("zh"))


def test_rounding_of_the_statistic_is_allowed_for():
    # 2.0 may stand for 1.95 to 2.05, whose p go from .046 to .057
    assert consistent(Printed("t", "2.0", ("60",), "=", ".054"))
    assert not consistent(Printed("t", "2.00", ("60",), "=", ".054"))
    low, high = p_range(Printed("t", "2.0", ("60",), "=", ".054"))
    assert low == pytest.approx(2 * stats.t.sf(2.05, 60)) and high == pytest.approx(
        2 * stats.t.sf(1.95, 60)
    )


def test_a_perfect_correlation_has_no_p_above_zero():
    assert p_value("r", 1.0, 15) == 0
