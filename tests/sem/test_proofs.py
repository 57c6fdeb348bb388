"""The engine tells the truth of a known population; the committed tables are what it says today."""

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy.stats import binom, chi2

from grassroots.run import code
from grassroots.run.tables import read_table
from grassroots.sem.fit import fit
from grassroots.sem.structural_form import structural_syntax

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import proofs
import proofs_document
import proofs_summary as summary
import simulated_truth as truth

AGAIN = "not what the code gives now: run `make proofs` and look at what changed in docs/proofs.md"

MODELS = tuple(truth.FORMS)

# What is known to lie outside the limits. docs/proofs.md says why.
KNOWN_OUTSIDE = {
    "13 indicators": [],
    "20 indicators": [
        "20 indicators, chi-square: rejects in 8.0% of 1000 samples",
        "20 indicators, chi-square: rejects in 8.5% of 21000 samples",
    ],
}


@pytest.fixture(scope="module")
def stored():
    names = ("run", "effects", "parameters", "chi_square", "samples")
    return {name: read_table(proofs.FOLDER / f"{name}.csv") for name in names}


@pytest.fixture(scope="module")
def run(stored):
    both = stored["run"].query("model == 'both'")
    return dict(zip(both["name"], both["value"], strict=True))


def test_the_tables_are_of_this_engine(run):
    assert run["engine"] == proofs.engine_digest(), AGAIN


def test_the_tables_are_of_the_whole_simulation(run, stored):
    whole = {"samples": 1000, "draws": 1000, "n": 320, "seed": proofs.SEED}
    assert {name: int(run[name]) for name in whole} == whole
    assert stored["samples"]["model"].value_counts().to_dict() == dict.fromkeys(MODELS, 1000)
    assert stored["effects"]["samples"].eq(1000).all()
    assert stored["effects"]["fitted"].eq(21_000).all()


def test_every_table_says_its_model_and_that_it_is_simulated(stored):
    for table in stored.values():
        assert set(table["model"]) - {"both"} == set(MODELS)
        assert set(table["data"]) == {"simulated"}


@pytest.mark.parametrize("model", MODELS)
def test_figures_are_within_the_limits_or_known_not_to_be(model, stored):
    assert proofs_document.outside(stored, model) == KNOWN_OUTSIDE[model]


def test_the_document_is_of_the_tables(stored):
    document = proofs.FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    assert document == proofs_document.text(stored), AGAIN


@pytest.mark.parametrize("model", MODELS)
def test_coverage_follows_from_the_samples(model, stored):
    samples = stored["samples"][stored["samples"]["model"] == model]
    effects = stored["effects"].query("scale == 'unstandardised'")
    for row in effects[effects["model"] == model].to_dict("records"):
        low, high = samples[f"{row['name']}_low"], samples[f"{row['name']}_high"]
        assert row["coverage_percentile"] == low.le(row["truth"]).mul(high.ge(row["truth"])).mean()
        assert row["sd_same"] == pytest.approx(samples[f"{row['name']}_est"].std(), rel=1e-4)


@pytest.mark.parametrize(("model", "number"), [(MODELS[0], 0), (MODELS[0], 999), (MODELS[1], 500)])
def test_a_stored_sample_comes_out_again(model, number, run, stored):
    """With room for another linear algebra library, far below a standard error."""
    sample = truth.estimate_sample(number, model, int(run["seed"]), int(run["draws"]))
    again = summary.samples_table(model, [sample]).iloc[0].drop(["model", "sample"])
    by_key = stored["samples"].set_index(["model", "sample"]).drop(columns="data")
    before = by_key.loc[(model, number)]
    assert again.pop("status") == before.pop("status")
    assert np.allclose(again.astype(float), before.astype(float), atol=5e-4), AGAIN


def test_the_population_is_the_protocols_model(root):
    protocol = yaml.safe_load((root / "protocols/psm_burnout.yaml").read_text("utf-8"))
    model = protocol["structural"]["motivation_to_burnout"]
    assert model["predictor"] == truth.FORM.predictor
    assert tuple(model["mediators"]) == truth.FORM.mediators
    assert model["outcome"] == truth.FORM.outcome
    assert model["indicators"] == "dimensions"
    for name, indicators in truth.INDICATORS.items():
        file = root / f"protocols/instruments/{name}.yaml"
        instrument = yaml.safe_load(file.read_text("utf-8"))
        assert indicators == list(instrument.get("dimensions") or instrument["items"])


