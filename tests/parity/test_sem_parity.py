"""Models that lavaan fits while the test runs, and a bootstrap that R repeats with lm."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from grassroots.sem import intervals, observed_mediation, structural_form
from grassroots.sem.fit import fit as fitted
from grassroots.sem.structural_form import StructuralForm

pytestmark = pytest.mark.r

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"
LATENT = {
    "X": ("X1", "X2", "X3", "X4"),
    "M1": ("M1p1", "M1p2", "M1p3"),
    "M2": ("M2p1", "M2p2", "M2p3"),
    "Y": ("Y1", "Y2", "Y3"),
}
MEASURES = {
    "npar": "npar",
    "chi2": "chisq",
    "df": "df",
    "cfi": "cfi",
    "tli": "tli",
    "rmsea": "rmsea",
    "rmsea_low": "rmsea.ci.lower",
    "rmsea_high": "rmsea.ci.upper",
    "srmr": "srmr",
    "gfi": "gfi",
    "aic": "aic",
    "bic": "bic",
    "sabic": "bic2",
    "baseline_chi2": "baseline.chisq",
    "baseline_df": "baseline.df",
}


def heywood_data() -> pd.DataFrame:
    """Three items whose best one-factor solution has a negative residual variance."""
    correlation = np.array([[1, 0.8, 0.6, 0.2], [0.8, 1, 0.35, 0.3], [0.6, 0.35, 1, 0.3]])
    correlation = np.vstack([correlation, [0.2, 0.3, 0.3, 1]])
    z = np.random.default_rng(5).normal(size=(200, 4))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / 200)).T
    return pd.DataFrame(z @ np.linalg.cholesky(correlation).T, columns=list("abcd"))


def models() -> dict[str, tuple[str, str]]:
    """id -> (data, syntax)."""
    three = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"]}
    three["speed"] = ["x7", "x8", "x9"]
    covariates = ("g1", "g2", "g3")
    forms = {
        "parallel": StructuralForm("X", ("M1", "M2"), "Y", "parallel", (), LATENT),
        "serial": StructuralForm("X", ("M1", "M2"), "Y", "serial", (), LATENT),
        "serial_cov": StructuralForm("X", ("M2", "M1"), "Y", "serial", covariates, LATENT),
        "residuals": StructuralForm(
            "X", ("M1",), "Y", "parallel", (), only("X", "M1", "Y"), (("X1", "Y1"),)
        ),
        "mixed": StructuralForm("X1", ("M1", "Y1"), "Y2", "parallel", ("g1",), only("M1")),
    }
    found = {
        name: ("parcels_cov.csv", structural_form.structural_syntax(form))
        for name, form in forms.items()
    }
    found["cfa_residual"] = (
        "HS.csv",
        structural_form.measurement_syntax(three, [("x7", "x8"), ("x1", "x9")]),
    )
    found["second_order"] = (
        "HS.csv",
        structural_form.measurement_syntax(three, second_order={"g": list(three)}),
    )
    found["heywood"] = ("heywood.csv", "f =~ a + b + c + d")
    found["single_indicator"] = ("HS.csv", "v =~ x1 + x2 + x3\nage =~ ageyr\nv ~ age")
    found["two_outcomes"] = ("HS.csv", "v =~ x1 + x2 + x3\nx4 ~ v + ageyr\nx7 ~ v + ageyr")
    found["equal_loadings"] = ("HS.csv", "v =~ x1 + k*x2 + k*x3\nt =~ x4 + k*x5 + x6")
    found["freed_marker"] = ("HS.csv", "v =~ NA*x1 + x2 + x3 + x9\nv ~~ 1*v")
    return found


def only(*names: str) -> dict[str, tuple[str, ...]]:
    """The indicators of some of the constructs."""
    return {name: LATENT[name] for name in names}


@pytest.fixture(scope="module")
def parity(tmp_path_factory, rscript):
    """What R found, the data folder, and the resamples that both sides use."""
    folder = tmp_path_factory.mktemp("parity")
    for name, source in (
        ("HS", "HS"),
        ("obs", "sim320_obs"),
        ("parcels_cov", "sim320_parcels_cov"),
    ):
        shutil.copy(REFERENCE / f"{source}.csv", folder / f"{name}.csv")
    heywood_data().to_csv(folder / "heywood.csv", index=False)
    rows = np.vstack(list(observed_mediation.resamples(320, 60, seed=11)))
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False, header=False)
    jobs = {
        name: {"kind": "model", "data": data, "syntax": syntax}
        for name, (data, syntax) in models().items()
    }
    jobs |= {f"lm_{form}": regression_job(form) for form in ("parallel", "serial")}
    draws = np.random.default_rng(2).gamma(2.0, size=333)
    jack = np.random.default_rng(3).gamma(2.0, size=50)
    jobs["intervals"] = {
        "kind": "intervals",
        "draws": draws.tolist(),
        "estimate": 1.6,
        "jackknife": jack.tolist(),
    }
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    subprocess.run([rscript, str(HERE / "sem.R"), str(folder)], check=True, timeout=300)
    return json.loads((folder / "found.json").read_text(encoding="utf-8")), folder, rows


def regression_job(kind: str) -> dict:
    """The regressions of a mediation written out by hand for lm."""
    equations = [
        {"formula": "M1 ~ X", "labels": {"a1": "X"}},
        {"formula": "M2 ~ X", "labels": {"a2": "X"}},
        {"formula": "Y ~ X + M1 + M2", "labels": {"cp": "X", "b1": "M1", "b2": "M2"}},
    ]
    effects = ["cp + a1*b1 + a2*b2", "cp", "a1*b1", "a2*b2", "a1*b1 + a2*b2", "a1*b1 - a2*b2"]
    if kind == "serial":
        equations[1] = {"formula": "M2 ~ X + M1", "labels": {"a2": "X", "d": "M1"}}
        long = "a1*d*b2"
        effects = [f"cp + a1*b1 + a2*b2 + {long}", "cp", "a1*b1", "a2*b2", long]
        effects += [f"a1*b1 + a2*b2 + {long}", "a1*b1 - a2*b2", f"a1*b1 - {long}"]
        effects += [f"a2*b2 - {long}"]
    return {
        "kind": "regressions",
        "data": "obs.csv",
        "rows": "rows.csv",
        "predictor": "X",
        "outcome": "Y",
        "equations": equations,
        "effects": effects,
    }


@pytest.mark.parametrize("name", list(models()))
def test_model_equals_lavaan(parity, name):
    found, folder, _ = parity
    data, syntax = models()[name]
    fit = fitted(syntax, pd.read_csv(folder / data))
    assert fit.status == ("heywood" if name == "heywood" else "ok"), fit.message
    theirs = found[name]
    for ours, key in MEASURES.items():
        expected = theirs["measures"][key]
        assert fit.measures[ours] == pytest.approx(expected, abs=1e-4), ours
    rows = {(r["lhs"], r["op"], r["rhs"]): r for r in theirs["parameters"]}
    for row in fit.parameters.itertuples():
        if row.op == ":=":
            expected = next(r for key, r in rows.items() if key[:2] == (row.lhs, ":="))
            rows.pop((row.lhs, ":=", expected["rhs"]))
        else:
            key = (row.lhs, row.op, row.rhs)
            expected = rows.pop(key if key in rows else key[::-1])
        for column in ("est", "se", "std", "std_se"):
            if expected[column] is not None:
                value = getattr(row, column)
                assert value == pytest.approx(expected[column], abs=1e-4), (row, column)
    # What is left over in lavaan's table are the moments of the covariates, as given.
    assert all(r["op"] == "~~" and not r["se"] for r in rows.values())


@pytest.mark.parametrize("kind", ["parallel", "serial"])
def test_observed_bootstrap_equals_lm(parity, kind):
    found, folder, rows = parity
    theirs = found[f"lm_{kind}"]
    form = StructuralForm("X", ("M1", "M2"), "Y", kind)
    ours = observed_mediation.from_indices(form, pd.read_csv(folder / "obs.csv"), [rows])
    for plain, standard, key in (
        (ours.estimate, ours.standardised, "estimate"),
        (ours.draws, ours.standardised_draws, "draws"),
        (ours.jackknife, ours.standardised_jackknife, "jackknife"),
    ):
        both = np.concatenate([plain, standard], axis=-1)
        np.testing.assert_allclose(both, np.array(theirs[key], dtype=float), atol=1e-9)


def test_intervals_equal_boot(parity):
    found, folder, _ = parity
    job = json.loads((folder / "jobs.json").read_text(encoding="utf-8"))["intervals"]
    draws, estimate = np.array(job["draws"]), np.array([job["estimate"]])
    a = intervals.acceleration(np.array(job["jackknife"]))
    np.testing.assert_allclose(
        intervals.percentile(draws)[:, 0], found["intervals"]["percentile"], atol=1e-9
    )
    np.testing.assert_allclose(
        intervals.bca(draws, estimate, a)[:, 0], found["intervals"]["bca"], atol=1e-9
    )
