"""The methods paragraph: a sentence for each step that this run really took, nothing else."""

from markupsafe import Markup

from grassroots.report.answer import sample_size
from grassroots.report.numbers import number
from grassroots.report.records import declared, is_reversed
from grassroots.report.view import View


def methods_paragraph(view: View) -> Markup:
    """To be copied into a manuscript; versions included."""
    steps = (_sample, _scores, _reliability, _factor_model, _mediation, _software)
    sentences = [sentence for step in steps for sentence in step(view)]
    return Markup(view.words("sentence.space")).join(sentences)


def _sample(view: View) -> list[Markup]:
    flow = view.tables.rows("flow")
    if not sample_size(view):
        return []
    removed = sum(int(number(row["n_removed"]) or 0) for row in flow)
    key = "methods.sample.removed" if removed else "methods.sample"
    before, after = flow[0]["n_before"], flow[-1]["n_after"]
    return [view.words(key, before=view.n("count", before), after=view.n("count", after))]


def _scores(view: View) -> list[Markup]:
    rows = view.tables.rows("items")
    turned = any(is_reversed(row) for row in rows)
    return [view.words("methods.scores.reversed" if turned else "methods.scores")] if rows else []


def _reliability(view: View) -> list[Markup]:
    rows = view.tables.rows("reliability")
    if not rows:
        return []
    omega = any(row.get("omega") for row in rows)
    return [view.words("methods.reliability.omega" if omega else "methods.reliability")]


def _factor_model(view: View) -> list[Markup]:
    rows = declared(view.tables.rows("cfa_fit"))
    if not rows:
        return []
    estimators = view.words.sequence(list(dict.fromkeys(row["estimator"] for row in rows)))
    sentences = [view.words("methods.cfa", estimator=estimators)]
    if view.tables.rows("validity"):
        sentences.append(view.words("methods.validity"))
    return sentences


def _mediation(view: View) -> list[Markup]:
    rows = [row for row in view.tables.rows("mediation") if row["est"]]
    sentences = []
    if any(row["scores"] == "latent" for row in rows):
        sentences.append(view.words("methods.mediation.latent"))
    drawn = next((row for row in rows if row.get("draws")), None)
    if drawn:
        sentences.append(
            view.words(
                "methods.mediation.bootstrap",
                draws=view.n("count", drawn["draws"]),
                level=view.level(),
                seed=str(view.study.get("seed", "")),
            )
        )
    if rows:
        sentences.append(view.words("methods.cross_sectional"))
    return sentences


def _software(view: View) -> list[Markup]:
    """The packages that compute; those that only carry (snakemake, jinja2) are in the versions."""
    versions = view.study.get("versions") or {}
    computing = ("grassroots", "numpy", "scipy", "pandas", "pingouin", "semopy", "statsmodels")
    named = [f"{name} {versions[name]}" for name in computing if name in versions]
    alpha = view.n("r", view.alpha)
    sentences = [view.words("methods.alpha", alpha=alpha)]
    if named:
        sentences.append(view.words("methods.software", list=view.words.sequence(named)))
    return sentences
