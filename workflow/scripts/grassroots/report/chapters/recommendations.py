"""What the findings call for, and what they do not."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Heading, Paragraph
from grassroots.report.evidence_words import finding_words
from grassroots.report.records import Row, distinct
from grassroots.report.study_words import titled
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

LEVELS = ("individual", "organisation", "society")


def chapter(view: View) -> Chapter | None:
    """None if the protocol recommends nothing."""
    rows = view.tables.rows("recommendations")
    if not rows:
        return None
    words = view.words
    key = "recommendations.lead.simulated" if view.simulated else "recommendations.lead"
    blocks: list[Block] = [Paragraph(words(key))]
    others = [row for row in rows if row["state"] != "called_for"]
    called = [row for row in rows if row not in others]
    if not called:
        blocks.append(Paragraph(words("recommendations.none")))
    for level in LEVELS:
        own = [row for row in called if row["level"] == level]
        if own:
            blocks.append(Heading(f"recommendations-{level}", words(f"advice.{level}")))
            blocks += [Paragraph(_advice(view, name, own)) for name in distinct(own, "id")]
    if others:
        blocks.append(_others(view, others))
    return Chapter("recommendations", words("chapter.recommendations"), blocks)


def _advice(view: View, name: str, rows: list[Row]) -> Markup:
    """The advice and, in the same paragraph, every finding that calls for it."""
    words = view.words
    findings = [finding_words(view, row["finding"]) for row in rows if row["id"] == name]
    called_by = Markup(words("list.semicolon")).join(findings)
    return Markup("<strong>{}</strong>{}{}{}<small>{}</small>").format(
        _text(view, name, "title"),
        words("advice.after_title"),
        _text(view, name, "text"),
        words("sentence.space"),
        words("advice.called_by", findings=called_by),
    )


def _others(view: View, rows: list[Row]) -> Table:
    """What is not advised with these data, with the findings that would have been needed."""
    words = view.words
    columns = [view.column(key, False) for key in ("advice", "for_whom", "finding", "verdict")]
    body: list[list[Cell]] = []
    starts = []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["id"] != row["id"]
        if first and index:
            starts.append(index)
        body.append(
            [
                view.cell.words(_text(view, row["id"], "title") if first else ""),
                view.cell.words(words(f"advice.{row['level']}") if first else ""),
                view.cell.words(finding_words(view, row["finding"])),
                view.cell.words(words(f"verdict.{row['verdict']}")),
            ]
        )
    caption, file = words("table.not_called_for"), "tables/recommendations.csv"
    notes = [words("note.not_called_for")]
    return Table("not-called-for", caption, columns, body, notes, file, tuple(starts))


def _text(view: View, name: str, part: str) -> str:
    texts: Mapping[str, Any] = view.study.get("recommendations") or {}
    return titled((texts.get(name) or {}).get(part), view.language, name)
