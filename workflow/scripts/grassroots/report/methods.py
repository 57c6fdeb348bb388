"""The methods paragraphs: a sentence for each step that this run really took, nothing else."""

from markupsafe import Markup

from grassroots.report.answer import sample_size
from grassroots.report.chapters.interviews import overall
from grassroots.report.chapters.screening import reason
from grassroots.report.flow import read_flow
from grassroots.report.records import Row, declared, distinct, is_reversed, is_true
from grassroots.report.view import View


def methods_paragraphs(view: View) -> list[Markup]:
    """To be copied into a manuscript, a paragraph a stage; versions included."""
    stages = (
        (_sample, _scores, _missing),
        (_reliability, _relations, _exploration, _factor_model, _invariance, _method_bias),
        (_groups, _regressions),
        (_moderation, _mediation),
        (_interviews,),
        (_software,),
    )
    told = ([sentence for step in steps for sentence in step(view)] for steps in stages)
    return [Markup(view.words("sentence.space")).join(sentences) for sentences in told if sentences]


def _sample(view: View) -> list[Markup]:
    flow = read_flow(view.tables)
    if not flow or not sample_size(view):
        return []
    key = "methods.sample.removed" if flow.removals else "methods.sample"
    before, after = view.n("count", flow.received), view.n("count", flow.valid)
    reasons = [_removal(view, row) for row in flow.removals]
    values = {"reasons": view.words.sequence(reasons)} if reasons else {}
    sentences = [view.words(key, before=before, after=after, **values)]
    if view.tables.rows("screening_flags"):
        removed = "flagged" in view.study.get("screening", {}).get("exclude", [])
        sentences.append(view.words("methods.flags.removed" if removed else "methods.flags"))
    return sentences


def _removal(view: View, row: Row) -> Markup:
    """How many were excluded, and why."""
    why = reason(view, row["reason"])
    why = why[:1].lower() + why[1:]
    return view.words("methods.reason", n=view.n("count", row["n_removed"]), reason=why)


def _scores(view: View) -> list[Markup]:
    rows = view.tables.rows("items")
    turned = any(is_reversed(row) for row in rows)
    return [view.words("methods.scores.reversed" if turned else "methods.scores")] if rows else []


def _missing(view: View) -> list[Markup]:
    """Little's test, and the models from all answers, where they gave a result."""
    tested = [row for row in view.tables.rows("missing_test") if row.get("statistic")]
    full = [row for row in view.tables.rows("fiml_comparison") if row["est_fiml"]]
    sentences = [view.words("methods.little")] if tested else []
    return sentences + ([view.words("methods.fiml")] if full else [])


def _reliability(view: View) -> list[Markup]:
    rows = view.tables.rows("reliability")
    if not rows:
        return []
    omega = any(row.get("omega") for row in rows)
    sentences = [view.words("methods.reliability.omega" if omega else "methods.reliability")]
    if items := view.tables.rows("items"):
        grouped = any(row.get("critical_ratio") for row in items)
        sentences.append(view.words("methods.items.groups" if grouped else "methods.items"))
    return sentences


def _relations(view: View) -> list[Markup]:
    """Correlations, and what is asked of the items before they are factored."""
    steps = {"correlations": "r", "factorability": "kmo", "normality": "skewness"}
    return [
        view.words(f"methods.{table}")
        for table, column in steps.items()
        if any(row[column] for row in view.tables.rows(table))
    ]


def _exploration(view: View) -> list[Markup]:
    rows = view.tables.rows("exploration")
    if not rows:
        return []
    rotations = [row["rotation"] for row in rows if row["rotation"] != "none"]
    named = [view.words.plain(f"rotation.{each}") for each in dict.fromkeys(rotations)]
    sentences = []
    if named:
        draws = view.tables.rows("eigenvalues")
        sentences.append(
            view.words(
                "methods.exploration",
                rotation=view.words.both(named),
                draws=view.n("count", draws[0]["draws"] if draws else ""),
            )
        )
    if halved := [row["scale"] for row in rows if row["n_other"] not in ("", "0")]:
        scales = view.words.both([view.titles.within(scale) for scale in halved])
        seed = str(view.study.get("seed", ""))
        sentences.append(view.words("methods.halves", scales=scales, seed=seed))
    return sentences


def _factor_model(view: View) -> list[Markup]:
    rows = declared(view.tables.rows("cfa_fit"))
    if not rows:
        return []
    estimators = view.words.sequence(list(dict.fromkeys(row["estimator"] for row in rows)))
    sentences = [view.words("methods.cfa", estimator=estimators)]
    if any(row["estimator"] == "MLR" for row in rows):
        sentences.append(view.words("methods.cfa.robust"))
    sentences.append(view.words("methods.complete_rows"))
    compared = view.tables.rows("cfa_comparison")
    if compared:
        scaled = any(row["estimator"] == "MLR" for row in compared)
        sentences.append(view.words(f"methods.comparison{'.scaled' if scaled else ''}"))
    if view.tables.rows("validity"):
        sentences.append(view.words("methods.validity"))
    return sentences


