"""Sentences on mediated and moderated effects, as the interval that is judged tells them."""

from markupsafe import Markup

from grassroots.report.chapters.mediation import excludes_zero, shown
from grassroots.report.chapters.moderation import OVERALL, point_words
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.sentences.phrases import Phrases
from grassroots.report.study_words import planned
from grassroots.report.view import View


def mediation_sentences(view: View) -> list[Markup]:
    """Total, direct and indirect effects of the planned models, for each kind of scores."""
    rows = [row for row in view.tables.rows("mediation") if row["est"]]
    if not rows:
        return []
    rows = planned(view.study, shown(rows))
    wanted = ("total", "direct", "indirect", "contrast")
    return [_effect(view, row) for row in rows if row["effect"] in wanted]


def _effect(view: View, row: Row) -> Markup:
    words = view.words
    ends = [step.strip() for step in row["path"].split(" minus ")[0].split("->")]
    named = {
        "cause": view.titles.within(ends[0]),
        "response": view.titles.within(ends[-1]),
        "model": view.titles.name(row["model"]),
        "scores": words.plain(f"scores.{row['scores']}.short"),
        "result": _result(view, row, row["est"], row["std"]),
        "finding": words("mediation.excludes" if excludes_zero(row) else "mediation.includes"),
    }
    ways = [view.titles.mediators(path) for path in row["path"].split(" minus ")]
    if row["effect"] == "contrast":
        return words("say.contrast", first=ways[0], second=ways[-1], **named)
    return words(f"say.{row['effect']}", mediators=ways[0], **named)


def _result(view: View, row: Row, estimate: str, standardised: str = "") -> Markup:
    """`b = −0.16, SE = 0.05, 95% CI [−0.28, −0.07] (percentile bootstrap, 5,000 samples)`."""
    phrases, words = Phrases(view), view.words
    method = words.plain(f"method.{row['method']}")
    if row.get("draws"):
        method = words("say.draws", method=method, draws=phrases.n("count", row["draws"]))
    interval = phrases.interval("b", row["ci_low"], row["ci_high"])
    return phrases.listed(
        phrases.equals("b", "b", estimate),
        phrases.equals("SE", "b", row["se"]),
        phrases.equals("β", "beta", standardised) if standardised else "",
        words("say.interval", interval=interval, method=method),
    )


def moderation_sentences(view: View) -> list[Markup]:
    """Each interaction with its slopes, each index of moderated mediation."""
    found = []
    for model in view.study.get("structural") or []:
        if not model.get("moderator"):
            continue
        rows = [row for row in view.tables.rows("moderation", model=model["id"]) if row["b"]]
        for row in rows:
            if row["delta_r2"]:
                found += _interaction(view, model["moderator"], row)
        for row in rows:
            if row["term"] in OVERALL and row["method"] == "percentile":
                found.append(_overall(view, row))
    return found


def _interaction(view: View, moderator: str, row: Row) -> list[Markup]:
    phrases = Phrases(view)
    cause, response = row["path"].split(" -> ")
    named = {
        "cause": view.titles.within(cause),
        "response": view.titles.within(response),
        "moderator": view.titles.within(moderator),
    }
    result = phrases.listed(
        phrases.equals("b", "b", row["b"]),
        phrases.equals("SE", "b", row["se"]),
        phrases.equals("t", "statistic", row["t"], row["df"]),
        phrases.p(row["p"]),
        phrases.interval("b", row["ci_low"], row["ci_high"]),
        phrases.delta(Markup("<i>R</i>²"), "fit", row["delta_r2"]),
    )
    how = "found" if number(row["p"]) < view.alpha else "none"
    slopes = view.tables.rows("simple_slopes", model=row["model"], path=row["path"])
    found = [view.words(f"say.interaction.{how}", **named, result=result)]
    for slope in slopes:
        if slope["at"] == "boundary":
            continue
        values = phrases.listed(
            phrases.equals("b", "b", slope["est"]),
            phrases.equals("SE", "b", slope["se"]),
            phrases.equals("t", "statistic", slope["t"], slope["df"]),
            phrases.p(slope["p"]),
            phrases.interval("b", slope["ci_low"], slope["ci_high"]),
        )
        at = point_words(view, moderator, slope)
        found.append(view.words("say.slope", at=at, **named, result=values))
    return found


def _overall(view: View, row: Row) -> Markup:
    words = view.words
    return words(
        f"say.{row['term']}",
        model=view.titles.name(row["model"]),
        mediators=view.titles.mediators(row["path"]),
        result=_result(view, row, row["b"]),
        finding=words("mediation.excludes" if excludes_zero(row) else "mediation.includes"),
    )
