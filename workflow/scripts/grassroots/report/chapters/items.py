"""Item analysis: every item once, and what the declared rule for weak items names."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, is_true
from grassroots.report.tables import Table
from grassroots.report.view import View

KINDS = {
    "mean": "mean",
    "sd": "mean",
    "skew": "statistic",
    "kurtosis": "statistic",
    "floor": "proportion",
    "ceiling": "proportion",
    "citc": "r",
    "alpha_if_deleted": "reliability",
    "critical_ratio": "statistic",
}


def item_blocks(view: View) -> list[Block]:
    """What is wrong with items, the folded table of all, and the rule where one is declared."""
    return [*odd_items(view), *_items(view), *_rule(view)]


def odd_items(view: View) -> list[Block]:
    """Items that nobody answers, that all answer alike, or that run against their scale.

    An item that runs against the others was turned twice (in the file and here) or not at all; its
    scale's reliability is then no fact about the respondents.
    """
    rows = view.tables.rows("items")
    nobody = _nobody_answers(view)
    empty = [row for row in rows if row["item"] in nobody]
    lost = {row["scale"] for row in empty}
    apart = [row for row in rows if row["n"] == "0" and row["scale"] not in lost]
    alike = [row for row in rows if row["sd"] and number(row["sd"]) == 0]
    contrary = [row for row in rows if row["citc"] and number(row["citc"]) < 0]
    named = {
        "items.empty": empty,
        "items.alike": alike,
        "items.contrary.turned": [row for row in contrary if is_true(row["reversed"])],
        "items.contrary": [row for row in contrary if not is_true(row["reversed"])],
    }
    blocks: list[Block] = [
        Paragraph(view.words(key, items=_with_citc(view, found)))
        for key, found in named.items()
        if found
    ]
    if apart:
        scales = [view.titles.name(scale) for scale in dict.fromkeys(row["scale"] for row in apart)]
        blocks.insert(
            bool(empty), Paragraph(view.words("items.incomplete", scales=view.words.both(scales)))
        )
    return blocks


def _nobody_answers(view: View) -> set[str]:
    """The items without a single answer; the n of an item is that of its scale's complete rows."""
    return {row["variable"] for row in view.tables.rows("missing") if number(row["percent"]) == 100}


def _with_citc(view: View, rows: list[Row]) -> Markup:
    """The items, each once, with the item-rest correlation where there is one."""
    once = {row["item"]: row for row in reversed(rows)}
    shown = []
    for item in dict.fromkeys(row["item"] for row in rows):
        row, title = once[item], view.titles.name(item)
        scale = view.titles.name(row["scale"])
        citc = view.n("r", row["citc"]) if row["citc"] else ""
        words = {"item": title, "scale": scale, "citc": citc}
        shown.append(view.words("items.rule.item", **words) if citc else title)
    return view.words.sequence(shown)


def _items(view: View) -> list[Block]:
    """Each item once: a total over dimensions, whose items stand there already, is left out."""
    rows, seen = [], set()
    every = view.tables.rows("items")
    for scale in dict.fromkeys(row["scale"] for row in every):
        own = [row for row in every if row["scale"] == scale]
        if not {row["item"] for row in own} <= seen:
            rows += own
        seen |= {row["item"] for row in own}
    words, cell = view.words, view.cell
    if not rows:
        return []
    kinds = {key: kind for key, kind in KINDS.items() if any(row.get(key) for row in rows)}
    columns = [view.column("scale", numeric=False), view.column("item", numeric=False)]
    columns += [view.column(key) for key in kinds]
    body, starts = [], []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["scale"] != row["scale"]
        if first and index:
            starts.append(index)
        body.append(
            [
                cell.words(view.titles.name(row["scale"]) if first else ""),
                cell.words(view.titles.name(row["item"])),
                *(cell.number(kind, row.get(key, "")) for key, kind in kinds.items()),
            ]
        )
    notes = [words("note.items")]
    if "critical_ratio" in kinds:
        notes.append(words("note.items.critical_ratio"))
    if "floor" in kinds:
        notes.append(words("note.items.ends"))
    table = Table(
        "items", words("table.items"), columns, body, notes, "tables/items.csv", tuple(starts)
    )
    return [Folded(words("fold.items"), [table])]


def _rule(view: View) -> list[Block]:
    """How many items the rule names; the scales with and without them."""
    rows = view.tables.rows("item_rule")
    if not rows:
        return []
    weak = [row for row in rows if is_true(row["below"])]
    limit, every = view.n("r", rows[0]["limit"]), view.n("count", len(rows))
    if not weak:
        return [Paragraph(view.words("items.rule.none", limit=limit, all=every))]
    named = [
        view.words(
            "items.rule.item",
            item=view.titles.name(row["item"]),
            scale=view.titles.name(row["scale"]),
            citc=view.n("r", row["citc"]),
        )
        for row in weak
    ]
    text = view.words(
        "items.rule.some",
        limit=limit,
        all=every,
        count=view.n("count", len(weak)),
        items=view.words.sequence(named),
    )
    without = view.tables.rows("scales_without")
    return [Paragraph(text), *([_without(view, without)] if without else [])]


def _without(view: View, rows: list[Row]) -> Table:
    words, cell = view.words, view.cell
    kinds = {
        "n_items": "count",
        "n_items_without": "count",
        "n": "count",
        "alpha": "reliability",
        "alpha_without": "reliability",
        "mean": "mean",
        "mean_without": "mean",
        "r_both": "r",
        "largest_change": "r",
    }
    columns = [view.column("scale", numeric=False), *(view.column(key) for key in kinds)]
    body = [
        [
            cell.words(view.titles.name(row["scale"])),
            *(cell.number(kind, row[key]) for key, kind in kinds.items()),
        ]
        for row in rows
    ]
    caption, file = words("table.scales_without"), "tables/scales_without.csv"
    return Table("scales_without", caption, columns, body, [words("note.scales_without")], file)
