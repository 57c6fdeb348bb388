"""Counts that are too small to be published: which they are, and what stands in their place."""

from markupsafe import Markup

from grassroots.report.records import is_true
from grassroots.report.study_words import titled
from grassroots.report.view import View


def smallest_cell(view: View) -> int:
    """The smallest count that is published; 0 if the study publishes all."""
    return int(view.study.get("smallest_cell") or 0)


def hidden_levels(view: View, variable: str) -> set[str]:
    """The levels of a variable whose counts were suppressed."""
    rows = view.tables.rows("sample", variable=variable)
    return {row["level"] for row in rows if is_true(row.get("suppressed", ""))}


def merged_notes(view: View) -> list[Markup]:
    """Which categories are analysed as one because they were too small to stand alone."""
    words = view.words
    return [
        words(
            "note.merged",
            variable=view.titles.name(merged["variable"]),
            level=view.titles.level(merged["variable"], merged["level"]),
            members=words.both([titled(each, view.language) for each in merged["members"]]),
        )
        for merged in view.study.get("merged") or []
    ]


def hidden_text(view: View, count: int) -> str | Markup:
    """What stands for a suppressed count, `count` being how many the variable has.

    One alone, or three and more, are below the limit. Of two, one may have been hidden only so that
    the total does not give the other away: no limit can be stated for them.
    """
    if count == 2 or not smallest_cell(view):
        return view.words("cell.hidden")
    return f"<{smallest_cell(view)}"
