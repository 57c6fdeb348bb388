"""The engine tells the truth of a known population; the committed tables are what it says today."""

import shutil
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
import simulated_truth as truth

AGAIN = "not what the code gives now: run `make proofs` and look at what changed in docs/proofs.md"

# What is known to lie outside the limits. docs/proofs.md says why.
KNOWN_OUTSIDE = [
    "indirect_1 (unstandardised): bootstrap SE / SD 1.064",
    "chi-square, 20 indicators, n = 320: rejects in 8.0%",
]


@pytest.fixture(scope="module")
def stored():
    names = ("run", "effects", "parameters", "further", "chi_square", "samples")
    return {name: read_table(proofs.FOLDER / f"{name}.csv") for name in names}


@pytest.fixture(scope="module")
def run(stored):
    return dict(zip(stored["run"]["name"], stored["run"]["value"], strict=True))


def test_the_tables_are_of_this_engine(run):
    assert run["engine"] == proofs.engine_digest(), AGAIN


def test_the_tables_are_of_the_whole_simulation(run, stored):
    whole = {"samples": 1000, "draws": 1000, "n": 320, "seed": proofs.SEED}
    assert {name: int(run[name]) for name in whole} == whole
    assert len(stored["samples"]) == 1000


def test_figures_are_within_the_limits_or_known_not_to_be(stored):
    assert proofs_document.outside(stored) == KNOWN_OUTSIDE


def test_the_document_is_of_the_tables(stored):
    document = proofs.FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    assert document == proofs_document.text(stored), AGAIN


def test_coverage_follows_from_the_samples(stored):
    samples = stored["samples"]
    effects = stored["effects"]
    for row in effects[effects["scale"] == "unstandardised"].to_dict("records"):
        low, high = samples[f"{row['name']}_low"], samples[f"{row['name']}_high"]
        assert row["coverage_percentile"] == low.le(row["truth"]).mul(high.ge(row["truth"])).mean()
        assert row["sd"] == pytest.approx(samples[f"{row['name']}_est"].std(), rel=1e-4)


def test_standard_errors_match_the_more_exact_deviations(stored):
    """1,000 samples leave a ratio uncertain by 4%; 20,000 others, by 1%."""
    ratios = proofs_document.against_further(stored)
    assert ratios["samples"].eq(20_000).all() and len(ratios) == 12
    for column in ("se_bootstrap_ratio", "se_delta_ratio"):
        assert ratios[column].between(*proofs_document.SE_RATIO).all()


@pytest.mark.parametrize("number", [0, 500, 999])
def test_a_stored_sample_comes_out_again(number, run, stored):
    """With room for another linear algebra library, far below a standard error."""
    sample = truth.estimate_sample(number, int(run["seed"]), int(run["draws"]))
    again = proofs.samples_table([sample]).iloc[0].drop("sample")
    before = stored["samples"].set_index("sample").loc[number]
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


def test_the_truth_is_found_in_its_own_covariances():
    """Data with exactly the population's moments give every true value back."""
    sigma = truth.item_covariance()
    assert np.linalg.eigvalsh(sigma).min() > 0.05
    random = np.random.default_rng(1).standard_normal((400, len(sigma)))
    random -= random.mean(axis=0)
    white = random @ np.linalg.inv(np.linalg.cholesky(random.T @ random / 400)).T
    exact = pd.DataFrame(white @ np.linalg.cholesky(sigma).T, columns=sigma.columns)
    result = fit(structural_syntax(truth.FORM), exact)
    known = truth.true_values()
    expected = np.array([known[key] for key in truth.row_keys()])
    assert len({tuple(pair) for pair in expected.round(6)}) > 40  # a swap would be seen
    assert np.allclose(result.parameters[["est", "std"]], expected, atol=1e-6)
    assert result.measures["chi2"] == pytest.approx(0, abs=1e-6)


def test_samples_come_from_the_population():
    frame = truth.data(number=3, seed=1, n=40_000)
    assert np.allclose(frame.cov(), truth.item_covariance(), atol=0.04)
    assert not frame.equals(truth.data(number=4, seed=1, n=40_000))


def test_swains_factor():
    """p = 20, df = 164: q = 9.1047, and 1 - (17180 - 1749.4) / (12 * 164 * 319) by hand."""
    assert proofs.swain_factor(20, 164, 320) == pytest.approx(0.97542, abs=1e-5)
    assert proofs.swain_factor(20, 164, 10**9) == pytest.approx(1, abs=1e-6)


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A copy of the code, to be edited."""
    folder = tmp_path / "scripts"
    shutil.copytree(code.SCRIPTS, folder)
    monkeypatch.setattr(proofs, "ENGINE", folder / proofs.ENGINE.relative_to(code.SCRIPTS))
    monkeypatch.setattr(code, "SCRIPTS", folder)
    code._tree.cache_clear()
    yield folder / "grassroots" / "sem"
    code._tree.cache_clear()


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
    code._tree.cache_clear()
    assert (proofs.engine_digest() == before) is same


SMALL = 300


@pytest.fixture(scope="module")
def small():
    """Samples that the stored tables do not hold, as many as a minute allows."""
    work = partial(truth.estimate_sample, seed=proofs.SEED + 1, draws=1000)
    return list(truth.over_processes(work, range(SMALL), processes=2))


@pytest.mark.slow
def test_a_small_version(small):
    """What is claimed of many samples is not contradicted by these.

    A count is refused if it is less probable than `doubt` under every value within the limits
    that docs/proofs.md states; all checks together refuse a true claim less than once in 1,000.
    """
    effects = proofs.effects_table(proofs.summarised(small).query("op == ':='"))
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
    assert all(sample.status == "ok" for sample in small)
    row = proofs.chi_square_row("20 indicators", truth.N, small)
    bounds = counts(*proofs_document.REJECTED, doubt)
    assert bounds[0] <= round(row["rejected_swain"] * SMALL) <= bounds[1]


def counts(low: float, high: float, doubt: float) -> tuple[float, float]:
    """Smallest and largest count out of SMALL that some share from low to high makes plausible."""
    return binom.ppf(doubt / 2, SMALL, low), binom.ppf(1 - doubt / 2, SMALL, high)


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing():
    work = partial(truth.estimate_sample, seed=7, draws=60)
    one = list(truth.over_processes(work, range(7), processes=1))
    two = list(truth.over_processes(work, range(7), processes=2))
    assert len(one) == len(two) == 7
    for a, b in zip(one, two, strict=True):
        assert a[:-1] == b[:-1]
        assert a.values.tobytes() == b.values.tobytes()
