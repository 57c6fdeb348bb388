"""Signs of careless answering, and whether the results hold without those who show them."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Heading, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, is_true
from grassroots.report.study_words import titled
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

FLAGGED = "flagged"
# How the estimate of each kind of result is printed.
KINDS = {"eta2": "r", "correlation": "r", "beta": "beta"}
# How the limit of each sign is printed; the others are shares.
LIMITS = {
    "mahalanobis": "p", "too_fast": "plain", "even_odd": "r", "synonyms": "r", "antonyms": "r",
    FLAGGED: "count",
}  # fmt: skip
FOLD_ABOVE = 12


def careless_blocks(view: View) -> list[Block]:
    """The flags and, beside each main result, the same without the flagged respondents."""
    inner = [*_flags(view), *_sensitivity(view)]
    return [Heading("careless", view.words("section.careless")), *inner] if inner else []


def _flags(view: View) -> list[Block]:
    rows = view.tables.rows("screening_flags")
    words = view.words
    if not rows:
        return []
    blocks: list[Block] = []
    total = next((row for row in rows if row["flag"] == FLAGGED), None)
    if total and total["n"]:
        removed = FLAGGED in view.study.get("screening", {}).get("exclude", [])
        blocks.append(
            Paragraph(
                words(
                    "screening.flagged.removed" if removed else "screening.flagged",
                    n=view.n("count", total["n"]),
                    share=view.n("proportion", total["share"]),
                    families=view.n("count", total.get("limit", "")),
                )
            )
        )
    columns = [view.column("flag", numeric=False), view.column("rule_and_source", numeric=False)]
    columns += [view.column(key) for key in ("n_shown", "n_computed", "share_of_valid")]
    body = [_sign(view, row) for row in rows]
    rules_before = tuple(i for i, row in enumerate(rows) if row["flag"] == FLAGGED and i)
    notes = [words("note.flags")]
    if any(_only_shown(row) for row in rows):
        notes.append(words("note.flags.only_shown"))
    caption, file = words("table.flags"), "tables/screening_flags.csv"
    return [*blocks, Table("flags", caption, columns, body, notes, file, rules_before)]


def _sign(view: View, row: Row) -> list[Cell]:
    """A sign with its rule and source, and how many show it or why that is not known."""
    words, cell = view.words, view.cell
    name: str | Markup = words.either(f"flag.{row['flag']}", row["flag"])
    if _only_shown(row):
        name = Markup("{}{}").format(name, words("mark.only_shown"))
    sources = view.study.get("screening", {}).get("flags", {}).get("sources", {})
    small = [titled(sources.get(row.get("key")), view.language, row.get("source") or "")]
    status = row.get("status") or "ok"
    if status != "ok":
        reason = words.either(f"status.{status}", status)
        small.append(words("flag.not_computable", reason=reason))
    rule = Markup("{}").format(_rule(view, row).text)
    for line in filter(None, small):
        rule += Markup(" <small>{}</small>").format(line)
    known = row.get("n_known", "")
    counts = [cell.number("count", row["n"]), cell.number("count", known)]
    return [cell.words(name), cell.words(rule), *counts, cell.number("proportion", row["share"])]


def _only_shown(row: Row) -> bool:
    return row["flag"] != FLAGGED and bool(row.get("counted")) and not is_true(row["counted"])


def _rule(view: View, row: Row) -> Cell:
    """The rule in the words of the catalogue; as the table has it where the flag is unknown."""
    key = f"rule.{row['flag']}"
    if not view.words.has(key):
        return view.cell.words(row["rule"])
    limit, basis = row.get("limit", ""), row.get("basis", "")
    kind = LIMITS.get(row["flag"], "threshold")
    critical = view.study.get("screening", {}).get("flags", {}).get("pairs_above")
    values = {
        "limit": view.n(kind, limit) if limit else "",
        "basis": view.n("count", basis) if basis else "",
        "critical": view.n("r", critical),
    }
    return view.cell.words(view.words(key, **values))


def _sensitivity(view: View) -> list[Block]:
    """What changes stands open; the long list is shut."""
    rows = view.tables.rows("sensitivity")
    words = view.words
    known = [row for row in rows if row["same"]]
    if not known:
        return []
    other = [row for row in known if not is_true(row["same"])]
    values = {
        "same": view.n("count", len(known) - len(other)),
        "n": view.n("count", len(known)),
    }
    lead = Paragraph(words(f"screening.sensitivity.{'some' if other else 'all'}", **values))
    if len(rows) <= FOLD_ABOVE:
        return [lead, _results(view, "sensitivity", rows)]
    fold = Folded(words("fold.sensitivity"), [_results(view, "sensitivity", rows)])
    return [lead, *([_results(view, "sensitivity-other", other)] if other else []), fold]


def _results(view: View, name: str, rows: list[Row]) -> Table:
    words, cell = view.words, view.cell
    columns = [view.column("result", numeric=False), view.column("kind", numeric=False)]
    columns += [view.column(key) for key in ("est", "interval", "p")]
    columns += [view.column(key) for key in ("est_without", "interval", "p")]
    columns.append(view.column("same", numeric=False))
    body = []
    for row in rows:
        kind = KINDS.get(row["kind"], "b")
        key = f"kind.{row['kind']}"
        word = words(key) if words.has(key) else row["kind"].replace("_", " ")
        cells = [cell.words(_quantity(view, row["quantity"])), cell.words(word)]
        for end in ("", "_without"):
            cells.append(cell.number(kind, row[f"est{end}"]))
            cells.append(cell.interval(kind, row[f"ci_low{end}"], row[f"ci_high{end}"]))
            cells.append(cell.number("p", row[f"p{end}"]))
        same = {True: "yes", False: "no"}[is_true(row["same"])] if row["same"] else "unknown"
        body.append([*cells, cell.words(words(f"same.{same}"))])
    counts = [_n_range(view, rows, column) for column in ("n", "n_without")]
    notes = [words("note.sensitivity", n=counts[0], without=counts[1])]
    caption = words(f"table.{name.replace('-', '.')}")
    return Table(name, caption, columns, body, notes, "tables/sensitivity.csv")


def _quantity(view: View, quantity: str) -> str | Markup:
    """`outcome by variable`, `model: a -> b -> c` or a contrast of two paths, in words."""
    outcome, by, variable = quantity.partition(" by ")
    if by:
        values = {"outcome": view.titles.name(outcome), "variable": view.titles.within(variable)}
        return view.words("quantity.by", **values)
    model, colon, path = quantity.rpartition(": ")
    text = view.titles.path(path)
    if " minus " in path:
        first, second = (view.titles.mediators(each) for each in path.split(" minus "))
        text = view.words("effect.contrast.of", first=first, second=second)
    small = view.titles.name(model) if colon else ""
    return Markup("{} <small>{}</small>").format(text, small) if small else text


def _n_range(view: View, rows: list[Row], column: str) -> Markup:
    """`320`, or `259 to 320` where the analyses rest on different numbers of respondents."""
    counts = sorted({int(number(row[column])) for row in rows if row.get(column)})
    if len(counts) < 2:
        return view.n("count", counts[0] if counts else "")
    low, high = view.n("count", counts[0]), view.n("count", counts[-1])
    return view.words("range", low=low, high=high)
