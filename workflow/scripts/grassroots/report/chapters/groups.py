"""Differences between groups: the table of a thesis for each outcome, and every test behind it."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.chapters.post_hoc import order, post_hoc_table
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true
from grassroots.report.small_cells import hidden_levels, hidden_text, merged_notes, smallest_cell
from grassroots.report.tables import Cell, Table, full, symbol_markup
from grassroots.report.view import View

FILE = "tables/group_differences.csv"
# Symbol of each test's statistic.
STATISTICS = {
    "welch_t": "t",
    "student_t": "t",
    "welch_anova": "F",
    "anova": "F",
    "levene_mean": "F",
    "levene_median": "F",
    "mann_whitney": "U",
    "kruskal": "H",
}
EFFECTS = {
    "cohens_d": ("d", "b"),
    "eta2": ("η²", "r"),
    "rank_biserial": ("r", "r"),
    "rank_epsilon2": ("ε²", "r"),
}
# Column: the tests that can stand in it, of two groups and of several.
TESTS = {
    "welch": ("welch_t", "welch_anova"),
    "classical": ("student_t", "anova"),
    "levene_mean": ("levene_mean",),
    "levene_median": ("levene_median",),
    "ranks": ("mann_whitney", "kruskal"),
}
# Signs beside the groups of which the notes speak.
MARKS = {"small": "a", "few": "b", "suppressed": "c"}
# Groups whose mean is known with so little precision that a reader must be told.
FEW = 10


def group_blocks(view: View) -> list[Block]:
    """The first outcome stands open, with all tests; the others, such as its dimensions, are shut.

    What else was tested of these stands in the file: ten outcomes with all their tests would fill
    more than the rest of the page.
    """
    rows = view.tables.rows("group_differences")
    blocks: list[Block] = []
    for index, outcome in enumerate(distinct(rows, "outcome") if rows else []):
        own = [row for row in rows if row["outcome"] == outcome]
        judged = [row for row in own if is_true(row["judged"])]
        blocks.append(Paragraph(_sentences(view, outcome, judged)))
        table = _table(view, outcome, judged)
        if index == 0:
            fold = view.words("fold.groups.tests", outcome=view.titles.within(outcome))
            behind = Folded(fold, _behind(view, outcome, own))
            blocks += [*_figure(view, outcome, judged), table, behind]
        else:
            fold = view.words("fold.groups", outcome=view.titles.name(outcome))
            blocks.append(Folded(fold, [table]))
    return blocks


def significant(view: View, rows: list[Row], column: str = "p") -> list[Row]:
    """The rows with a p below alpha."""
    return [row for row in rows if number(row[column]) < view.alpha]


def _sentences(view: View, outcome: str, judged: list[Row]) -> Markup:
    """On which variables the outcome differs, before and after the correction."""
    words = view.words
    tested = [row for row in judged if row["p"]]
    differing = significant(view, tested)
    same = [row for row in tested if row not in differing]
    values = {"outcome": view.titles.name(outcome), "alpha": view.equals_alpha()}
    if not tested:
        return words("groups.not_tested", outcome=values["outcome"])
    if not differing:
        return words("groups.none", **values)
    parts = [words("groups.differs", variables=_names(view, differing), **values)]
    if same:
        parts.append(words("groups.same", variables=_names(view, same)))
    family = next((row["family"] for row in tested if row.get("family")), "")
    if number(family) > 1:
        kept = significant(view, differing, "p_adjusted")
        how = "all" if len(kept) == len(differing) else "some" if kept else "none"
        parts.append(
            words(
                f"groups.holm.{how}",
                family=view.n("count", family),
                variables=_names(view, kept),
            )
        )
    return Markup(words("sentence.space")).join(parts)


def _names(view: View, rows: list[Row]) -> Markup:
    return view.words.both([view.titles.within(row["by"]) for row in rows])


def _figure(view: View, outcome: str, judged: list[Row]) -> list[Block]:
    tested = [row for row in judged if row["p"]]
    differing = significant(view, tested)
    how = "" if differing else ".none" if tested else ".untested"
    caption = view.words(
        f"figure.group_means{how}",
        outcome=view.titles.name(outcome),
        count=view.n("count", len(differing)),
        all=view.n("count", len(tested)),
    )
    note = view.words("note.figure.group_means", level=view.level())
    return list(view.figure("group_means", caption, note, "tables/group_means.csv"))


def _table(view: View, outcome: str, judged: list[Row]) -> Table:
    """Variable, group, n, M±SD, statistic, p, corrected p, effect size, which groups differ."""
    words, cell = view.words, view.cell
    columns = [view.column("variable", numeric=False), view.column("group", numeric=False)]
    columns += [view.column(key) for key in ("n", "mean_sd")]
    columns += [view.column(key) for key in ("t_or_f", "p", "p_holm", "effect_size")]
    columns.append(view.column("post_hoc", numeric=False))
    body: list[list[Cell]] = []
    starts: list[int] = []
    flags: set[str] = set()
    hidden_anywhere = False
    for test in judged:
        if body:
            starts.append(len(body))
        levels = view.tables.rows("group_means", outcome=outcome, by=test["by"])
        hidden = hidden_levels(view, test["by"]) | {row["level"] for row in levels if not row["n"]}
        hidden_anywhere = hidden_anywhere or bool(hidden)
        for index, row in enumerate(levels or [{}]):
            first = index == 0
            body.append(
                [
                    cell.words(view.titles.name(test["by"]) if first else ""),
                    _group(view, row, index + 1, flags),
                    _n(view, row, hidden),
                    cell.mean_sd(row.get("mean", ""), row.get("sd", "")),
                    *(_judgement(view, test) if first else [cell.words("")] * 4),
                    _post_hoc(view, outcome, test) if first else cell.words(""),
                ]
            )
    notes = [words("note.groups", level=view.level())]
    notes += [words(f"note.groups.{flag}", few=view.n("count", FEW)) for flag in sorted(flags)]
    if hidden_anywhere:
        notes.append(words("note.suppressed", smallest=view.n("count", smallest_cell(view))))
    notes += [*merged_notes(view), *view.stars_note()]
    caption = words("table.groups", outcome=view.titles.name(outcome))
    return Table(f"groups-{outcome}", caption, columns, body, notes, FILE, tuple(starts))


def _group(view: View, row: Row, place: int, flags: set[str]) -> Cell:
    """The group with its number, marked if it is small."""
    if not row:
        return view.cell.words("")
    mark = ""
    if row.get("status") == "small_group":
        mark = "small"
    elif row.get("status") == "suppressed":
        mark = "suppressed"
    elif 0 < number(row["n"]) < FEW:
        mark = "few"
    if mark:
        flags.add(mark)
    sign = Markup("<sup>{}</sup>").format(MARKS[mark]) if mark else ""
    name = view.titles.level(row["by"], row["level"])
    return Cell(Markup('<span class="place">{}</span> {}{}').format(place, name, sign))


def _n(view: View, row: Row, hidden: set[str]) -> Cell:
    if row and row["level"] in hidden:
        return view.cell.words(hidden_text(view, len(hidden)))
    if row and 0 < number(row["n"]) < smallest_cell(view):
        return view.cell.words(hidden_text(view, 1))
    return view.cell.number("count", row.get("n", ""))


def _judgement(view: View, test: Row) -> list[Cell]:
    """Statistic, p, corrected p and effect size of the judged test; its status if it has none."""
    cell = view.cell
    if not test["statistic"]:
        reason = view.words.either(f"status.{test['status']}", test["status"])
        return [cell.words(Markup("<small>{}</small>").format(reason)), *[cell.words("")] * 3]
    return [
        cell.equation(STATISTICS[test["test"]], "statistic", test["statistic"], test["p"]),
        cell.number("p", test["p"]),
        cell.number("p", test["p_adjusted"]),
        effect_cell(view, test),
    ]


def effect_cell(view: View, row: Row) -> Cell:
    """`d = −0.31`, below it `[−0.53, −0.09]`."""
    if not row["effect_size"]:
        return view.cell.words("")
    kind = EFFECTS[row["effect"]][1]
    text = _effect(view, row)
    bounds = row["effect_low"], row["effect_high"]
    if row["effect_low"]:
        text += Markup(" <small>{}</small>").format(view.numbers.interval(kind, *bounds))
    return Cell(text, full(row["effect_size"], *bounds))


def _effect(view: View, row: Row) -> Markup:
    """`d = −0.31`."""
    symbol, kind = EFFECTS[row["effect"]]
    name = symbol_markup(symbol)
    if row["effect"] == "rank_biserial":
        name += Markup("<sub>rb</sub>")
    return name + view.numbers.equation("", kind, row["effect_size"])


def _post_hoc(view: View, outcome: str, test: Row) -> Cell:
    """Which groups differ by Games and Howell; by the LSD below it where it says otherwise.

    Nothing where the judged test is not significant: Fisher's LSD is not to be looked at then.
    """
    main = order(view, outcome, test["by"], "games_howell")
    other = order(view, outcome, test["by"], "lsd")
    if main is None or not significant(view, [test]):
        return view.cell.words("")
    if other in (None, main):
        return view.cell.words(main)
    return Cell(Markup("{} <small>LSD{}{}</small>").format(main, view.words("colon"), other))


def _behind(view: View, outcome: str, rows: list[Row]) -> list[Block]:
    table = post_hoc_table(view, outcome, distinct(rows, "by"))
    return [_tests(view, outcome, rows), *([table] if table else [])]


def _tests(view: View, outcome: str, rows: list[Row]) -> Table:
    """Every test of each variable: Welch's, the classical one, Levene's two, the one on ranks."""
    columns = [view.column("variable", numeric=False), *(view.column(key) for key in TESTS)]
    body: list[list[Cell]] = []
    for by in distinct(rows, "by"):
        own = {row["test"]: row for row in rows if row["by"] == by and row["statistic"]}
        cells = [next((own[t] for t in tests if t in own), None) for tests in TESTS.values()]
        body.append(
            [
                view.cell.words(view.titles.name(by)),
                *(_test(view, row) if row else view.cell.words("") for row in cells),
            ]
        )
    caption = view.words("table.group_tests", outcome=view.titles.within(outcome))
    notes = [view.words("note.group_tests")]
    return Table(f"group-tests-{outcome}", caption, columns, body, notes, FILE)


def _test(view: View, row: Row) -> Cell:
    """`F(3, 117.68) = 12.59`, below it p."""
    freedom = [view.numbers.text("df", row[key]) for key in ("df1", "df2") if row[key]]
    symbol = symbol_markup(STATISTICS[row["test"]])
    text = symbol + (f"({', '.join(freedom)})" if freedom else "")
    text += view.numbers.equation("", "statistic", row["statistic"])
    p = symbol_markup("p") + view.numbers.equation("", "p", row["p"])
    values = full(row["statistic"], row["df1"], row["df2"], row["p"])
    text = Markup("{} <small>{}</small>").format(text, p)
    if row["test"] in TESTS["ranks"] and row["effect_size"]:
        # The other effect sizes stand in the table above.
        effect = _effect(view, row)
        text += Markup(" <small>{}</small>").format(effect)
        return Cell(text, values + full(row["effect_size"]))
    return Cell(text, values)
