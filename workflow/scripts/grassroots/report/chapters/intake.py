"""Where the data come from."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Facts, Paragraph
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The origin of the data and the file that was read, with its digest."""
    words = view.words
    blocks: list[Block] = []
    origin = view.titles.text("origin")
    if origin:
        blocks.append(Paragraph(Markup.escape(origin)))
    pairs = [
        (words("fact.place"), view.titles.text("place")),
        (words("fact.collected"), view.collected),
        (words("fact.licence"), view.titles.text("licence")),
    ]
    for row in view.tables.rows("source"):
        pairs += [
            (words("fact.file"), row.get("file", "")),
            (words("fact.format"), " · ".join(filter(None, (row["format"], row["encoding"])))),
            (
                words("fact.size"),
                words(
                    "fact.size.value",
                    rows=view.n("count", row["rows"]),
                    columns=view.n("count", row["columns"]),
                ),
            ),
            (words("fact.left_out"), _left_out(view, row.get("notes", ""))),
            (words("fact.sha256"), Markup('<code class="hash">{}</code>').format(row["sha256"])),
        ]
    blocks.append(Facts([(name, value) for name, value in pairs if value]))
    return Chapter("intake", words("chapter.intake"), blocks)


def _left_out(view: View, notes: str) -> Markup:
    """The rows that were no answers of the study, by reason; empty if there were none."""
    counted = dict(note.split(": ")[:2] for note in notes.split("; ") if note)
    return view.words.sequence(
        [
            view.words(f"fact.left_out.{reason}", n=view.n("count", count))
            for reason, count in counted.items()
            if view.words.has(f"fact.left_out.{reason}")
        ]
    )
