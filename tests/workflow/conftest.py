"""Copies of the checkout in which Snakemake is run as a user runs it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SIMULATED = re.compile(r"^  (city_s|m_county|jincheng):\n    protocol: \w+\n", re.M)


class Checkout:
    """A copy of the project, and what Snakemake does in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def snakemake(
        self, *arguments: str, cores: int = 2, **environment: str
    ) -> subprocess.CompletedProcess:
        """Run Snakemake; stdout and stderr come back as one text."""
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("SNAKEMAKE", "PYTHONPATH"))
        }
        return subprocess.run(
            [sys.executable, "-m", "snakemake", "--cores", str(cores), *arguments],
            cwd=self.folder,
            env=clean | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=1200,
        )

    def write_twin(self, dataset: str) -> str:
        """What the command behind `make twin` says after it has written the twin of a dataset."""
        done = subprocess.run(
            [sys.executable, "-m", "grassroots.twin", dataset],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": "workflow/scripts"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_study(self, *before: str) -> subprocess.Popen:
        """Begin what `make study` runs, in a process group of its own, behind other commands."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("SNAKEMAKE")}
        return subprocess.Popen(
            [*before, sys.executable, "-m", "grassroots.run.study", "--cores", "2"],
            cwd=self.folder,
            env=clean | {"PYTHONPATH": str(self.folder / "workflow" / "scripts")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def study(self, *before: str) -> tuple[int, str]:
        """Run what `make study` runs; its exit status and all that it printed."""
        process = self.start_study(*before)
        printed, _ = process.communicate(timeout=1800)
        return process.returncode, printed

    def build(self, *arguments: str, **how: object) -> str:
        """Run Snakemake and insist that it succeeds."""
        run = self.snakemake(*arguments, **how)
        assert run.returncode == 0, run.stdout
        return run.stdout

    def outputs(self) -> list[dict[str, str]]:
        """Every file of the study: output_file, rule, plan, and what else Snakemake tells of it."""
        run = subprocess.run(
            [sys.executable, "-m", "snakemake", "--summary", "--quiet", "all"],
            cwd=self.folder, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout + run.stderr
        header, *lines = [line.split("\t") for line in run.stdout.splitlines() if "\t" in line]
        assert lines
        return [dict(zip(header, line, strict=False)) for line in lines]

    def pending(self) -> set[tuple[str, str]]:
        """(rule, dataset) of every job that the next run would do; the index's dataset is empty."""
        jobs = set()
        for row in self.outputs():
            if row["plan"] != "no update":
                parts = Path(row["output_file"]).parts
                jobs.add((row["rule"], parts[1] if len(parts) > 2 else ""))
        return jobs

    @contextmanager
    def edited(self, file: str, old: str, new: str) -> Iterator[None]:
        """The file with one text replaced, and as it was again afterwards, times included."""
        path = self.folder / file
        before, times = path.read_bytes(), path.stat()
        text = before.decode()
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def keep_real_datasets(self) -> None:
        """Take the simulated studies, which need most of the time, out of config.yaml."""
        path = self.folder / "config.yaml"
        text, removed = SIMULATED.subn("", path.read_text(encoding="utf-8"))
        assert removed == 3
        path.write_text(text, encoding="utf-8")

    def contents(self) -> dict[str, bytes]:
        """Every file under results/, links followed, but for Snakemake's own marks."""
        results = self.folder / "results"
        files = [
            Path(folder, name)
            for folder, _, names in os.walk(results, followlinks=True)
            for name in names
            if name != ".snakemake_timestamp"
        ]
        return {str(path.relative_to(results)): path.read_bytes() for path in sorted(files)}


def copy_project(folder: Path) -> Checkout:
    """The files that git knows or would take, without results and environment."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file() and not name.startswith(("tests/", "envs/requirements-test")):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return Checkout(folder)


@pytest.fixture(scope="session")
def copy_of_project() -> Callable[[Path], Checkout]:
    """Copy the project into a folder."""
    return copy_project


@pytest.fixture
def new_checkout(tmp_path: Path) -> Callable[[str], Checkout]:
    """Make a checkout of this name that nothing has run in."""
    return lambda name: copy_project(tmp_path / name)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout in which the whole study has been built. Tests leave it as they find it."""
    checkout = copy_project(tmp_path_factory.mktemp("built"))
    checkout.build(cores=4, TZ="UTC", LC_ALL="C.UTF-8")
    return checkout


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with the two public data sets alone, built in one go. It stays as it is."""
    checkout = copy_project(tmp_path_factory.mktemp("finished"))
    config = checkout.folder / "config.yaml"
    text = re.sub(r"  city_s:.*?\n\n", "\n", config.read_text(), flags=re.S)
    config.write_text(text.replace("draws: 5000", "draws: 300"))
    status, printed = checkout.study()
    assert status == 0, printed
    return checkout


@pytest.fixture
def finished_copy(finished: Checkout, tmp_path: Path) -> Checkout:
    """A copy of it, for what is done to a run."""
    return Checkout(Path(shutil.copytree(finished.folder, tmp_path / "copy", symlinks=True)))


@pytest.fixture
def mounted() -> Iterator[Callable[..., None]]:
    """Mount a file system at a folder, as the arguments of `mount` say; undone afterwards."""
    folders = []

    def mount(folder: Path, *how: str) -> None:
        done = subprocess.run(["mount", *how, str(folder)], capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
        folders.append(folder)

    yield mount
    for folder in reversed(folders):
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