@pytest.mark.parametrize("model", MODELS)
def test_the_truth_is_found_in_its_own_covariances(model):
    """Data with exactly the population's moments give every true value back."""
    sigma = truth.item_covariance()
    assert np.linalg.eigvalsh(sigma).min() > 0.05
    random = np.random.default_rng(1).standard_normal((400, len(sigma)))
    random -= random.mean(axis=0)
    white = random @ np.linalg.inv(np.linalg.cholesky(random.T @ random / 400)).T
    exact = pd.DataFrame(white @ np.linalg.cholesky(sigma).T, columns=sigma.columns)
    result = fit(structural_syntax(truth.FORMS[model]), truth.as_measured(model, exact))
    known = truth.true_values(model)
    expected = np.array([known[key] for key in truth.row_keys(model)])
    assert len({tuple(pair) for pair in expected.round(6)}) > 30  # a swap would be seen
    assert np.allclose(result.parameters[["est", "std"]], expected, atol=1e-6)
    assert result.measures["chi2"] == pytest.approx(0, abs=1e-6)
    assert len(truth.FORMS[model].variables) == int(model.split()[0])


def test_samples_come_from_the_population():
    frame = truth.data(number=3, seed=1, n=40_000)
    assert np.allclose(frame.cov(), truth.item_covariance(), atol=0.04)
    assert not frame.equals(truth.data(number=4, seed=1, n=40_000))


def test_swains_factor():
    """p = 20, df = 164: q = 9.1047, and 1 - (17180 - 1749.4) / (12 * 164 * 319) by hand."""
    assert summary.swain_factor(20, 164, 320) == pytest.approx(0.97542, abs=1e-5)
    assert summary.swain_factor(20, 164, 10**9) == pytest.approx(1, abs=1e-6)


def test_the_error_of_a_ratio_is_how_far_it_strays():
    """Over 4,000 repetitions, with standard errors that vary and estimates that are skewed."""
    rng = np.random.default_rng(3)
    errors, estimates = rng.gamma(50, 1, (4000, 60)), rng.gamma(8, 1, (4000, 600))
    ratios = errors.mean(axis=1) / estimates.std(axis=1, ddof=1)
    told = [summary.ratio_error(*pair) for pair in zip(errors, estimates, strict=True)]
    assert np.mean(told) == pytest.approx(ratios.std(ddof=1), rel=0.04)


def test_a_summary_of_estimates_known_by_hand():
    """The SD is of all samples, coverage of the bootstrapped ones; a missing interval misses."""
    by_name = {name: np.array([1.0, 3.0, np.nan]) for name in truth.VALUES}
    by_name |= {"low": np.array([0.0, 2.5, np.nan]), "high": np.array([2.5, 4.0, np.nan])}
    row = summary.performance(2.0, by_name, np.array([1.0, 3.0, np.nan, 5.0, 7.0]))
    assert (row["samples"], row["fitted"], row["mean"]) == (3, 4, 4.0)
    assert row["sd"] == pytest.approx(np.sqrt(20 / 3), abs=1e-6)
    assert row["sd_same"] == pytest.approx(np.sqrt(2), abs=1e-6)
    assert row["se_bootstrap_ratio"] == pytest.approx(2 / np.sqrt(20 / 3), abs=1e-6)
    assert row["se_bootstrap_ratio_same"] == pytest.approx(np.sqrt(2), abs=1e-6)
    assert row["coverage_percentile"] == pytest.approx(1 / 3, abs=1e-6)


