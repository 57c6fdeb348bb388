"""The chapter on what has moved since an earlier run."""

import csv
import io

from grassroots.report.page import render_page
from grassroots.verification.changes import CHANGE_COLUMNS, changes

BEFORE = {
    "tables": {
        "hypotheses": {"rows": {"H1": {"verdict": "supported", "est": -0.4}}},
        "reliability": {"rows": {"a": {"alpha": 0.8, "n": 300}, "gone": {"alpha": 0.7}}},
    }
}
AFTER = {
    "tables": {
        "hypotheses": {"rows": {"H1": {"verdict": "not_supported", "est": -0.4}}},
        "reliability": {"rows": {"a": {"alpha": 0.84, "n": 300}}},
    }
}


def as_csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, CHANGE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_what_moved_is_listed_with_both_values():
    found = {(row["table"], row["row"], row["column"]): row for row in changes(BEFORE, AFTER)}
    assert set(found) == {
        ("hypotheses", "H1", "verdict"),
        ("reliability", "a", "alpha"),
        ("reliability", "gone", "alpha"),
    }
    alpha = found["reliability", "a", "alpha"]
    assert (alpha["before"], alpha["after"]) == ("0.8", "0.84")
    assert abs(float(alpha["relative"]) - 0.05) < 1e-12
    assert found["reliability", "gone", "alpha"]["after"] == ""


def test_the_page_tells_what_moved(study, tables, parts):
    rows = as_csv(changes(BEFORE, AFTER))
    page = render_page(study, {**tables, "changes": rows}, {}, **parts)
    assert "What has changed" in page and "与先前运行相比的变动" in page
    assert "Conclusions have changed:" in page
    assert "reliability | a | alpha" in page and ">5.0%" in page


def test_an_equal_run_says_so_and_without_an_earlier_one_there_is_no_chapter(study, tables, parts):
    same = render_page(study, {**tables, "changes": as_csv([])}, {}, **parts)
    assert "No number differs" in same
    assert "What has changed" not in render_page(study, tables, {}, **parts)
