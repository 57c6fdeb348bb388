"""Evidence in words: which row of which result table is meant, and what it shows."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from grassroots.report.chapters.groups import STATISTICS
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.view import View
from grassroots.verdicts.evidence import ESTIMATE, matching_rows

_EVIDENCE = re.compile(r"(\w+)\[(.*)\]: (\w+)(?:, higher: (.*))?")

# So many estimates still stand side by side.
MOST_LISTED = 4

# Table: symbol of its estimate, and the kind of number that it is.
ESTIMATES = {
    "correlations": ("r", "r"),
    "cfa_correlations": ("r", "r"),
    "cfa_loadings": ("λ", "loading"),
    "regression": ("b", "b"),
}


def read_where(text: str) -> dict[str, str]:
    """Column and value from `outcome=burnout, by=gender`; a value may hold an equals sign."""
    pairs = (part.partition("=") for part in text.split(", ") if "=" in part)
    return {key: value for key, _, value in pairs}


def read_evidence(text: str) -> tuple[str, dict[str, str], str, list[str]] | None:
    """Table, row, expected direction and the levels that should be higher; None if it is none.

    From `table[key=value, key=value]: direction, higher: level, level`.
    """
    match = _EVIDENCE.fullmatch(text)
    if not match:
        return None
    return match[1], read_where(match[2]), match[3], match[4].split(", ") if match[4] else []


def row_words(view: View, table: str, where: Mapping[str, str]) -> Markup:
    """The row as a reader would call it: `Burnout by gender`."""
    words, titles = view.words, view.titles
    match table:
        case "group_differences" if {"outcome", "by"} <= where.keys():
            variable = titles.within(where["by"])
            return words("quantity.by", outcome=titles.name(where["outcome"]), variable=variable)
        case "regression" if {"model", "term"} <= where.keys():
            variable, level = titles.term(where["term"])
            term = words.plain("term.category", variable=variable, level=level)
            term = term if level else variable
            return words("evidence.term", term=term, model=titles.name(where["model"]))
        case "correlations" if {"x", "y"} <= where.keys():
            return words("pair", first=titles.name(where["x"]), second=titles.name(where["y"]))
        case "mediation" if where.get("path"):
            return words("evidence.path", path=titles.path(where["path"]))
        case "mediation" if {"model", "effect"} <= where.keys():
            effect = words.either(f"effect.{where['effect']}", where["effect"])
            return words("evidence.effect", effect=effect, model=titles.name(where["model"]))
    return words.sequence([Markup.escape(titles.readable(value)) for value in where.values()])


def found_words(view: View, table: str, row: Row) -> Markup:
    """`t = −2.77, p = .013`, or the estimate with its interval; a dash without a number."""
    if not row.get("est"):
        return Markup("\N{EN DASH}")
    symbol, kind = ESTIMATES.get(table, ("", "b"))
    if table == "group_differences":
        symbol, kind = STATISTICS.get(row["statistic"], ""), "statistic"
    parts = [
        view.equals(symbol, kind, row["est"]) if symbol else view.n(kind, row["est"]),
    ]
    if row["ci_low"]:
        parts.append(view.confidence(kind, row["ci_low"], row["ci_high"]))
    if row["p"]:
        parts.append(view.equals("p", "p", row["p"]))
    return Markup(view.words("list.statistics")).join(parts)


def estimates_words(view: View, pieces: Sequence[str]) -> Markup | None:
    """The estimates of several pieces of evidence: each of few, from where to where of many.

    None if one of them has no number with a symbol here, or if they are many and not of one table.
    """
    found: list[tuple[str, str, str]] = []
    tables = set()
    for evidence in map(read_evidence, pieces):
        table, where = evidence[:2] if evidence else ("", {})
        tables.add(table)
        rows = matching_rows({table: view.tables.rows(table)}, table, where)
        found += [_estimate(row, table) for row in rows] or [("", "", "")]
    symbols = {symbol for symbol, _, _ in found}
    if "" in symbols or any(value == "" for _, _, value in found):
        return None
    if len(found) <= MOST_LISTED:
        return Markup(view.words("list.semicolon")).join(view.equals(*each) for each in found)
    if len(symbols) == len(tables) == 1:
        symbol, kind = found[0][:2]
        low, high = (end((each[2] for each in found), key=number) for end in (min, max))
        ends = {"low": view.equals(symbol, kind, low), "high": view.n(kind, high)}
        return view.words("verdict.range", **ends)
    return None


def _estimate(row: Row, table: str) -> tuple[str, str, str]:
    """Symbol, kind and value of what a row estimates; no symbol where there is none to print."""
    value = row.get(ESTIMATE.get(table, ("est",))[0], "")
    if table == "group_differences":
        return STATISTICS.get(row["test"], ""), "statistic", value
    symbol, kind = ESTIMATES.get(table, ("b", "b") if table == "mediation" else ("", ""))
    return symbol, kind, value


def finding_words(view: View, finding: str) -> Markup:
    """A finding that calls for advice: the statement of a hypothesis, or evidence in words."""
    evidence = read_evidence(finding)
    if evidence is None:
        statement = view.titles.statement(finding, "").rstrip(".。")
        return view.words("evidence.hypothesis", id=finding, statement=statement)
    table, where, expects, higher = evidence
    direction = expected_words(view, where, expects, higher)
    return view.words("evidence.direction", row=row_words(view, table, where), direction=direction)


def expected_words(
    view: View, where: Mapping[str, str], expects: str, higher: Sequence[str]
) -> Markup:
    """`a difference`, and which levels should be higher where that is said."""
    tells = view.words(f"tells.{expects}")
    if not higher:
        return tells
    levels = [Markup.escape(view.titles.level(where.get("by", ""), level)) for level in higher]
    return view.words("tells.higher", direction=tells, levels=view.words.both(levels))
