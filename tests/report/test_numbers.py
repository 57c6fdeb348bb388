"""Every trap of printing numbers that the field knows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grassroots.report.numbers import KINDS, Numbers, rounded

APA = Numbers("apa7", {"fixed": " (fixed)"})
ZH = Numbers("zh-thesis", {"fixed": "（固定）"})
DASH = "\u2013"


@pytest.mark.parametrize(
    ("kind", "value", "apa", "zh"),
    [
        ("r", 0.4231, ".42", "0.42"),
        ("r", -0.4231, "−.42", "−0.42"),
        ("reliability", 0.8849, ".88", "0.88"),
        ("fit", 0.93056, ".931", "0.931"),
        ("fit", 1.0024, "1.002", "1.002"),  # TLI is not clipped
        ("fit", 0.99972, "1.000", "1.000"),
        ("beta", 1.0249, "1.02", "1.02"),  # beta can exceed 1: the zero stays away only below 1
        ("beta", -1.0249, "−1.02", "−1.02"),
        ("beta", 0.9996, "1.00", "1.00"),
        ("mean", 3.2, "3.20", "3.20"),
        ("mean", 0.456, "0.46", "0.46"),
        ("b", -0.004, "0.00", "0.00"),  # no negative zero
        ("r", -0.0049, ".00", "0.00"),
        ("statistic", -2.345678, "−2.35", "−2.35"),  # a true minus
        ("percent", 45.249, "45.2%", "45.2%"),
        ("proportion", 0.68451, "68.5%", "68.5%"),
        ("threshold", 0.5, "50%", "50%"),
        ("count", 2800, "2,800", "2800"),
        ("count", "301", "301", "301"),
        ("df", 24.0, "24", "24"),
        ("df", 17.3489, "17.35", "17.35"),  # Welch
        ("criterion", 7517.48985, "7517.49", "7517.49"),
    ],
)
def test_a_number_of_each_kind(kind, value, apa, zh):
    assert APA.text(kind, value) == apa
    assert ZH.text(kind, value) == zh


@pytest.mark.parametrize(
    ("p", "apa", "zh"),
    [
        (0.013, "p = .013", "p=0.013"),
        (0.0009999, "p < .001", "p<0.001"),
        (0.001, "p = .001", "p=0.001"),
        (0.0, "p < .001", "p<0.001"),  # never .000
        (1e-300, "p < .001", "p<0.001"),
        (0.9997, "p > .999", "p>0.999"),  # never 1.000
        (0.9995, "p > .999", "p>0.999"),
        (1.0, "p > .999", "p>0.999"),
        (0.05, "p = .050", "p=0.050"),
    ],
)
def test_p_values(p, apa, zh):
    assert APA.equation("p", "p", p) == apa
    assert ZH.equation("p", "p", p) == zh


def test_p_in_a_cell_keeps_its_sign():
    assert APA.text("p", 1e-9) == "< .001"
    assert ZH.text("p", 1e-9) == "<0.001"
    assert APA.text("p", 0.329) == ".329"


def test_equations_of_other_kinds():
    assert APA.equation("n", "count", 312) == "n = 312"
    assert ZH.equation("n", "count", 312) == "n=312"


@pytest.mark.parametrize("missing", [None, "", "NA", math.nan, math.inf, "nan"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_a_dash(kind, missing):
    assert APA.text(kind, missing) == DASH
    assert APA.interval(kind, missing, 0.2) == DASH
    assert ZH.starred(kind, missing, 0.2) == DASH


def test_intervals():
    assert APA.confidence("r", 0.31, 0.52) == "95% CI [.31, .52]"
    assert ZH.confidence("r", 0.31, 0.52) == "95%CI [0.31, 0.52]"
    assert Numbers("zh-thesis-wide").confidence("r", 0.31, 0.52) == "95%CI ［0.31，0.52］"
    assert APA.confidence("b", -0.5, 0.5, alpha=0.1) == "90% CI [−0.50, 0.50]"
    assert Numbers.level(0.001) == "99.9%"


def test_a_bound_that_is_not_zero_never_reads_as_zero():
    assert APA.interval("beta", 0.0021, 0.3178) == "[.002, .318]"
    assert ZH.interval("b", -0.41, -0.00004) == "[−0.41000, −0.00004]"
    assert APA.interval("fit", 0, 0.092) == "[.000, .092]"  # this one is zero


def test_an_estimate_with_its_interval():
    assert APA.estimate("beta", 0.34, 0.26, 0.41) == ".34 [.26, .41]"
    assert APA.estimate("beta", 0.34, "", "") == ".34"


@pytest.mark.parametrize(
    ("p", "stars"),
    [
        (0.0005, "***"),
        (0.001, "**"),
        (0.0099, "**"),
        (0.01, "*"),
        (0.0499999, "*"),
        (0.05, ""),
        (0.2, ""),
        ("", ""),
    ],
)
def test_stars_are_judged_on_the_unrounded_p_and_are_off_in_apa(p, stars):
    assert ZH.starred("r", 0.42, p) == f"0.42{stars}"
    assert APA.starred("r", 0.42, p) == ".42"


def test_a_fixed_loading_says_so():
    assert APA.fixed("b", 1) == "1.00 (fixed)"
    assert ZH.fixed("b", 1) == "1.00（固定）"


def test_ties_go_away_from_zero_and_nothing_is_rounded_twice():
    assert APA.text("mean", 2.675) == "2.68"  # its nearest double lies below the tie
    assert APA.text("mean", 0.125) == "0.13"  # Python's format gives 0.12
    assert APA.text("r", 0.4449) == ".44"  # .445 would give .45


def test_a_found_number_takes_the_form_of_the_printed_one():
    assert APA.like(".931", 0.9305596517995378) == ".931"
    assert APA.like("0.931", 0.9305596517995378) == "0.931"
    assert APA.like("85.306", 85.30552176979465) == "85.306"
    assert APA.like("24", 24.0) == "24"
    assert APA.like("0.100", 0.09966518) == "0.100"
    assert APA.like(".999", 0.99971) == "1.000"
    assert APA.like("-.31", -0.3149) == "−.31"


def test_mean_and_sd():
    assert ZH.mean_sd(3.214, 0.449) == "3.21±0.45"


def test_zero_on_an_axis():
    assert APA.tick("beta", 0.0, 1) == "0"
    assert APA.tick("beta", 0.2, 1) == ".2"
    assert ZH.tick("beta", -0.2, 1) == "−0.2"


@given(
    st.floats(-1e6, 1e6),
    st.sampled_from([kind for kind in KINDS if kind not in ("p", "magnitude")]),
    st.sampled_from([APA, ZH]),
)
def test_what_is_printed_is_within_half_a_unit_of_the_value(value, kind, numbers):
    text = numbers.text(kind, value).replace("−", "-").replace(",", "").rstrip("%")
    scale = 100 if kind in ("proportion", "threshold") else 1
    decimals = len(text.partition(".")[2])
    assert abs(float(text) - value * scale) <= 0.5 * 10**-decimals * (1 + 1e-6) + 1e-9
    assert text not in ("-0", "-0.0", "-0.00", "-.00", "-0.000")


@pytest.mark.parametrize(
    ("value", "text"),
    [(5.75e-6, "6 × 10⁻⁶"), (9.6e-9, "1 × 10⁻⁸"), (0, "0"), (0.02, "2 × 10⁻²"), (40, "4 × 10¹")],
)
def test_of_a_magnitude_one_digit_is_enough(value, text):
    assert APA.text("magnitude", value) == ZH.text("magnitude", value) == text


def test_rounding_keeps_no_sign_on_zero():
    assert str(rounded(-0.0001, 2)) == "0.00"
