"""The interviews: themes, excerpts, agreement of coders, saturation, themes beside statistics."""

from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Facts, Folded, Heading, Paragraph
from grassroots.report.evidence_words import expected_words, found_words, read_where, row_words
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true
from grassroots.report.study_words import titled
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

STATES = ("converges", "diverges", "silent")


def chapter(view: View) -> Chapter | None:
    """None if the dataset has no interviews."""
    if not view.tables.rows("themes"):
        return None
    blocks = [*_themes(view), *_excerpts(view), *_agreement(view), *_saturation(view)]
    return Chapter("interviews", view.words("chapter.interviews"), [*blocks, *_joint(view)])


def coders(view: View) -> list[str]:
    """Who coded with somebody else; nobody if there was one coder alone."""
    rows = view.tables.rows("coder_agreement")
    return sorted({name for row in rows for name in row["coders"].split("; ")})


def overall(view: View) -> list[Row]:
    """The rows of agreement over all codes, for each pair of coders."""
    rows = view.tables.rows("coder_agreement", code="")
    return [row for row in rows if row["percent_agreement"]]


def _declared(view: View) -> dict[str, Any]:
    return view.study.get("interviews") or {}


def _name(view: View, kind: str, identifier: str) -> str:
    return view.titles.level(f"interviews.{kind}", identifier)


def _themes(view: View) -> list[Block]:
    """How many interviews and themes; the figure; the table of themes, and of codes below it."""
    words = view.words
    rows = view.tables.rows("themes")
    interviews = len(view.tables.rows("saturation"))
    themes = [row for row in rows if row["theme"] and not row["code"]]
    values = {
        "interviews": view.n("count", interviews),
        "themes": view.n("count", len(themes)),
        "codes": view.n("count", len([row for row in rows if row["code"]])),
    }
    blocks: list[Block] = [Paragraph(words("interviews.lead", **values))]
    if view.simulated:
        blocks.append(Paragraph(words("interviews.simulated")))
    pairs = [
        (words(f"fact.interviews.{name}"), titled(text, view.language))
        for name, text in (_declared(view).get("facts") or {}).items()
    ]
    blocks += [Facts(pairs)] if pairs else []
    caption = words("figure.themes", n=view.n("count", interviews))
    blocks += view.figure("themes", caption, words("note.figure.themes"), "tables/themes.csv")
    blocks.append(_theme_table(view, "themes", themes, "theme"))
    codes = [row for row in rows if row["code"]]
    inner = _theme_table(view, "codes", codes, "code")
    return [*blocks, Folded(words("fold.codes", n=view.n("count", len(codes))), [inner])]


def _theme_table(view: View, name: str, rows: list[Row], kind: str) -> Table:
    names = ("interview_level", "interview_theme", "interview_code")
    above, heads = ("level", names[:2]) if kind == "theme" else ("theme", names[1:])
    columns = [view.column(head, numeric=False) for head in heads]
    columns += [view.column("interviews"), view.column("passages")]
    body: list[list[Cell]] = []
    starts = []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1][above] != row[above]
        if first and index:
            starts.append(index)
        body.append(
            [
                view.cell.words(_name(view, above, row[above]) if first else ""),
                view.cell.words(_name(view, kind, row[kind])),
                _count(view, row, "n_interviews"),
                _count(view, row, "n_excerpts"),
            ]
        )
    hidden = any(is_true(row["suppressed"]) for row in rows)
    notes = [view.words("note.themes")] + ([view.words("note.themes.hidden")] if hidden else [])
    caption = view.words(f"table.{name}")
    return Table(name, caption, columns, body, notes, "tables/themes.csv", tuple(starts))


def _count(view: View, row: Row, column: str) -> Cell:
    if is_true(row["suppressed"]):
        return view.cell.words(view.words("cell.hidden"))
    return view.cell.number("count", row[column])


def _excerpts(view: View) -> list[Block]:
    """Some reviewed excerpts of each theme, as text; none if nobody has reviewed them."""
    rows = view.tables.rows("excerpts")
    shown = int(_declared(view).get("excerpts") or 0)
    if not rows or not shown or not _declared(view).get("reviewed"):
        return []
    columns = [view.column(key, False) for key in ("interview_theme", "interview", "excerpt")]
    body: list[list[Cell]] = []
    starts = []
    for theme in distinct(rows, "theme"):
        own = _spread([row for row in rows if row["theme"] == theme])[:shown]
        if body:
            starts.append(len(body))
        for index, row in enumerate(own):
            body.append(
                [
                    view.cell.words("" if index else _name(view, "theme", theme)),
                    view.cell.words(row["interview"]),
                    view.cell.words(row["excerpt"]),
                ]
            )
    notes = [view.words("note.excerpts")]
    caption = view.words("table.excerpts")
    table = Table("excerpts", caption, columns, body, notes, "tables/excerpts.csv", tuple(starts))
    fold = view.words("fold.excerpts", n=view.n("count", len(body)), all=view.n("count", len(rows)))
    return [Folded(fold, [table])]


