"""Group differences, regressions and missing answers against stats, car, effectsize and lavaan.

Stored: the values that inference.R wrote for the Holzinger-Swineford data, complete and with
missing cells. Live (marker r): R runs now, also on psychTools::bfi.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from grassroots.description.missing import little_test
from grassroots.inference.group_differences import group_differences
from grassroots.inference.group_means import group_means
from grassroots.inference.least_squares import least_squares
from grassroots.inference.post_hoc import post_hoc
from grassroots.inference.regression import regressions
from grassroots.inference.regression_design import regression_design
from grassroots.inference.residuals import local_line, standardised_residuals

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"
RTOL = 1e-6
# effectsize finds the limits of an interval by minimising, to about seven digits.
EFFECTSIZE = {"rtol": 0, "atol": 1e-6}
T_TEST = ["statistic", "df1", "p", "difference", "ci_low", "ci_high"]
F_TEST = ["statistic", "df1", "df2", "p"]
COLUMNS = {
    "welch_t": T_TEST,
    "student_t": T_TEST,
    "welch_anova": F_TEST,
    "anova": F_TEST,
    "levene_mean": F_TEST,
    "levene_median": F_TEST,
    "mann_whitney": ["statistic", "p"],
    "kruskal": ["statistic", "df1", "p"],
}


class Case(NamedTuple):
    """Answers (rows with NaN are among them) and what R says about them."""

    answers: pd.DataFrame
    expected: dict[str, Any]

    @property
    def plan(self) -> dict[str, Any]:
        """The arguments of the group comparisons."""
        values = self.expected
        return {
            "outcomes": list(values["comparisons"]),
            "background": values["background"],
            "alpha": values["alpha"],
            "minimum_group": values["minimum_group"],
        }


def as_levels(answers: pd.DataFrame, variables: list[str]) -> pd.DataFrame:
    """Codes as level ids: 1.0 is "1", NaN stays missing."""

    def level(value: Any) -> Any:
        if pd.isna(value):
            return None
        return value if isinstance(value, str) else f"{value:.0f}"

    return answers.assign(**{name: answers[name].map(level) for name in variables})


def holzinger_scores(dataset: str) -> pd.DataFrame:
    """Means of three tests, missing if one is; who the pupils are stands in HS.csv only."""
    tests = pd.read_csv(REFERENCE / f"{dataset}.csv")
    pupils = pd.read_csv(REFERENCE / "HS.csv")
    means = {
        scale: tests[[f"x{i}" for i in items]].mean(axis=1, skipna=False)
        for scale, items in {"visual": (1, 2, 3), "textual": (4, 5, 6), "speed": (7, 8, 9)}.items()
    }
    return pd.DataFrame(means).assign(
        sex=pupils["sex"],
        school=pupils["school"],
        age=pupils["ageyr"],
        years=pupils["ageyr"] + pupils["agemo"] / 12,
    )


def stored(dataset: str) -> Case:
    expected = json.loads((REFERENCE / f"inference_{dataset}.json").read_text())
    return Case(as_levels(holzinger_scores(dataset), list(expected["background"])), expected)


def live(dataset: str, folder: Path) -> Case:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    command = ["Rscript", str(HERE / "inference.R"), dataset, str(REFERENCE), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    expected = json.loads((folder / "values.json").read_text())
    answers = pd.read_csv(folder / "answers.csv")
    return Case(as_levels(answers, list(expected["background"])), expected)


@pytest.fixture(
    scope="module",
    params=[
        ("stored", "HS"),
        ("stored", "HS_miss"),
        pytest.param(("live", "HS"), marks=pytest.mark.r),
        pytest.param(("live", "HS_miss"), marks=pytest.mark.r),
        pytest.param(("live", "bfi"), marks=pytest.mark.r),
    ],
    ids=lambda param: " ".join(param),
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    source, dataset = request.param
    if source == "stored":
        return stored(dataset)
    return live(dataset, tmp_path_factory.mktemp(dataset))


@pytest.fixture(scope="module")
def differences(case: Case) -> pd.DataFrame:
    return group_differences(case.answers, **case.plan).set_index(["outcome", "by", "test"])


@pytest.fixture(scope="module")
def pairs(case: Case) -> pd.DataFrame:
    return post_hoc(case.answers, **case.plan).set_index(["outcome", "by", "method"])


def agree(found: Any, expected: Any, **tolerance: float) -> None:
    tolerance = tolerance or {"rtol": RTOL, "atol": 1e-12}
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), **tolerance
    )


def compared(case: Case) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (outcome, by, expected)
        for outcome, of_outcome in case.expected["comparisons"].items()
        for by, expected in of_outcome.items()
    ]


def test_statistics_df_p_and_intervals_of_the_tests(case, differences):
    seen = set()
    for outcome, by, expected in compared(case):
        for test in set(COLUMNS) & set(expected):
            row = differences.loc[(outcome, by, test)]
            assert row["status"] == "ok"
            assert row["n"] == expected["n"]
            assert row["groups"] == len(expected["groups"])
            for column in COLUMNS[test]:
                agree(row[column], expected[test][column])
            seen.add(test)
    assert seen == set(COLUMNS)
    assert len(differences) == 5 * len(compared(case))


def test_effect_sizes(case, differences):
    for outcome, by, expected in compared(case):
        effect, ranks = expected["effect"], expected["rank_effect"]
        several = "anova" in expected
        tests = ("welch_anova", "anova") if several else ("welch_t", "student_t")
        for test in tests:
            row = differences.loc[(outcome, by, test)]
            agree(row["effect_size"], effect["size"])
            agree(row[["effect_low", "effect_high"]], [effect["exact_low"], effect["exact_high"]])
            agree(row["effect_low"], effect["low"], **EFFECTSIZE)
            corrected = row["corrected_size"]
            agree(max(corrected, 0) if several else corrected, effect["corrected"])
            if several:
                agree(row["effect_low"], effect["default_low"], **EFFECTSIZE)
            if effect["low"] != 0:
                # With a lower limit at zero effectsize's search may stop short of the upper one.
                agree(row["effect_high"], effect["high"], **EFFECTSIZE)
        row = differences.loc[(outcome, by, "kruskal" if several else "mann_whitney")]
        agree(row["effect_size"], ranks["size"])
        if not several:
            agree(row[["effect_low", "effect_high"]], [ranks["low"], ranks["high"]])


def test_holm_over_the_judged_tests_of_an_outcome(case, differences):
    for outcome, expected in case.expected["holm"].items():
        for by, p in expected.items():
            rows = differences.reset_index()
            of_comparison = rows[(rows["outcome"] == outcome) & (rows["by"] == by)]
            judged = of_comparison[of_comparison["judged"]]
            assert len(judged) == 1
            agree(judged["p_adjusted"], [p])
            assert judged["family"].item() == len(expected)
            assert of_comparison.loc[~of_comparison["judged"], "p_adjusted"].isna().all()


def test_means_and_their_intervals(case):
    table = group_means(case.answers, **case.plan).set_index(["outcome", "by", "level"])
    for outcome, by, expected in compared(case):
        for level, values in expected["means"].items():
            row = table.loc[(outcome, by, level)]
            assert row["n"] == values["n"]
            small = values["n"] < case.expected["minimum_group"]
            assert row["status"] == ("small_group" if small else "ok")
            for column in ("mean", "sd", "ci_low", "ci_high"):
                agree(row[column], np.nan if small else values[column])


def test_pairs(case, pairs):
    several = [each for each in compared(case) if "post_hoc" in each[2]]
    assert several
    for outcome, by, whole in several:
        expected = whole["post_hoc"]
        of_pairs = expected["pairs"]
        for method in ("lsd", "holm", "games_howell"):
            rows = pairs.loc[(outcome, by, method)]
            assert list(rows["level_a"]) == [pair["level_a"] for pair in of_pairs]
            assert list(rows["level_b"]) == [pair["level_b"] for pair in of_pairs]
            agree(rows["difference"], [pair["difference"] for pair in of_pairs])
            like = "games_howell" if method == "games_howell" else "lsd"
            for column in of_pairs[0][like]:
                if method == "holm" and column.startswith("ci_"):
                    assert rows[column].isna().all()
                else:
                    # R integrates the studentized range to about nine digits after the point.
                    agree(rows[column], [p[like][column] for p in of_pairs], rtol=RTOL, atol=2e-9)
        agree(pairs.loc[(outcome, by, "lsd"), "p"], expected["lsd_p"])
        agree(pairs.loc[(outcome, by, "holm"), "p"], expected["holm_p"])
    assert set(pairs.index.droplevel("method")) == {(outcome, by) for outcome, by, _ in several}


def test_regressions(case):
    models = {
        name: {"outcome": model["outcome"], "steps": model["variables"]}
        for name, model in case.expected["regressions"].items()
    }
    tables = regressions(case.answers, models, case.expected["background"], case.expected["alpha"])
    coefficients = tables.coefficients.set_index(["model", "step"])
    fit = tables.fit.set_index(["model", "step"])
    assert set(fit["status"]) == {"ok"}
    for name, model in case.expected["regressions"].items():
        for step, expected in enumerate(model["steps"], start=1):
            rows = coefficients.loc[(name, step)]
            assert rows["term"].iloc[0] == "intercept"
            for column in ("b", "se", "t", "p", "ci_low", "ci_high", "se_hc3", "p_hc3"):
                agree(rows[column], expected[column])
            for column in ("beta", "vif"):
                assert np.isnan(rows[column].iloc[0])
                agree(rows[column].iloc[1:], np.atleast_1d(expected[column]))
            for column, value in expected["fit"].items():
                agree(fit.loc[(name, step), column], value)


def test_the_checks_of_the_residuals(case):
    models = {
        name: {"outcome": model["outcome"], "steps": model["variables"]}
        for name, model in case.expected["regressions"].items()
    }
    tables = regressions(case.answers, models, case.expected["background"], case.expected["alpha"])
    checks = tables.checks.set_index(["model", "step", "check"])
    for name, model in case.expected["regressions"].items():
        for step, expected in enumerate(model["steps"], start=1):
            for check, values in expected["checks"].items():
                for column, value in values.items():
                    agree(checks.loc[(name, step, check), column], value)
            fit = expected["fit"]
            row = checks.loc[(name, step, "breusch_pagan")]
            agree(row[["statistic", "p"]], [fit["breusch_pagan"], fit["breusch_pagan_p"]])


def test_the_smooth_through_the_residuals(case):
    for model in case.expected["regressions"].values():
        levels = case.expected["background"]
        design = regression_design(case.answers, model["outcome"], model["variables"], levels)
        for step, expected in enumerate(model["steps"]):
            found = least_squares(design.outcome, design.matrix(step), 0.05)
            x, y = expected["smooth"]["x"], expected["smooth"]["y"]
            residual = standardised_residuals(found)
            smooth = [local_line(found.fitted, residual, at) for at in x]
            agree(smooth, y, rtol=0, atol=1e-9)


def test_littles_test(case):
    if "little" not in case.expected:
        return
    tests = pd.read_csv(REFERENCE / "HS_miss.csv")[[f"x{i}" for i in range(1, 10)]]
    found = little_test(tests.to_numpy(float))
    for column, value in case.expected["little"].items():
        agree(found[column], value)
