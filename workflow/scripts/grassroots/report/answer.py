"""The first screen: what the study found, and what became of the published findings."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from grassroots.report.evidence_words import estimates_words
from grassroots.report.flow import read_flow
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

VERDICTS = ("supported", "partly", "not_supported", "undecided")
STATES = (
    "same",
    "within_tolerance",
    "known_difference",
    "differs",
    "conclusion_changes",
    "not_computed",
    "other_data",
    "as_simulated",
    "not_as_simulated",
)

CHAPTER_OF_TABLE = {
    "reliability": "measurement",
    "cfa_fit": "measurement",
    "cfa_loadings": "measurement",
    "cfa_correlations": "measurement",
    "validity": "measurement",
    "invariance": "measurement",
    "latent_means": "measurement",
    "correlations": "description",
    "descriptives": "description",
    "flow": "screening",
    "group_differences": "inference",
    "regression": "inference",
    "sem_fit": "sem",
    "sem_parameters": "sem",
    "mediation": "sem",
    "moderation": "sem",
    "conditional_effects": "sem",
    "simple_slopes": "sem",
}


@dataclass(frozen=True)
class Verdict:
    """One hypothesis with its verdict and the numbers that decided."""

    id: str
    verdict: str
    word: Markup
    statement: str
    sentence: Markup
    cells: list[Cell]
    several: Markup | None
    chapter: str


@dataclass(frozen=True)
class Count:
    """How many claims are in one state."""

    state: str
    n: int
    text: Markup


def verdicts(view: View) -> list[Verdict]:
    """The hypotheses in the order of their table."""
    return [_verdict(view, row) for row in view.tables.rows("hypotheses")]


def _verdict(view: View, row: Row) -> Verdict:
    verdict = row["verdict"]
    statement = view.titles.statement(row["id"], row.get("statement", ""))
    bare = statement.rstrip(".。")
    cell = view.cell
    return Verdict(
        row["id"],
        verdict,
        view.words(f"verdict.{verdict}"),
        statement,
        view.words(f"verdict.{verdict}.sentence", id=row["id"], statement=bare),
        [
            cell.number("b", row.get("est", "")),
            cell.interval("b", row.get("ci_low", ""), row.get("ci_high", "")),
            cell.number("p", row.get("p", "")),
        ],
        _several(view, row) if not row.get("est") and verdict != "undecided" else None,
        evidence_chapter(row.get("evidence", "")),
    )


def verdict_table(view: View, found: list[Verdict]) -> Table | None:
    """The hypotheses for the files beside the page, whose first screen has a form of its own."""
    if not found:
        return None
    keys = ("hypothesis", "verdict", "statement")
    columns = [view.column(key, numeric=False) for key in keys]
    columns += [view.column(key) for key in ("estimate", "interval", "p")]
    body = [
        [Cell(one.id), Cell(_verdict_words(one)), Cell(one.statement), *one.cells] for one in found
    ]
    notes = [view.words("verdict.groups")] if by_groups(view) else []
    return Table("verdicts", view.words("table.verdicts"), columns, body, notes)


def by_groups(view: View) -> bool:
    """Whether a group comparison is among what decides."""
    rows = view.tables.rows("hypotheses")
    return any("group_differences[" in row.get("evidence", "") for row in rows)


def _verdict_words(one: Verdict) -> Markup:
    if one.several is None:
        return one.word
    return Markup("{} <small>{}</small>").format(one.word, one.several)


def _several(view: View, row: Row) -> Markup:
    """How many of the results that decide together are as expected."""
    counts = {key: view.n("count", row.get(f"n_{key}", "")) for key in ("results", "expected")}
    counted = view.words("verdict.several", **counts)
    estimates = estimates_words(view, row.get("evidence", "").split("; "))
    return view.words("verdict.several.of", counted=counted, of=estimates) if estimates else counted


def evidence_chapter(evidence: str) -> str:
    """The chapter that shows the deciding rows: of the first table that the evidence names."""
    for name in re.findall(r"[a-z_]+", evidence):
        if name in CHAPTER_OF_TABLE:
            return CHAPTER_OF_TABLE[name]
    return ""


def counts(view: View) -> list[Count]:
    """The states that occur among the claims, in a fixed order."""
    states = [row["state"] for row in view.tables.rows("claims")]
    return [
        Count(
            state,
            states.count(state),
            view.words(f"state.{state}.count", n=view.n("count", states.count(state))),
        )
        for state in STATES
        if state in states
    ]


def claims_sentence(view: View) -> Markup | None:
    """What the strip says in words; None if nothing was published about these data."""
    rows = view.tables.rows("claims")
    if not rows:
        return None
    good = {"same", "within_tolerance"}
    if view.simulated:
        good = {"as_simulated"}
    checked = [row for row in rows if row["state"] != "not_computed"]
    if not checked:
        return view.words("claims.unchecked", n=view.n("count", len(rows)))
    held = sum(row["state"] in good for row in rows)
    kind = "simulated" if view.simulated else "real"
    named = rows if view.simulated else checked
    which = "all" if held == len(named) else "some" if held else "none"
    values = {"n": view.n("count", len(named)), "held": view.n("count", held)}
    return view.words(f"claims.{kind}.{which}", **values)


def sample_size(view: View) -> str:
    """The n of the study: who is left after screening; '' if it is not known."""
    flow = read_flow(view.tables)
    return flow.valid if flow and number(flow.valid) >= 0 else ""
