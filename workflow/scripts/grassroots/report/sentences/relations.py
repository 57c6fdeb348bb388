"""Sentences on relations between scores: correlations that a hypothesis names, and regressions."""

from markupsafe import Markup

from grassroots.report.chapters.regression import INTERCEPT, entered
from grassroots.report.evidence_words import read_evidence
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.sentences.phrases import Phrases
from grassroots.report.view import View


def correlation_sentences(view: View) -> list[Markup]:
    """The correlations that decide a hypothesis."""
    wanted = []
    for hypothesis in view.tables.rows("hypotheses"):
        for text in hypothesis["evidence"].split("; "):
            evidence = read_evidence(text)
            if evidence and evidence[0] == "correlations":
                wanted.append(evidence[1])
    rows = [row for where in wanted for row in view.tables.rows("correlations", **where)]
    return [_correlation(view, row) for row in rows if row["r"] and row["p"]]


def _correlation(view: View, row: Row) -> Markup:
    """`r(318) = .34, 95% CI [.24, .44], p < .001`: the degrees of freedom are n − 2."""
    phrases = Phrases(view)
    how = _direction(view, row["p"], row["r"])
    result = phrases.listed(
        phrases.equals("r", "r", row["r"], int(number(row["n"])) - 2),
        phrases.interval("r", row["ci_low"], row["ci_high"]) if row["ci_low"] else "",
        phrases.p(row["p"]),
    )
    names = {"first": view.titles.name(row["x"]), "second": view.titles.within(row["y"])}
    return view.words(f"say.correlation.{how}", **names, result=result)


def _direction(view: View, p: str, value: str) -> str:
    if number(p) >= view.alpha:
        return "none"
    return "positive" if number(value) > 0 else "negative"


def regression_sentences(view: View) -> list[Markup]:
    """What each step adds, and each term of the last step that is a score or a number.

    The terms of categories stand in the table of coefficients: a sentence for each dummy would
    fill pages and say less than the table.
    """
    rows = view.tables.rows("regression")
    found = []
    for model in distinct(rows, "model") if rows else []:
        own = [row for row in rows if row["model"] == model and row["b"]]
        fits = [fit for fit in view.tables.rows("regression_fit", model=model) if fit["r2"]]
        if not own or not fits:
            continue
        found += [_step(view, own, fit) for fit in fits]
        last = fits[-1]
        terms = [row for row in own if row["step"] == last["step"] and row["term"] != INTERCEPT]
        scores = [row for row in terms if "=" not in row["term"]]
        found += [_term(view, last, row) for row in scores or terms]
    return found


def _step(view: View, rows: list[Row], fit: Row) -> Markup:
    phrases, words = Phrases(view), view.words
    whole = phrases.listed(
        phrases.equals(Markup("<i>R</i>²"), "r", fit["r2"]),
        phrases.equals(words("say.r2.adjusted"), "r", fit["r2_adjusted"]),
        phrases.equals("F", "statistic", fit["f"], fit["df1"], fit["df2"]),
        phrases.p(fit["p"]),
    )
    named = {
        "model": view.titles.name(fit["model"]),
        "step": phrases.n("count", fit["step"]),
        "outcome": view.titles.within(fit["outcome"]),
        "n": phrases.equals("n", "count", fit["n"]),
        "whole": whole,
    }
    if fit["step"] == "1":
        return words("say.regression.first", **named)
    change = phrases.listed(
        phrases.delta(Markup("<i>R</i>²"), "r", fit["delta_r2"]),
        phrases.delta("F", "statistic", fit["delta_f"], fit["delta_df"], fit["df2"]),
        phrases.p(fit["delta_p"]),
    )
    new = dict.fromkeys(row["term"].partition("=")[0] for row in entered(rows, fit["step"]))
    terms = words.both([view.titles.within(name) for name in new])
    return words("say.regression.step", **named, terms=terms, change=change)


def _term(view: View, fit: Row, row: Row) -> Markup:
    phrases = Phrases(view)
    variable, level = view.titles.term(row["term"])
    term = view.titles.within(row["term"])
    if level:
        against = view.titles.level(row["term"].partition("=")[0], row["reference"])
        term = view.words.plain("say.category", variable=variable, level=level, against=against)
    result = phrases.listed(
        phrases.equals("b", "b", row["b"]),
        phrases.equals("SE", "b", row["se"]),
        phrases.equals("β", "beta", row["beta"]) if row["beta"] else "",
        phrases.equals("t", "statistic", row["t"], fit["df2"]),
        phrases.p(row["p"]),
        phrases.interval("b", row["ci_low"], row["ci_high"]),
    )
    return view.words(
        f"say.term.{_direction(view, row['p'], row['b'])}",
        term=term,
        outcome=view.titles.within(fit["outcome"]),
        step=phrases.n("count", fit["step"]),
        model=view.titles.name(fit["model"]),
        result=result,
    )
