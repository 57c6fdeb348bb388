"""The engine against lavaan, run now: the stored models and random models and data sets."""

import json
import subprocess
import sys
from pathlib import Path

import lavaan_models as lm
import numpy as np
import pytest
from random_models import RandomCase, random_case

from grassroots.sem.fit import Fit, fit

pytestmark = [pytest.mark.r, pytest.mark.slow]
RANDOM = 40
THEIR_NAMES = {"fixed_x": "fixed.x", "group_equal": "group.equal"}


def cases() -> list[RandomCase]:
    stored = [RandomCase(key, m, lm.data(d), o) for key, (m, d, o) in lm.CASES.items()]
    return stored + [random_case(seed) for seed in range(RANDOM)]


def run_lavaan(rscript: str, found: list[RandomCase], folder: Path) -> list[dict]:
    listed = []
    for at, case in enumerate(found):
        case.data.to_csv(folder / f"{at}.csv", index=False)
        options = {THEIR_NAMES.get(k, k): v for k, v in case.options.items() if v != ()}
        if options.get("missing") == "listwise":
            del options["missing"]
        listed.append({"data": f"{at}.csv", "model": case.model, "options": options})
    (folder / "cases.json").write_text(json.dumps(listed))
    script = Path(__file__).with_name("lavaan_fit.R")
    subprocess.run([rscript, str(script), str(folder)], check=True, timeout=900)
    return json.loads((folder / "lavaan.json").read_text())


def differences(ours: Fit, theirs: dict) -> list[tuple[float, str, float, float]]:
    """(difference in units of the tolerance, what, ours, lavaan's), largest first.

    lavaan stops a little short of the optimum, by about sqrt(its chi-square - ours) standard errors
    of each estimate; so much is allowed on top of the tolerance.
    """
    out = []
    slack = 2 * np.sqrt(max(theirs["fit"]["chisq"] - ours.measures["chi2"], 0.0) + 1e-12)
    incomplete = ours.problem.fiml
    for name, other in lm.MEASURES.items():
        if incomplete and (name.endswith("_robust") or "_robust_" in name):
            continue  # lavaan has another correction for incomplete data
        if name in ours.measures and other in theirs["fit"]:
            a, b = ours.measures[name], theirs["fit"][other]
            loose = (1e-3 if incomplete and name in ("srmr", "gfi") else slack) * abs(b or 0)
            out.append((_beyond(a, b, loose), name, a, b))
    names = [*ours.levels] or [""]
    rows = {
        (row.group, row.lhs, row.op, "" if row.op == ":=" else row.rhs): row
        for row in ours.parameters.itertuples()
    }
    for row in theirs["par"]:
        if row["op"] not in ("=~", "~", "~~", "~1", ":="):
            continue
        group = "" if row["op"] == ":=" else names[row["group"] - 1]
        rhs = "" if row["op"] == ":=" else row["rhs"]
        mine = rows.get((group, row["lhs"], row["op"], rhs))
        if mine is None:
            mine = rows[group, rhs, row["op"], row["lhs"]]
        for column, other in lm.COLUMNS.items():
            a, b = getattr(mine, column), row.get(other)
            if column in ("se", "std_se") and (b or 0) < 1e-7:
                continue
            what = f"{row['lhs']} {row['op']} {row['rhs']} {group} {column}"
            error = mine.std_se if column.startswith("std") else mine.se
            out.append((_beyond(a, b, slack * error), what, a, b))
    return sorted(out, key=lambda x: -x[0])


def raw_largest(found: list[tuple[float, str, float, float]]) -> str:
    """The largest difference as it is: relative (or absolute / 1e-3), ours, lavaan's."""
    size, what, a, b = max((lm.excess(a, b), what, a, b) for _, what, a, b in found)
    beyond = sum(lm.excess(a, b) > 1 for _, _, a, b in found)
    return f"{size * 1e-5:.1e} ({what}: {a:.9g}, lavaan {b}), {beyond} beyond 1e-5 before slack"


def _beyond(ours: float, theirs: float | None, allowed: float) -> float:
    """Difference less what is allowed, in units of the tolerance."""
    units = lm.excess(ours, theirs)
    if not np.isfinite(units):
        return units
    return max(units - allowed / max(1e-5 * abs(theirs), 1e-8), 0.0) if units > 1 else units


def test_agreement_with_lavaan_now(rscript, tmp_path, capsys):
    found = cases()
    wrong, lines = [], []
    compared = 0
    for case, theirs in zip(found, run_lavaan(rscript, found, tmp_path), strict=True):
        ours = fit(case.model, case.data, **case.options)
        if not theirs.get("converged"):
            lines.append(f"{case.name}: lavaan has no estimate ({theirs}); ours: {ours.status}")
            continue
        compared += 1
        worst = differences(ours, theirs)
        lines.append(
            f"{case.name}: {len(worst)} numbers, {ours.status}, largest difference "
            f"{raw_largest(worst)}"
        )
        wrong += [(case.name, *w) for w in worst if not w[0] <= 1]
        if ours.measures["chi2"] > theirs["fit"]["chisq"] + 1e-6:
            wrong.append((case.name, "chi-square above lavaan's"))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert compared >= 30 + len(lm.CASES)
    assert not wrong, f"{len(wrong)} differences: {wrong[:10]}"
