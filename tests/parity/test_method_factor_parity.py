"""The method factor against lavaan, on answers that have one.

Stored: the values that method_factor.R wrote for these answers. Live (marker r): R runs now.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from grassroots.measurement.method_factor import method_factor_rows, method_factor_syntax
from grassroots.sem.fit import fit
from grassroots.sem.structural_form import measurement_syntax

HERE = Path(__file__).parent
FACTORS = {letter: [f"{letter}{i}" for i in range(1, 6)] for letter in "abcd"}
ITEMS = [item for items in FACTORS.values() for item in items]


def answers():
    """Four factors that correlate at .4, and a habit that raises some items and lowers others."""
    random = np.random.default_rng(20261122)
    n = 400
    traits = random.multivariate_normal(np.zeros(4), 0.6 * np.eye(4) + 0.4, n)
    method = random.standard_normal(n)
    habits = np.tile([0.6, 0.4, 0.1, -0.3, -0.5], 4)
    own = np.repeat(traits, 5, axis=1) * 0.7
    values = own + method[:, None] * habits + random.standard_normal((n, 20)) * 0.6
    return pd.DataFrame(values.round(4), columns=ITEMS)


@pytest.fixture(params=["stored", pytest.param("live", marks=pytest.mark.r)])
def expected(request, tmp_path):
    if request.param == "stored":
        return json.loads((HERE.parent / "reference" / "method_factor.json").read_text())
    rscript = request.getfixturevalue("rscript")
    answers().to_csv(tmp_path / "answers.csv", index=False)
    command = [
        rscript,
        HERE / "method_factor.R",
        tmp_path / "answers.csv",
        tmp_path / "values.json",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return json.loads((tmp_path / "values.json").read_text())


def test_the_method_factor_is_lavaan_s(expected):
    data = answers()
    declared = fit(measurement_syntax(FACTORS), data)
    with_method = fit(method_factor_syntax(FACTORS, dict(data.std())), data)
    rows = method_factor_rows(FACTORS, declared, with_method)
    found = {name: value for name, value, *_ in rows}
    assert {status for *_, status, _ in rows} == {"ok"}
    for theirs, value in expected["fit"].items():
        ours = "chi2" if theirs == "chisq" else theirs
        assert found[f"ulmc_{ours}"] == pytest.approx(value, rel=1e-6, abs=1e-7)
        if ours not in ("chi2", "df"):
            change = value - expected["declared"][theirs]
            assert found[f"ulmc_delta_{ours}"] == pytest.approx(change, abs=1e-6)
    assert found["ulmc_delta_chi2"] == pytest.approx(expected["difference"]["chi2"], rel=1e-6)
    assert found["ulmc_delta_df"] == expected["difference"]["df"] == 20
    assert found["ulmc_delta_p"] == pytest.approx(expected["difference"]["p"], rel=1e-5)
    share = np.mean(np.square(expected["loadings"]))
    assert found["ulmc_method_share"] == pytest.approx(share, rel=1e-5)
    assert found["ulmc_against"] == 8
