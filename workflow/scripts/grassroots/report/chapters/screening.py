"""Who was left out and why, and which answers are missing."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Paragraph
from grassroots.report.chapters.careless import careless_blocks
from grassroots.report.chapters.missing import missing_blocks
from grassroots.report.flow import Flow, read_flow, share
from grassroots.report.records import Row
from grassroots.report.sentences.phrases import sentence_block
from grassroots.report.sentences.scales import missing_sentences
from grassroots.report.small_cells import smallest_cell
from grassroots.report.study_words import titled
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The sample flow, missing answers with Little's test, the signs of careless answers."""
    blocks: list[Block] = [*_flow(view), *_eligible(view), *_channels(view)]
    blocks += [*missing_blocks(view), *sentence_block(view, missing_sentences(view))]
    blocks += careless_blocks(view)
    return Chapter("screening", view.words("chapter.screening"), blocks)


def _flow(view: View) -> list[Block]:
    flow = read_flow(view.tables)
    words, cell = view.words, view.cell
    if not flow:
        return [Paragraph(words("absent.flow"))]
    removals = flow.removals
    how = "some" if removals else "none"
    values = {"before": view.n("count", flow.received), "after": view.n("count", flow.valid)}
    caption = words(f"screening.flow.{how}.title", **values)
    blocks: list[Block] = [Paragraph(_rates(view, flow))]
    note = "note.flow" if removals or flow.issued else "note.flow.none"
    blocks += view.figure("sample_flow", caption, words(note), "data/flow.csv")
    if removals:
        blocks.append(
            Table(
                "flow",
                words("table.flow"),
                [
                    view.column("reason", numeric=False),
                    view.column("n_before"),
                    view.column("n_removed"),
                    view.column("n_after"),
                ],
                [
                    [
                        cell.words(reason(view, row["reason"])),
                        cell.number("count", row["n_before"]),
                        cell.number("count", row["n_removed"]),
                        cell.number("count", row["n_after"]),
                    ]
                    for row in removals
                ],
                file="data/flow.csv",
            )
        )
    return blocks


def _rates(view: View, flow: Flow) -> Markup:
    """How many questionnaires were issued, came back and are valid, with their rates."""
    words = view.words
    sentences = []
    if flow.issued:
        sentences.append(
            words(
                "screening.returned",
                issued=view.n("count", flow.issued),
                received=view.n("count", flow.received),
                rate=view.n("percent", share(flow.received, flow.issued)),
            )
        )
    sentences.append(
        words(
            f"screening.flow.{'some' if flow.removals else 'none'}",
            before=view.n("count", flow.received),
            after=view.n("count", flow.valid),
            rate=view.n("percent", share(flow.valid, flow.received)),
        )
    )
    return Markup(words("sentence.space")).join(sentences)


def _eligible(view: View) -> list[Block]:
    """Which respondents the study asked for, in words."""
    conditions = [_condition(view, each) for each in view.study.get("eligible") or []]
    if not conditions:
        return []
    listed = Markup(view.words("list.semicolon")).join(conditions)
    return [Paragraph(view.words("screening.eligible", conditions=listed))]


def _condition(view: View, condition: dict) -> Markup:
    """`Age: at least 18`, or `Type of post: law enforcement`."""
    words, parts = view.words, []
    if condition["levels"]:
        levels = [titled(each, view.language) for each in condition["levels"]]
        parts.append(words.sequence(levels))
    for end in ("at_least", "at_most"):
        if (limit := condition[end]) is not None:
            kind = "plain" if float(limit).is_integer() else "mean"
            parts.append(words(f"condition.{end}", limit=view.n(kind, limit)))
    name = view.titles.name(condition["variable"])
    return words("condition", variable=name, values=words.sequence(parts))


def _channels(view: View) -> list[Block]:
    """Through which channels the questionnaires came back; a rare one is not named."""
    rows = view.tables.rows("channels")
    if not rows:
        return []
    words, cell = view.words, view.cell
    total = view.n("count", rows[0]["n_returned"])
    columns = [
        view.column("channel", numeric=False),
        view.column("n"),
        view.column("share_of_valid"),
    ]
    body = [
        [
            cell.words(_channel(view, row)),
            cell.number("count", row["n"]),
            cell.number("proportion", row["share"]),
        ]
        for row in rows
    ]
    caption = words("table.channels", n=total)
    return [Table("channels", caption, columns, body, file="tables/channels.csv")]


def _channel(view: View, row: Row) -> str | Markup:
    """A channel by its usual translation, or as the file has it."""
    if row["channel"]:
        return view.words.either(f"channel.{row['channel']}", row["channel"])
    smallest = smallest_cell(view)
    return view.words("channel.others" if smallest else "channel.unknown", smallest=smallest)


def reason(view: View, identifier: str) -> str:
    """Why respondents were left out, in words."""
    title = view.titles.name(identifier)
    return title if title != identifier else view.words.either(f"reason.{identifier}", identifier)