def _spread(rows: list[Row]) -> list[Row]:
    """One excerpt of each interview before a second one of any."""
    seen: dict[str, int] = {}
    turns = []
    for row in rows:
        seen[row["interview"]] = seen.get(row["interview"], 0) + 1
        turns.append(seen[row["interview"]])
    order = sorted(range(len(rows)), key=lambda place: turns[place])
    return [rows[place] for place in order]


def _agreement(view: View) -> list[Block]:
    words = view.words
    heading = Heading("agreement", words("section.agreement"))
    if not overall(view):
        return [heading, Paragraph(words("interviews.agreement.none"))]
    blocks: list[Block] = [heading]
    unit = words(f"interviews.unit.{_declared(view).get('unit') or 'excerpt'}")
    for row in overall(view):
        blocks.append(
            Paragraph(
                words(
                    "interviews.agreement",
                    coders=words.both(row["coders"].split("; ")),
                    n=view.n("count", row["n"]),
                    percent=view.n("proportion", row["percent_agreement"]),
                    kappa=view.n("r", row["kappa"]),
                    alpha=view.n("r", row["alpha"]),
                    unit=unit,
                )
            )
        )
    table = _agreement_table(view)
    return [*blocks, Folded(words("fold.agreement"), [table])]


def _agreement_table(view: View) -> Table:
    rows, words, cell = view.tables.rows("coder_agreement"), view.words, view.cell
    several = len(distinct(rows, "coders")) > 1
    columns = [view.column("interview_code", False)]
    columns += [view.column("coders", False)] if several else []
    columns += [view.column(key) for key in ("decisions", "agreement", "kappa", "krippendorff")]
    body, rules = [], []
    for index, row in enumerate(rows):
        if not row["code"]:
            rules.append(index)
        name = _name(view, "code", row["code"]) if row["code"] else words("interviews.all_codes")
        body.append(
            [
                cell.words(name),
                *([cell.words(row["coders"])] if several else []),
                cell.number("count", row["n"]),
                cell.number("proportion", row["percent_agreement"]),
                cell.number("r", row["kappa"]),
                cell.number("r", row["alpha"]),
            ]
        )
    caption, file = words("table.agreement"), "tables/coder_agreement.csv"
    return Table("agreement", caption, columns, body, [words("note.agreement")], file, tuple(rules))


def _saturation(view: View) -> list[Block]:
    rows, words = view.tables.rows("saturation"), view.words
    last = max((i for i, row in enumerate(rows, 1) if row["new_codes"] != "0"), default=0)
    values = {
        "codes": view.n("count", rows[-1]["cumulative_codes"]),
        "last": rows[last - 1]["interview"],
        "since": view.n("count", len(rows) - last),
    }
    key = "interviews.saturation" if last < len(rows) else "interviews.saturation.open"
    blocks: list[Block] = [
        Heading("saturation", words("section.saturation")),
        Paragraph(words(key, **values)),
    ]
    caption = words("figure.saturation", codes=values["codes"], n=view.n("count", len(rows)))
    note = words("note.figure.saturation")
    return blocks + view.figure("saturation", caption, note, "tables/saturation.csv")


def _joint(view: View) -> list[Block]:
    """Each theme beside the statistics that speak to it."""
    rows, words = view.tables.rows("joint_display"), view.words
    if not rows:
        return []
    counts = {
        state: view.n("count", sum(row["state"] == state for row in rows)) for state in STATES
    }
    columns = [view.column("interview_theme", False), view.column("interviews")]
    columns += [view.column(key, False) for key in ("speaks", "shows", "expects", "joint")]
    body: list[list[Cell]] = []
    starts = []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["theme"] != row["theme"]
        if first and index:
            starts.append(index)
        body.append(_joint_row(view, row, first))
    caption, file = words("table.joint"), "tables/joint_display.csv"
    notes = [words("note.joint")]
    table = Table("joint", caption, columns, body, notes, file, tuple(starts))
    heading = Heading("joint", words("section.joint"))
    return [heading, Paragraph(words("interviews.joint", **counts)), table]


def _joint_row(view: View, row: Row, first: bool) -> list[Cell]:
    words, cell = view.words, view.cell
    count = view.tables.first("themes", theme=row["theme"], code="")
    spoken = _count(view, count, "n_interviews") if first and count else cell.words("")
    speaks, shows, expects = words("interviews.no_statistic"), Markup(""), Markup("")
    if row["table"]:
        where = read_where(row["row"])
        speaks = row_words(view, row["table"], where)
        shows = found_words(view, row["table"], row)
        expects = expected_words(view, where, row["expects"], row.get("higher", "").split())
    values = tuple(v for k in ("est", "ci_low", "ci_high", "p") if number(v := row[k]) == number(v))
    return [
        cell.words(_name(view, "theme", row["theme"]) if first else ""),
        spoken,
        cell.words(speaks),
        Cell(shows, values),
        cell.words(expects),
        cell.words(words(f"joint.{row['state']}")),
    ]
