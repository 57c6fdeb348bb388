"""Every variable with its wording, coding and answers."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from grassroots.report.answer import sample_size
from grassroots.report.blocks import Block, Chapter, Paragraph
from grassroots.report.codebook import HIDDEN, Answer, Variable, background, items
from grassroots.report.small_cells import merged_notes, smallest_cell
from grassroots.report.study_words import titled
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View

FILE = "tables/codebook.csv"
# More answers than these have no column each: mean and standard deviation stand in their place.
MOST_ANSWERS = 11


def chapter(view: View) -> Chapter | None:
    """The background variables, and the items of each instrument; None without any variable."""
    people = background(view.study, view.tables)
    scales = items(view.study, view.tables)
    tables = [_background(view, people)] if people else []
    tables += [_items(view, name, own) for name, own in scales.items() if any(map(_known, own))]
    if not tables:
        return None
    lead = view.words("codebook.lead", n=view.equals("n", "count", sample_size(view)))
    blocks: list[Block] = [Paragraph(lead), *tables]
    return Chapter("codebook", view.words("chapter.codebook"), blocks)


def _known(one: Variable) -> bool:
    return bool(one.missing or one.item or one.answers)


def _background(view: View, people: list[Variable]) -> Table:
    """A row a variable: its levels with their counts, or the range of a number."""
    cell = view.cell
    columns = [
        view.column("variable", numeric=False),
        view.column("id", numeric=False),
        view.column("levels", numeric=False),
        view.column("n_missing"),
    ]
    body = [
        [
            cell.words(view.titles.name(one.name)),
            cell.words(one.name),
            Cell(_levels(view, one)),
            cell.number("count", one.missing.get("n_missing", "")),
        ]
        for one in people
    ]
    hidden = any(each.hidden for one in people for each in one.answers)
    notes = [_hidden_note(view)] if hidden else []
    notes += merged_notes(view)
    return Table("codebook", view.words("table.codebook"), columns, body, notes, FILE)


def _levels(view: View, one: Variable) -> Markup:
    words = view.words
    if one.answers:
        named = [
            words("codebook.level", level=view.titles.level(one.name, each.level), n=_n(view, each))
            for each in one.answers
        ]
        return Markup(words("list.semicolon")).join(named)
    if not one.described.get("min"):
        return Markup("\u2013")
    low, high = (view.n("plain", one.described[end]) for end in ("min", "max"))
    return words("range", low=low, high=high)


def _n(view: View, answer: Answer) -> str | Markup:
    return HIDDEN if answer.hidden else view.n("count", answer.n)


def _items(view: View, instrument: str, own: list[Variable]) -> Table:
    """A row an item below its dimension's name; a column for each answer where they are few."""
    about = (view.study.get("instruments") or {}).get(instrument) or {}
    worded = any(view.titles.name(one.name) != one.name for one in own)
    answers = list(dict.fromkeys(each.level for one in own for each in one.answers))
    answers = answers if len(answers) <= MOST_ANSWERS else []
    columns = [view.column("item", numeric=False)]
    columns += [view.column("wording", numeric=False)] if worded else []
    columns += [Column(level) for level in answers]
    columns += [] if answers else [view.column("mean"), view.column("sd")]
    columns += [view.column("n_missing"), view.column("citc")]
    body: list[list[Cell]] = []
    starts: list[int] = []
    for place, one in enumerate(own):
        if one.scale != instrument and (not place or own[place - 1].scale != one.scale):
            starts += [len(body)] if body else []
            heading = view.cell.words(view.titles.name(one.scale))
            body.append([heading] + [view.cell.words("")] * (len(columns) - 1))
        body.append(_item(view, one, worded, answers))
    title = titled(about.get("title"), view.language, instrument)
    caption = view.words("table.codebook.items", scale=title)
    notes = _notes(view, instrument, about, own, bool(answers), worded)
    return Table(f"codebook-{instrument}", caption, columns, body, notes, FILE, tuple(starts))


def _item(view: View, one: Variable, worded: bool, answers: list[str]) -> list[Cell]:
    cell, title = view.cell, view.titles.name(one.name)
    name = one.name + (view.words("mark.reversed") if one.reversed else "")
    cells = [cell.words(name)]
    cells += [cell.words(title if title != one.name else "\u2013")] if worded else []
    given = {each.level: each for each in one.answers}
    cells += [cell.number("count", given[level].n if level in given else "") for level in answers]
    if not answers:
        cells += [cell.number("mean", one.item.get(key, "")) for key in ("mean", "sd")]
    cells.append(cell.number("count", one.missing.get("n_missing", "")))
    cells.append(cell.number("r", one.item.get("citc", "")))
    return cells


def _notes(
    view: View,
    instrument: str,
    about: Mapping[str, Any],
    own: list[Variable],
    few: bool,
    worded: bool,
) -> list[str | Markup]:
    """What the answers are, which were turned, why a wording or a number is not there."""
    words = view.words
    response = about.get("response") or {}
    notes: list[str | Markup] = []
    if few:
        notes.append(words("note.codebook.counts"))
    elif response:
        low, high = (view.n("plain", response[end]) for end in ("min", "max"))
        notes.append(words("scoring.response", low=low, high=high))
    labels = (view.study.get("codebook") or {}).get(instrument, {}).get("labels") or {}
    if labels:
        named = [f"{level} = {text}" for level, text in labels.items()]
        notes.append(words("note.codebook.labels", labels=words("list.semicolon").join(named)))
    if any(one.reversed for one in own):
        notes.append(words("note.codebook.reversed"))
    if not worded and about.get("text_allowed") is False:
        licence = titled(about.get("licence"), view.language)
        notes.append(words("note.codebook.licence", licence=licence))
    return notes


def _hidden_note(view: View) -> Markup:
    return view.words("note.codebook.hidden", smallest=view.n("count", smallest_cell(view)))