@pytest.mark.r
def test_chi_squares_are_lavaans(rscript, tmp_path):
    """That the true model of 20 indicators is rejected too often is the statistic's doing."""
    asked = [(model, number) for model in MODELS for number in range(5)]
    cases = []
    for at, (model, number) in enumerate(asked):
        frame = truth.as_measured(model, truth.data(number, proofs.SEED))
        frame.to_csv(tmp_path / f"{at}.csv", index=False)
        syntax = structural_syntax(truth.FORMS[model])
        cases.append({"data": f"{at}.csv", "model": syntax, "options": {}})
    (tmp_path / "cases.json").write_text(json.dumps(cases), "utf-8")
    script = Path(__file__).with_name("lavaan_fit.R")
    subprocess.run([rscript, script, tmp_path], check=True, timeout=300)
    theirs = [each["fit"] for each in json.loads((tmp_path / "lavaan.json").read_text("utf-8"))]
    ours = [truth.fit_sample(number, model, proofs.SEED) for model, number in asked]
    assert [each.df for each in ours] == [each["df"] for each in theirs]
    assert [each.chi2 for each in ours] == pytest.approx([t["chisq"] for t in theirs], rel=1e-6)


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A copy of the code, to be edited."""
    folder = tmp_path / "scripts"
    shutil.copytree(code.SCRIPTS, folder)
    monkeypatch.setattr(proofs, "ENGINE", folder / proofs.ENGINE.relative_to(code.SCRIPTS))
    monkeypatch.setattr(code, "SCRIPTS", folder)
    forget_files()
    yield folder / "grassroots" / "sem"
    forget_files()


def forget_files():
    """What `code` remembers of the files that it has read."""
    code._tree.cache_clear()
    code._files.cache_clear()


@pytest.mark.parametrize(
    ("file", "old", "new", "same"),
    [
        ("batch.py", '"""Minimising', '# words\n"""More words. Minimising', True),
        ("batch.py", "STOP = 1e-10", "STOP  =  1e-10  # words", True),
        ("batch.py", "STOP = 1e-10", "STOP = 1e-4", False),
        ("measures.py", "import numpy", "A = None\nimport numpy", False),
        (
            "structural_form.py",
            "import numpy",
            "A = 1\nimport numpy",
            True,
        ),  # not imported by the engine
    ],
)
def test_the_digest_sees_computations_alone(engine, file, old, new, same):
    before = proofs.engine_digest()
    text = (engine / file).read_text("utf-8")
    assert old in text
    (engine / file).write_text(text.replace(old, new, 1), "utf-8")
    forget_files()
    assert (proofs.engine_digest() == before) is same


SMALL = 300


@pytest.fixture(scope="module", params=MODELS)
def small(request):
    """A model, and samples that the stored tables do not hold, as many as a minute allows."""
    work = partial(truth.estimate_sample, model=request.param, seed=proofs.SEED + 1, draws=1000)
    return request.param, list(truth.over_processes(work, range(SMALL), processes=2))


@pytest.mark.slow
def test_a_small_version(small):
    """What is claimed of many samples is not contradicted by these.

    A count is refused if it is less probable than `doubt` under every value within the limits
    that docs/proofs.md states; all checks of a model refuse a true claim less than once in 1,000.
    """
    model, found = small
    effects = summary.effects_table(summary.summarised(model, found, further=[]))
    columns = proofs_document.LIMITS
    doubt = 0.001 / (len(effects) * len(columns) + 1)
    for row in effects.to_dict("records"):
        for column, (low, high) in columns.items():
            if column.startswith("coverage"):
                bounds = counts(low, high, doubt)
                assert bounds[0] <= round(row[column] * SMALL) <= bounds[1], (row["name"], column)
            else:  # the SD of normal estimates: (n - 1) sd^2 / sigma^2 is a chi-square
                tails = chi2.ppf([1 - doubt / 2, doubt / 2], SMALL - 1) / (SMALL - 1)
                assert low * tails[0] ** -0.5 < row[column] < high * tails[1] ** -0.5, row["name"]
    assert all(sample.status == "ok" for sample in found)
    row = summary.chi_square_row(model, truth.N, found)
    bounds = counts(*proofs_document.REJECTED, doubt)
    assert bounds[0] <= round(row["rejected_swain"] * SMALL) <= bounds[1]


def counts(low: float, high: float, doubt: float) -> tuple[float, float]:
    """Smallest and largest count out of SMALL that some share from low to high makes plausible."""
    return binom.ppf(doubt / 2, SMALL, low), binom.ppf(1 - doubt / 2, SMALL, high)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_the_number_of_processes_changes_nothing(model):
    work = partial(truth.estimate_sample, model=model, seed=7, draws=60)
    one = list(truth.over_processes(work, range(7), processes=1))
    two = list(truth.over_processes(work, range(7), processes=2))
    assert len(one) == len(two) == 7
    for a, b in zip(one, two, strict=True):
        assert a[:-1] == b[:-1]
        assert a.values.tobytes() == b.values.tobytes()
