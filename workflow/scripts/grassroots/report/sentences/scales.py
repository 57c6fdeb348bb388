"""Sentences on the answers and the scales: what is missing, how reliable the scores are."""

from markupsafe import Markup

from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.sentences.phrases import Phrases
from grassroots.report.view import View


def missing_sentences(view: View) -> list[Markup]:
    """Little's test, where it was computed."""
    test = view.tables.first("missing_test")
    if not test or not test.get("statistic"):
        return []
    phrases = Phrases(view)
    result = phrases.listed(
        phrases.equals("χ²", "statistic", test["statistic"], test["df"]), phrases.p(test["p"])
    )
    how = "against" if number(test["p"]) < view.alpha else "mcar"
    return [view.words(f"say.little.{how}", result=result)]


def reliability_sentences(view: View) -> list[Markup]:
    """α with its interval, and ω, scale by scale."""
    rows = [row for row in view.tables.rows("reliability") if row["alpha"]]
    return [_reliability(view, row) for row in rows]


def _reliability(view: View, row: Row) -> Markup:
    phrases = Phrases(view)
    omega = phrases.equals("ω", "reliability", row["omega"]) if row.get("omega") else ""
    return view.words(
        "say.reliability",
        scale=view.titles.name(row["scale"]),
        items=phrases.n("count", row["n_items"]),
        n=phrases.equals("n", "count", row["n"]),
        result=phrases.listed(
            phrases.equals("α", "reliability", row["alpha"]),
            phrases.interval("reliability", row["alpha_low"], row["alpha_high"]),
            omega,
        ),
    )


def factorability_sentences(view: View) -> list[Markup]:
    """KMO and Bartlett's test, scale by scale."""
    rows = [row for row in view.tables.rows("factorability") if row["kmo"]]
    phrases = Phrases(view)
    return [
        view.words(
            "say.factorability",
            scale=view.words.plain("scale.all")
            if row["scale"] == "all"
            else view.titles.name(row["scale"]),
            kmo=phrases.equals(Markup("KMO"), "r", row["kmo"]),
            result=phrases.listed(
                phrases.equals("χ²", "statistic", row["bartlett_chi2"], row["bartlett_df"]),
                phrases.p(row["bartlett_p"]),
            ),
        )
        for row in rows
    ]
