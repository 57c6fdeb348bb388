"""How high the scores are, in words by declared cut-offs: a convention, and no diagnosis."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.records import Row, distinct, is_true
from grassroots.report.small_cells import hidden_text, smallest_cell
from grassroots.report.study_words import titled
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View

Declared = Mapping[str, Any]


def level_word(view: View, scale: str, level: str) -> str:
    """The declared word for a level of a scale; the id itself if there is none."""
    for declared in view.study.get("levels") or []:
        if scale in declared["scales"]:
            for band in declared["bands"]:
                if band["level"] == level:
                    return titled(band["title"], view.language, level)
    return level.replace("_", " ")


def level_notes(view: View) -> list[str | Markup]:
    """The cut-offs with their source, and what they are not."""
    declared = view.study.get("levels") or []
    notes: list[str | Markup] = [
        view.words(
            "note.levels",
            bands=Markup(view.words("band.separator")).join(_ranges(view, each)),
            source=titled(each["source"], view.language).rstrip(".。"),
        )
        for each in declared
    ]
    return [*notes, view.words("note.levels.caution")] if notes else []


def level_blocks(view: View) -> list[Block]:
    """In which band the mean lies, and how many respondents lie in which; one table a set."""
    blocks: list[Block] = []
    for number, declared in enumerate(view.study.get("levels") or [], 1):
        rows = [r for r in view.tables.rows("levels") if r["scale"] in declared["scales"]]
        if rows:
            blocks += [Paragraph(_sentence(view, declared)), _table(view, declared, rows, number)]
    return blocks


def _sentence(view: View, declared: Declared) -> Markup:
    """The scales by the band of their mean, from the lowest band up."""
    parts = []
    means = [
        row for row in view.tables.rows("descriptives") if row["variable"] in declared["scales"]
    ]
    for band in declared["bands"]:
        own = [row for row in means if row.get("level") == band["level"]]
        if own:
            named = [
                view.words(
                    "levels.scale",
                    scale=view.titles.name(row["variable"]),
                    mean=view.equals("M", "mean", row["mean"]),
                )
                for row in own
            ]
            word = titled(band["title"], view.language)
            parts.append(view.words("levels.band", level=word, scales=view.words.both(named)))
    return Markup(view.words("sentence.space")).join(parts)


def _table(view: View, declared: Declared, rows: list[Row], place: int) -> Table:
    words, cell = view.words, view.cell
    levels = [band["level"] for band in declared["bands"]]
    columns = [view.column("scale", numeric=False)]
    columns += [Column(titled(band["title"], view.language)) for band in declared["bands"]]
    body: list[list[Cell]] = []
    hidden_anywhere = False
    for scale in distinct(rows, "scale"):
        own = {row["level"]: row for row in rows if row["scale"] == scale}
        hidden = [row for row in own.values() if is_true(row.get("suppressed", ""))]
        hidden_anywhere = hidden_anywhere or bool(hidden)
        cells = [cell.words(view.titles.name(scale))]
        for level in levels:
            row = own[level]
            if row in hidden:
                cells.append(cell.words(hidden_text(view, len(hidden))))
            else:
                cells.append(_share(view, row))
        body.append(cells)
    notes = [words("note.levels.table"), *level_notes(view)]
    if hidden_anywhere:
        notes.append(words("note.suppressed", smallest=view.n("count", smallest_cell(view))))
    name = "levels" if place == 1 else f"levels-{place}"
    return Table(name, words("table.levels"), columns, body, notes, "tables/levels.csv")


def _share(view: View, row: Row) -> Cell:
    """`124`, below it `38.8%`."""
    count, percent = (
        view.cell.number("count", row["n"]),
        view.cell.number("percent", row["percent"]),
    )
    text = Markup("{} <small>{}</small>").format(count.text, percent.text)
    return Cell(text, (*count.values, *percent.values))


def _ranges(view: View, declared: Declared) -> list[Markup]:
    """`low: below 2.5`, `medium: from 2.5 up to 3.5`, `high: above 3.5`."""
    bands = declared["bands"]
    found = []
    for band, following in zip(bands, [*bands[1:], None], strict=True):
        ends = []
        if band["start"] is not None:
            key = "band.from" if band["closed"] else "band.above"
            ends.append(view.words(key, end=view.n("plain", band["start"])))
        if following:
            key = "band.below" if following["closed"] else "band.up_to"
            ends.append(view.words(key, end=view.n("plain", following["start"])))
        text = Markup(view.words("band.and")).join(ends)
        found.append(view.words("band", level=titled(band["title"], view.language), ends=text))
    return found
