"""A copy of the project's own study that a test may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grassroots.study.faults import Fault, StudyError
from grassroots.study.load import load_study

ROOT = Path(__file__).parents[2]


@pytest.fixture
def study_folder(tmp_path: Path) -> Path:
    """The configuration, protocols and data of the project, in a folder of its own."""
    for name in ("config.yaml", "protocols", "data"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    return tmp_path


@pytest.fixture
def edit(study_folder: Path) -> Callable[[str, str, str], None]:
    """Replace a text that stands exactly once in a file of the study."""

    def replace(file: str, old: str, new: str) -> None:
        path = study_folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def stopping_faults(study_folder: Path) -> Callable[[], list[Fault]]:
    """The faults that stop the whole study."""

    def load() -> list[Fault]:
        with pytest.raises(StudyError) as caught:
            load_study(study_folder)
        return caught.value.faults

    return load


@pytest.fixture
def left_out(study_folder: Path) -> Callable[[], dict[str, list[Fault]]]:
    """The faults of the datasets that are left out."""
    return lambda: dict(load_study(study_folder).left_out)