def _invariance(view: View) -> list[Markup]:
    rows = [row for row in view.tables.rows("invariance") if row["chi2"]]
    return [view.words("methods.invariance")] if rows else []


def _method_bias(view: View) -> list[Markup]:
    checks = {row["check"] for row in view.tables.rows("method_bias")}
    sentences = [view.words("methods.harman")] if any("harman" in c for c in checks) else []
    sentences += [view.words("methods.one_factor")] if "one_factor_chi2" in checks else []
    return sentences + ([view.words("methods.ulmc")] if "ulmc_cfi" in checks else [])


def _groups(view: View) -> list[Markup]:
    rows = [row for row in view.tables.rows("group_differences") if row["statistic"]]
    tests = {row["test"] for row in rows if is_true(row["judged"])}
    if not tests:
        return []
    only = {("welch_t",): ".two", ("welch_anova",): ".several"}
    sentences = [view.words(f"methods.groups{only.get(tuple(tests), '')}", level=view.level())]
    if view.tables.rows("post_hoc"):
        sentences.append(view.words("methods.post_hoc"))
    return sentences


def _regressions(view: View) -> list[Markup]:
    rows = view.tables.rows("regression")
    return [view.words("methods.regression")] if rows else []


def _blocks(view: View, drawn: list[Row]) -> list[Markup]:
    """That blocks of respondents were drawn, where they were."""
    found = distinct([row for row in drawn if row.get("blocks")], "blocks")
    return [view.words("methods.blocks", blocks=view.n("count", each)) for each in found]


def _moderation(view: View) -> list[Markup]:
    drawn = [row for row in view.tables.rows("conditional_effects") if row["draws"]]
    draws = view.n("count", drawn[0]["draws"]) if drawn else ""
    if not drawn:
        return []
    return [view.words("methods.moderation", draws=draws), *_blocks(view, drawn)]


def _mediation(view: View) -> list[Markup]:
    rows = [row for row in view.tables.rows("mediation") if row["est"]]
    sentences = []
    latent = [row for row in rows if row["scores"] == "latent"]
    drawn = [row for row in rows if row.get("draws")]
    if latent:
        by_delta = all(row["method"] == "delta" for row in latent)
        sentences.append(view.words(f"methods.mediation.latent.{'delta' if by_delta else 'drawn'}"))
    if drawn:
        scores = [view.words.plain(f"scores.{each}.short") for each in distinct(drawn, "scores")]
        sentences.append(
            view.words(
                "methods.mediation.bootstrap",
                scores=view.words.both(scores),
                draws=view.n("count", drawn[0]["draws"]),
                level=view.level(),
                seed=str(view.study.get("seed", "")),
            )
        )
        sentences += _blocks(view, drawn)
    if rows:
        sentences.append(view.words("methods.cross_sectional"))
    return sentences


def _interviews(view: View) -> list[Markup]:
    rows = view.tables.rows("saturation")
    if not rows:
        return []
    codes = [row for row in view.tables.rows("themes") if row["code"]]
    values = {"n": view.n("count", len(rows)), "codes": view.n("count", len(codes))}
    sentences = [view.words("methods.interviews", **values)]
    if overall(view):
        sentences.append(view.words("methods.agreement"))
    if view.tables.rows("joint_display"):
        sentences.append(view.words("methods.joint"))
    return sentences


def _software(view: View) -> list[Markup]:
    """The packages that compute; those that only carry (snakemake, jinja2) are in the versions."""
    versions = view.study.get("versions") or {}

    def listed(names: list[str]) -> Markup:
        return view.words.sequence([program(name) for name in names])

    def program(name: str) -> Markup:
        numbered = f"{name} {versions.get(name, '')}".strip()
        key = f"software.{name}"
        cited = view.words(key, program=numbered) if view.words.has(key) else numbered
        return Markup.escape(cited)

    sentences = [view.words("methods.alpha", alpha=view.n("r", view.alpha))]
    if computing := [
        name for name in ("grassroots", "numpy", "scipy", "pandas") if name in versions
    ]:
        sentences.append(view.words("methods.software", list=listed(computing)))
    if declared(view.tables.rows("cfa_fit")):
        sentences.append(view.words("methods.software.models"))
    if checking := distinct(view.tables.rows("cross_check_summary"), "program"):
        sentences.append(view.words("methods.software.checked", list=listed(checking)))
    return sentences
