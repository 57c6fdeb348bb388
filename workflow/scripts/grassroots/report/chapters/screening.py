"""Who was left out and why, and which answers are missing."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Folded, Paragraph
from grassroots.report.chapters.careless import careless_blocks
from grassroots.report.flow import Flow, read_flow, share
from grassroots.report.numbers import number
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The sample flow, the missing answers with Little's test, the signs of careless answers."""
    blocks: list[Block] = [*_flow(view), *_missing(view), *careless_blocks(view)]
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
    blocks += view.figure("sample_flow", caption, words("note.flow"), "data/flow.csv")
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


def reason(view: View, identifier: str) -> str:
    """Why respondents were left out, in words."""
    title = view.titles.name(identifier)
    return title if title != identifier else view.words.either(f"reason.{identifier}", identifier)


def _missing(view: View) -> list[Block]:
    words, cell = view.words, view.cell
    rows = view.tables.rows("missing")
    if not rows:
        return []
    with_gaps = [row for row in rows if number(row["n_missing"]) > 0]
    if not with_gaps:
        return [Paragraph(words("screening.missing.none", n=view.n("count", len(rows))))]
    most = max(with_gaps, key=lambda row: number(row["percent"]))
    blocks: list[Block] = [
        Paragraph(
            words(
                "screening.missing.some",
                n=view.n("count", len(with_gaps)),
                all=view.n("count", len(rows)),
                variable=view.titles.name(most["variable"]),
                percent=view.n("percent", most["percent"]),
            )
        )
    ]
    test = view.tables.first("missing_test")
    if test and test.get("statistic"):
        significant = number(test["p"]) < view.alpha
        blocks.append(
            Paragraph(
                words(
                    "screening.little",
                    df=view.n("df", test["df"]),
                    chi2=view.n("statistic", test["statistic"]),
                    p=view.equals("p", "p", test["p"]),
                    finding=words(f"screening.little.{'against' if significant else 'mcar'}"),
                )
            )
        )
    columns = [
        view.column("variable", numeric=False),
        view.column("n_missing"),
        view.column("percent"),
    ]
    body = [
        [
            cell.words(view.titles.name(row["variable"])),
            cell.number("count", row["n_missing"]),
            cell.number("percent", row["percent"]),
        ]
        for row in with_gaps
    ]
    table = Table("missing", words("table.missing"), columns, body, file="tables/missing.csv")
    return [*blocks, Folded(words("fold.missing"), [table])]
