"""Invariance, moderation, models in given resamples: what R finds while the test runs.

The stored values are what R found; here they are found again. The tests of tests/sem compare ours
with the stored values. To store them anew:
PYTHONPATH=workflow/scripts:tests/sem python tests/parity/test_models_parity.py
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import model_jobs
import numpy as np
import pytest

HERE = Path(__file__).parent
STORED = HERE.parent / "reference" / "models.json"


def found_by_r(rscript: str, folder: Path) -> dict:
    for name, table in model_jobs.tables().items():
        table.to_csv(folder / name, index=False, header=not name.startswith(("rows", "few")))
    (folder / "jobs.json").write_text(json.dumps(model_jobs.jobs()), encoding="utf-8")
    subprocess.run([rscript, str(HERE / "models.R"), str(folder)], check=True, timeout=600)
    return json.loads((folder / "found.json").read_text(encoding="utf-8"))


def numbers(found: object) -> list:
    """All numbers of a nested answer, in its order."""
    if isinstance(found, dict):
        return [x for value in found.values() for x in numbers(value)]
    if isinstance(found, list):
        return [x for value in found for x in numbers(value)]
    return [] if isinstance(found, str) else [np.nan if found is None else float(found)]


@pytest.mark.r
def test_r_finds_what_is_stored(rscript, tmp_path):
    found = found_by_r(rscript, tmp_path)
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert list(found) == list(stored)
    for name in stored:
        # lavaan's last digits depend on its stopping rule and the machine.
        np.testing.assert_allclose(
            numbers(found[name]), numbers(stored[name]), rtol=1e-5, atol=1e-6, err_msg=name
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        answer = found_by_r(shutil.which("Rscript") or "Rscript", Path(place))
    text = json.dumps(answer, separators=(",", ":"))
    STORED.write_text(text + "\n", encoding="utf-8")
