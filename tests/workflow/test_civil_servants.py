"""The tables of the three studies against R on the same respondents.

stats, car, effectsize, psych, and lavaan where there is a mediation.
"""

import json
import subprocess
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from grassroots.sem.covariates import with_covariates
from grassroots.sem.structural_form import effects, structural_syntax
from grassroots.study import sections
from grassroots.study.load import load_study

pytestmark = pytest.mark.r

COMPARISONS = {"city_s": 36, "m_county": 24, "jincheng": 90}
SAME = {"rel": 1e-6, "abs": 1e-9}


@pytest.fixture(scope="module", params=COMPARISONS)
def study(request, tmp_path_factory, rscript, copy_of_project):
    """A dataset's name, what R finds, the tables of the run, and the mediation if there is one."""
    name = request.param
    checkout = copy_of_project(tmp_path_factory.mktemp(name))
    checkout.build(f"results/{name}/tables/claims.csv")
    folder = checkout.folder / "results" / name
    loaded = load_study(checkout.folder)
    dataset = loaded.datasets[name]
    models = list(sections.structural_models(loaded, dataset).values())
    # Of several models the first: it is the published one.
    form = with_covariates(models[0], pd.DataFrame())[0] if models else None
    scales = sections.scales(loaded, dataset)["scales"]
    plan = {
        **sections.group_comparisons(loaded, dataset),
        "regressions": sections.regressions(loaded, dataset)["models"],
        "scales": scales,
        "pairs": list(combinations(scales, 2)),
        "syntax": structural_syntax(form) if form else None,
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    pd.read_parquet(folder / "data/scores.parquet").to_csv(folder / "scores.csv", index=False)
    script = Path(__file__).with_name("civil_servants.R")
    subprocess.run([rscript, script, folder], check=True, capture_output=True, timeout=300)
    expected = json.loads((folder / "expected.json").read_text())
    return name, expected, lambda table: pd.read_csv(folder / "tables" / f"{table}.csv"), form


def test_group_differences(study):
    name, expected, table, _ = study
    found = table("group_differences").set_index(["outcome", "by", "test"]).sort_index()
    means = table("group_means").set_index(["outcome", "by", "level"])["mean"]
    assert len(expected["groups"]) == COMPARISONS[name]
    for wanted in expected["groups"]:
        rows = found.loc[wanted["outcome"], wanted["by"]]
        two = "welch_t" in rows.index
        judged = rows.loc["welch_t" if two else "welch_anova"]
        classical = rows.loc["student_t" if two else "anova"]
        assert judged["n"] == wanted["n"]
        assert judged["statistic"] == pytest.approx(wanted["welch"], **SAME)
        assert judged["p"] == pytest.approx(wanted["p"], **SAME)
        assert judged["effect_size"] == pytest.approx(wanted["effect"], **SAME)
        ends = [judged["effect_low"], judged["effect_high"]]
        assert ends == pytest.approx([wanted["low"], wanted["high"]], **SAME)
        # effectsize prints no negative omega squared.
        assert max(judged["corrected_size"], 0 if not two else -9) == pytest.approx(
            wanted["corrected"], **SAME
        )
        assert classical["statistic"] == pytest.approx(wanted["classical"], **SAME)
        assert classical["p"] == pytest.approx(wanted["classical_p"], **SAME)
        for centre in ("levene_mean", "levene_median"):
            assert rows.loc[centre, "statistic"] == pytest.approx(wanted[centre], **SAME)
        for level, mean in wanted["means"].items():
            assert means[wanted["outcome"], wanted["by"], level] == pytest.approx(mean, **SAME)


def test_regressions(study):
    _, expected, table, _ = study
    terms, fit = table("regression"), table("regression_fit")
    for model, wanted in expected["regression"].items():
        last = fit[fit["model"] == model].iloc[-1]
        assert last["n"] == wanted["n"]
        assert last["r2"] == pytest.approx(wanted["r2"], **SAME)
        assert last["r2_adjusted"] == pytest.approx(wanted["adjusted"], **SAME)
        assert last["f"] == pytest.approx(wanted["f"], **SAME)
        assert last["durbin_watson"] == pytest.approx(wanted["dw"], **SAME)
        rows = terms[(terms["model"] == model) & (terms["step"] == last["step"])]
        rows = rows[rows["status"] == "ok"].set_index("term")
        assert set(rows.index) == set(wanted["b"])
        for column in ("b", "se", "t", "p", "ci_low", "ci_high", "se_hc3"):
            for term, value in wanted[column].items():
                assert rows.loc[term, column] == pytest.approx(value, **SAME), (term, column)


def test_reliability_and_correlations(study):
    _, expected, table, _ = study
    reliability = table("reliability").set_index("scale")
    assert set(reliability.index) == set(expected["alphas"])
    for scale, wanted in expected["alphas"].items():
        assert reliability.loc[scale, "n"] == wanted["n"]
        assert reliability.loc[scale, "alpha"] == pytest.approx(wanted["alpha"], **SAME)
        assert reliability.loc[scale, "alpha_low"] == pytest.approx(wanted["low"], **SAME)
    pairs = table("correlations").set_index(["x", "y"])
    assert len(pairs) == len(expected["r"])
    for wanted in expected["r"]:
        row = pairs.loc[wanted["x"], wanted["y"]]
        for column in ("r", "ci_low", "ci_high", "p"):
            assert row[column] == pytest.approx(wanted[column], **SAME)


def test_the_latent_mediation(study):
    _, expected, table, form = study
    if form is None:
        assert expected["latent"] is None
        return
    latent = expected["latent"]
    fit = table("sem_fit")
    fit = fit[fit["model"] == fit["model"].iloc[0]].set_index("estimator")
    assert fit.loc["MLR", "n"] == latent["n"]
    for estimator, names in (
        ("ML", ["chisq", "df", "cfi", "tli", "rmsea", "srmr"]),
        ("MLR", ["chisq.scaled", "df", "cfi.robust", "tli.robust", "rmsea.robust", "srmr"]),
    ):
        row = fit.loc[estimator, ["chi2", "df", "cfi", "tli", "rmsea", "srmr"]].astype(float)
        wanted = [latent["fit"][name] for name in names]
        assert row.to_list() == pytest.approx(wanted, rel=1e-4)
    rows = table("mediation").query("scores == 'latent'")
    rows = rows[rows["model"] == rows["model"].iloc[0]].drop_duplicates(["effect", "path"])
    found = rows.set_index(["effect", "path"])["est"]
    for effect in effects(form):
        wanted = latent["effects"][effect.name]
        assert found[effect.effect, effect.path] == pytest.approx(wanted, abs=1e-4)


# What each study's own findings come to in the simulated data.
CLAIMS = {"city_s": 7, "m_county": 7, "jincheng": 16}


def test_every_published_finding_is_judged_and_shown_by_the_simulated_data(study):
    name, _, table, _ = study
    claims = table("claims")
    assert len(claims) == CLAIMS[name]
    assert set(claims["state"]) == {"as_simulated"}, claims[["id", "state", "note"]]
