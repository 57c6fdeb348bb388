"""City S's tables against R on the same respondents: stats, car, effectsize, psych and lavaan."""

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from grassroots.sem.structural_form import StructuralForm, effects, structural_syntax
from grassroots.study import sections
from grassroots.study.load import load_study

pytestmark = pytest.mark.r


@pytest.fixture(scope="module")
def city(tmp_path_factory, rscript, copy_of_project):
    checkout = copy_of_project(tmp_path_factory.mktemp("city"))
    checkout.build("results/city_s/tables/claims.csv")
    folder = checkout.folder / "results/city_s"
    study = load_study(checkout.folder)
    dataset = study.datasets["city_s"]
    (model,) = sections.structural_models(study, dataset).values()
    form = StructuralForm(**model)
    plan = {
        **sections.group_comparisons(study, dataset),
        "regressions": sections.regressions(study, dataset)["models"],
        "scales": sections.scales(study, dataset)["scales"],
        "syntax": structural_syntax(form),
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    pd.read_parquet(folder / "data/scores.parquet").to_csv(folder / "scores.csv", index=False)
    script = Path(__file__).with_name("city_s.R")
    subprocess.run([rscript, script, folder], check=True, capture_output=True, timeout=300)
    expected = json.loads((folder / "expected.json").read_text())
    return expected, lambda name: pd.read_csv(folder / "tables" / f"{name}.csv"), form


def test_group_differences(city):
    expected, table, _ = city
    found = table("group_differences").set_index(["outcome", "by", "test"])
    assert len(expected["groups"]) == 36
    for wanted in expected["groups"]:
        rows = found.loc[wanted["outcome"], wanted["by"]]
        two = "welch_t" in rows.index
        judged = rows.loc["welch_t" if two else "welch_anova"]
        classical = rows.loc["student_t" if two else "anova"]
        assert judged["n"] == wanted["n"]
        assert judged["statistic"] == pytest.approx(wanted["welch"], rel=1e-6)
        assert judged["p"] == pytest.approx(wanted["p"], rel=1e-6)
        assert judged["effect_size"] == pytest.approx(wanted["effect"], rel=1e-6)
        assert classical["statistic"] == pytest.approx(wanted["classical"], rel=1e-6)
        for centre in ("levene_mean", "levene_median"):
            assert rows.loc[centre, "statistic"] == pytest.approx(wanted[centre], rel=1e-6)


def test_regressions(city):
    expected, table, _ = city
    terms, fit = table("regression"), table("regression_fit")
    for model, wanted in expected["regression"].items():
        last = fit[fit["model"] == model].iloc[-1]
        assert last["n"] == wanted["n"]
        assert last["r2"] == pytest.approx(wanted["r2"], rel=1e-6)
        assert last["f"] == pytest.approx(wanted["f"], rel=1e-6)
        assert last["durbin_watson"] == pytest.approx(wanted["dw"], rel=1e-6)
        rows = terms[(terms["model"] == model) & (terms["step"] == last["step"])].set_index("term")
        for term in wanted["term"]:
            assert rows.loc[term, "b"] == pytest.approx(wanted["b"][term], rel=1e-6)
            assert rows.loc[term, "se"] == pytest.approx(wanted["se"][term], rel=1e-6)
            assert rows.loc[term, "se_hc3"] == pytest.approx(wanted["hc3"][term], rel=1e-6)


def test_reliability_and_correlation(city):
    expected, table, _ = city
    reliability = table("reliability").set_index("scale")
    for scale, wanted in expected["alphas"].items():
        assert reliability.loc[scale, "n"] == wanted["n"]
        assert reliability.loc[scale, "alpha"] == pytest.approx(wanted["alpha"], rel=1e-6)
        assert reliability.loc[scale, "alpha_low"] == pytest.approx(wanted["low"], rel=1e-6)
    pairs = table("correlations").set_index(["x", "y"])
    row = pairs.loc["public_service_motivation", "job_burnout"]
    found = [row["r"], row["ci_low"], row["ci_high"], row["p"]]
    wanted = [expected["r"][name] for name in ("r", "low", "high", "p")]
    assert found == pytest.approx(wanted, rel=1e-6)


def test_the_latent_mediation(city):
    expected, table, form = city
    fit = table("sem_fit").set_index("estimator")
    assert fit.loc["MLR", "n"] == expected["n"]
    for estimator, names in (
        ("ML", ["chisq", "df", "cfi", "tli", "rmsea", "srmr"]),
        ("MLR", ["chisq.scaled", "df", "cfi.robust", "tli.robust", "rmsea.robust", "srmr"]),
    ):
        row = fit.loc[estimator, ["chi2", "df", "cfi", "tli", "rmsea", "srmr"]].astype(float)
        wanted = [expected["fit"][name] for name in names]
        assert row.to_list() == pytest.approx(wanted, rel=1e-4)
    rows = table("mediation").query("scores == 'latent'").drop_duplicates(["effect", "path"])
    found = rows.set_index(["effect", "path"])["est"]
    for effect in effects(form):
        wanted = expected["effects"][effect.name]
        assert found[effect.effect, effect.path] == pytest.approx(wanted, abs=1e-4)
