"""Factor extraction, rotation, eigenvalues and model comparisons against psych and lavaan.

Stored and live values: see conftest.py.
"""

import numpy as np
import pytest

from grassroots.measurement.comparison import alternatives, comparison_rows
from grassroots.measurement.factor_extraction import principal_axes, residual_size
from grassroots.measurement.parallel_analysis import parallel_analysis
from grassroots.measurement.rotation import explained, in_order, oblimin, varimax
from grassroots.sem.fit import fit
from grassroots.sem.structural_form import measurement_syntax

# Both sides iterate; each stops when it moves by less than about 1e-8.
ITERATED = 2e-6
# Scaling factors depend to the first order on where lavaan's search stops, a little before ours.
CLOSE = {"ML": 1e-6, "MLR": 1e-4}
ROTATIONS = {"oblimin": oblimin, "varimax": varimax}


@pytest.fixture
def correlations(case, scales):
    values = case.answers[scales["total"]].dropna().to_numpy(dtype=float)
    return np.corrcoef(values, rowvar=False), len(values)


def test_principal_axes_and_rotations_are_psych_s(case, correlations):
    for expected in case.expected["exploration"]:
        extraction = principal_axes(correlations[0], expected["n_factors"])
        assert extraction.status == "ok"
        rotate = ROTATIONS.get(expected["rotation"], varimax)
        solution = rotate(extraction.loadings)
        if expected["rotation"] == "oblimin":
            solution = in_order(solution)
            close(solution.correlations, expected["correlations"])
            close(explained(solution.loadings, solution.correlations), expected["variance"])
        assert solution.converged
        close(solution.loadings, expected["loadings"])
        close(extraction.communalities, expected["communality"])
        size = residual_size(correlations[0], solution.loadings, solution.correlations)
        assert size == pytest.approx(expected["rmsr"], rel=1e-6)


def test_psych_s_own_defaults_stop_a_little_earlier(case, correlations):
    expected = case.expected["psych_defaults"]
    extraction = principal_axes(correlations[0], expected["n_factors"])
    found = in_order(oblimin(extraction.loadings)).loadings
    np.testing.assert_allclose(found, expected["loadings"], atol=0.02)


def test_eigenvalues_and_what_parallel_analysis_keeps(case, correlations):
    expected = case.expected["eigenvalues"]
    found = parallel_analysis(*correlations, seed=7)
    np.testing.assert_allclose(found.observed, expected["observed"], rtol=1e-9)
    # Other draws: the means of 1000 and of 500 data sets differ by their sampling error.
    np.testing.assert_allclose(found.mean, expected["random_mean"], atol=0.012)
    assert found.kept == expected["kept"]


@pytest.mark.parametrize("estimator", ["ML", "MLR"])
def test_differences_are_lavtestlrt_s(case, scales, estimator):
    dimensions = {name: items for name, items in scales.items() if name != "total"}
    model = {"factors": dimensions, "residual_covariances": []}
    asked = {"one_factor": True, "merged": [list(dimensions)[:2]], "second_order": True}
    # lavaan's models are on the rows that are complete in all items, and so are ours.
    declared = fit(measurement_syntax(**model), case.answers, estimator=estimator)
    others = {
        name: fit(measurement_syntax(**each), case.answers, estimator=estimator)
        for name, each in alternatives(model, asked).items()
    }
    rows = comparison_rows("m", declared, others).set_index("alternative")
    rows.index = rows.index.str.partition(":").get_level_values(0)
    for name, expected in case.expected["differences"][estimator].items():
        assert rows.loc[name, "delta_df"] == expected["df"]
        assert rows.loc[name, "delta_chi2"] == pytest.approx(expected["chi2"], rel=CLOSE[estimator])
        assert rows.loc[name, "delta_p"] == pytest.approx(expected["p"], rel=1e-2, abs=1e-300)
    if len(dimensions) == 3:
        assert rows.loc["second_order", "delta_status"] == "equal_df"
        assert np.isnan(rows.loc["second_order", "delta_p"])


def close(found, expected) -> None:
    found = np.asarray(found, dtype=float)
    expected = np.asarray(expected, dtype=float).reshape(found.shape)
    np.testing.assert_allclose(found, expected, atol=ITERATED)
