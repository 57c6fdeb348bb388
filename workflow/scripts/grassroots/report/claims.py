"""The findings that were published about the data, and what this run found."""

from markupsafe import Markup

from grassroots.report.answer import STATES
from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.evidence_words import found_words
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.tables import Cell, Table, full
from grassroots.report.view import View

QUIET = {"same", "as_simulated"}
FOLD_ABOVE = 12


def claim_blocks(view: View) -> list[Block]:
    """Claims that need a look stand open; a long list is shut."""
    rows = view.tables.rows("claims")
    words = view.words
    if not rows:
        return []
    lead = words("claims.lead.simulated" if view.simulated else "claims.lead")
    source = view.titles.text("claims_source")
    where = words("sentence.space") + words("claims.source", source=source) if source else ""
    blocks: list[Block] = [Paragraph(lead + where)]
    loud = [row for row in rows if row["state"] not in QUIET]
    if len(rows) <= FOLD_ABOVE:
        return [*blocks, _table(view, "claims", rows)]
    if loud:
        blocks.append(_table(view, "claims-open", loud))
    fold = Folded(
        words("fold.claims", n=view.n("count", len(rows))), [_table(view, "claims", rows)]
    )
    return [*blocks, fold]


def _table(view: View, name: str, rows: list[Row]) -> Table:
    columns = [view.column("says", numeric=False), view.column("claimed"), view.column("found")]
    columns.append(view.column("state", numeric=False))
    shown = [state for state in STATES if any(row["state"] == state for row in rows)]
    notes = [view.words(f"state.{state}.note") for state in shown]
    quotes = [row["says"] for row in rows]
    body = [
        [
            _says(view, row, quotes, index),
            view.cell.words(_claimed(view, row)),
            _found(view, row),
            _state(view, row),
        ]
        for index, row in enumerate(rows)
    ]
    key = "table.claims.simulated" if view.simulated else "table.claims"
    return Table(name, view.words(key), columns, body, notes, "tables/claims.csv")


def _says(view: View, row: Row, quotes: list[str], index: int) -> Cell:
    """The quotation, but once; where it holds several findings, which of them is meant."""
    quote = row["says"]
    if quotes.count(quote) == 1:
        return view.cell.words(quote)
    which = Markup("<small>{}</small>").format(view.titles.readable(row["id"]))
    return Cell(which if quote in quotes[:index] else Markup("{} {}").format(quote, which))


def _state(view: View, row: Row) -> Cell:
    """The state and, where the author or the run gives one, the reason."""
    word = view.words(f"state.{row['state']}")
    note = view.words.either(f"status.{row['note']}", row["note"]) if row.get("note") else ""
    return Cell(Markup("{} <small>{}</small>").format(word, note) if note else word)


def _claimed(view: View, row: Row) -> str | Markup:
    claimed = row["claimed"]
    if number(claimed) == number(claimed):
        return claimed.replace("-", "\u2212")
    if row.get("higher"):
        levels = [view.titles.level(row["by"], level) for level in row["higher"].split()]
        return view.words("finding.higher", levels=view.words.both(levels))
    if row["kind"] == "words":
        return _listed(view, claimed)
    return view.words.either(f"finding.{claimed}", claimed)


def _found(view: View, row: Row) -> Cell:
    found, claimed = row["found"], row["claimed"]
    if ";" in found:
        estimates = [part.strip() for part in found.split(";")]
        text = "; ".join(view.numbers.text("b", part) for part in estimates)
        return Cell(text, full(*estimates))
    if row["kind"] == "words":
        return view.cell.words(_listed(view, found) or "\u2013")
    if number(found) != number(found):
        return view.cell.words(view.words.either(f"finding.{found}", found or "\u2013"))
    if number(claimed) == number(claimed):
        return view.cell.like(claimed, found)
    if row.get("mean_higher"):
        means = [view.numbers.text("mean", row[side]) for side in ("mean_higher", "mean_others")]
        said = view.words("finding.means", named=means[0], others=means[1])
        text = Markup("{} <small>{}</small>").format(_statistic(view, row), said)
        return Cell(text, full(found, row["mean_higher"], row["mean_others"]))
    return Cell(_statistic(view, row), full(found))


def _statistic(view: View, row: Row) -> Markup:
    """The number with its name, its interval and its p, as far as the run has them."""
    keys = ("ci_low", "ci_high", "p")
    shown = {"est": row["found"], "statistic": row.get("measure", "")}
    return found_words(view, row["table"], shown | {key: row.get(key, "") for key in keys})


def _listed(view: View, words: str) -> Markup:
    """Words separated by blanks, as a list of the page's language."""
    return view.words.both([view.words.either(f"finding.{word}", word) for word in words.split()])
