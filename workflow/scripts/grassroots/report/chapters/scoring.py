"""How answers became scores."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Facts, Paragraph
from grassroots.report.records import distinct, is_reversed
from grassroots.report.study_words import titled
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The scales with their items; reverse-keyed items are marked."""
    words, cell = view.words, view.cell
    rows = view.tables.rows("items")
    title = words("chapter.scoring")
    if not rows:
        return Chapter("scoring", title, [Paragraph(words("absent.items"))])
    any_reversed = any(is_reversed(row) for row in rows)
    body = []
    for scale in distinct(rows, "scale"):
        items = [row for row in rows if row["scale"] == scale]
        body.append(
            [
                cell.words(view.titles.name(scale)),
                cell.number("count", len(items)),
                cell.words(words.sequence([_item(view, row) for row in items])),
            ]
        )
    table = Table(
        "scales",
        words("table.scales"),
        [
            view.column("scale", numeric=False),
            view.column("n_items"),
            view.column("items", numeric=False),
        ],
        body,
        [words("note.reversed")] if any_reversed else [],
        "tables/items.csv",
    )
    sentence = "scoring.means.reversed" if any_reversed else "scoring.means"
    share = view.n("threshold", (view.study.get("scoring") or {}).get("minimum_answered"))
    lead = Paragraph(words(sentence, share=share))
    return Chapter("scoring", title, [lead, *_instruments(view), table])


def _instruments(view: View) -> list[Block]:
    """Which questionnaires were used, and where they come from."""
    instruments = view.study.get("instruments") or {}
    pairs = [
        (
            titled(instrument["title"], view.language),
            Markup(" ").join(_about(view, instrument)),
        )
        for instrument in instruments.values()
    ]
    return [Facts(pairs)] if pairs else []


def _about(view: View, instrument: Mapping[str, Any]) -> list[Markup]:
    """The source, the answers that were possible, the terms, and whether items may be shown."""
    words = view.words
    parts = [Markup.escape(f"{instrument['source']}").rstrip(". ") + "."]
    response = instrument.get("response")
    if response:
        low, high = (view.n("plain", response[end]) for end in ("min", "max"))
        parts.append(words("scoring.response", low=low, high=high))
    parts.append(words("scoring.licence", licence=titled(instrument["licence"], view.language)))
    if instrument.get("text_allowed") is False:
        parts.append(words("scoring.no_text"))
    return parts


def _item(view: View, row: dict[str, str]) -> Markup:
    mark = view.words("mark.reversed") if is_reversed(row) else ""
    return Markup('<span class="item">{}{}</span>').format(row["item"], mark)
