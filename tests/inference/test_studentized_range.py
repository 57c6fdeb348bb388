import subprocess

import numpy as np
import pytest
from scipy import special, stats

from grassroots.inference import studentized_range


@pytest.mark.parametrize(("groups", "df"), [(3, 1), (3, 7.5), (5, 60), (9, 2500)])
def test_tail_is_scipys(groups, df):
    for q in (0.5, 3.5, 7.0):
        expected = stats.studentized_range.sf(q, groups, df)
        assert studentized_range.upper_tail(q, groups, df) == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("df", [1.0, 4.0, 33.3, 1e5])
def test_two_groups_are_a_t_test(df):
    for t in (0.2, 1.0, 2.5):
        expected = 2 * special.stdtr(df, -t)
        found = studentized_range.upper_tail(t * np.sqrt(2), 2, df)
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("probability", [0.5, 0.95, 0.999])
def test_the_quantile_inverts_the_tail(probability):
    for groups, df in ((3, 1.0), (4, 12.5), (8, 400.0)):
        q = studentized_range.quantile(probability, groups, df)
        tail = studentized_range.upper_tail(q, groups, df)
        assert tail == pytest.approx(1 - probability, abs=1e-11)


def test_the_printed_table():
    """q(.05) for 3 groups and 10 df, 4 and 20, as textbooks print them."""
    assert round(studentized_range.quantile(0.95, 3, 10), 2) == 3.88
    assert round(studentized_range.quantile(0.95, 4, 20), 2) == 3.96


def test_the_ends():
    assert studentized_range.upper_tail(0.0, 4, 10) == 1
    assert studentized_range.upper_tail(1e3, 4, 50) == pytest.approx(0, abs=1e-13)


@pytest.mark.r
def test_tail_is_rs(rscript):
    code = (
        "for (k in c(3, 5, 9)) for (df in c(7, 60, 1000)) for (q in c(.5, 3.5, 7))"
        ' cat(k, df, q, sprintf("%.16g", ptukey(q, k, df, lower.tail = FALSE)), "\\n")'
    )
    done = subprocess.run([rscript, "-e", code], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 27
    for line in lines:
        groups, df, q, tail = (float(part) for part in line.split())
        found = studentized_range.upper_tail(q, int(groups), df)
        assert found == pytest.approx(tail, abs=1e-8)
