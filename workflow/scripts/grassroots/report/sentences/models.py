"""Sentences on factor and structural models: their fit, simpler models, equality between groups."""

from markupsafe import Markup

from grassroots.report.chapters.comparison import named_alternative
from grassroots.report.records import Row, declared, reported
from grassroots.report.sentences.phrases import Phrases
from grassroots.report.study_words import planned
from grassroots.report.view import View


def fit_sentences(view: View, name: str) -> list[Markup]:
    """The fit of each declared and planned model by the estimator that is reported."""
    rows = planned(view.study, reported(declared(view.tables.rows(name))))
    return [_fit(view, row) for row in rows if row.get("chi2")]


def _fit(view: View, row: Row) -> Markup:
    phrases = Phrases(view)
    result = phrases.listed(
        phrases.equals("χ²", "statistic", row["chi2"], row["df"]),
        phrases.p(row["p"]),
        *(_index(view, key, row[key]) for key in ("cfi", "tli", "rmsea")),
        # Of the RMSEA the interval is always the 90% one.
        phrases.interval("fit", row["rmsea_low"], row["rmsea_high"], 0.1),
        _index(view, "srmr", row["srmr"]),
    )
    return view.words(
        "say.fit",
        model=view.titles.name(row["model"]),
        estimator=row["estimator"],
        n=phrases.equals("N", "count", row["n"]),
        result=result,
    )


def _index(view: View, key: str, value: str) -> Markup:
    return Phrases(view).equals(view.words(f"column.{key}"), "fit", value)


def _change(view: View, chi2: str, df: str, p: str, cfi: str, rmsea: str) -> Markup:
    """`Δχ²(6) = 5.42, p = .491, ΔCFI = .000, ΔRMSEA = −.001`."""
    phrases = Phrases(view)
    return phrases.listed(
        phrases.delta("χ²", "statistic", chi2, df),
        phrases.p(p),
        _index(view, "delta_cfi", cfi),
        _index(view, "delta_rmsea", rmsea),
    )


def comparison_sentences(view: View) -> list[Markup]:
    """Each measurement model against each simpler one that could be tested."""
    found = []
    for row in reported(view.tables.rows("cfa_comparison")):
        if not row["delta_p"]:
            continue
        keys = ("delta_chi2", "delta_df", "delta_p", "delta_cfi", "delta_rmsea")
        worse = float(row["delta_p"]) < view.alpha
        found.append(
            view.words(
                "say.comparison.worse" if worse else "say.comparison.same",
                model=view.titles.name(row["model"]),
                alternative=named_alternative(view, row),
                result=_change(view, *(row[key] for key in keys)),
            )
        )
    return found


def invariance_sentences(view: View) -> list[Markup]:
    """Each step against the one before it, by the estimator that is reported."""
    found = []
    for row in reported(view.tables.rows("invariance")):
        if not row["delta_chi2"] or not row["p"]:
            continue
        keys = ("delta_chi2", "delta_df", "p", "delta_cfi", "delta_rmsea")
        found.append(
            view.words(
                "say.invariance",
                model=view.titles.name(row["model"]),
                variable=view.titles.within(row["by"]),
                step=view.words.plain(f"step.{row['step']}").lower(),
                against=view.words.plain(f"step.{row['against']}").lower(),
                result=_change(view, *(row[key] for key in keys)),
            )
        )
    return found
