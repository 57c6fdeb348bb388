"""What config.yaml points to besides protocols."""

import json
from collections.abc import Mapping
from pathlib import Path

from grassroots.study.config import Config
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name


def config_faults(root: Path, config: Document[Config]) -> list[Fault]:
    """A language twice, rows of no dataset, an earlier run's numbers that are none of it."""
    faults = [*_languages(config), *_package_rows(config)]
    for name, entry in config.model.datasets.items():
        if entry.earlier is None:
            continue
        path = root / entry.earlier
        place = ("datasets", name, "earlier")
        if path == root / "results" / name / "numbers.json":
            faults.append(config.fault("C104", place, file=entry.earlier, dataset=name))
        elif not path.is_file():
            beside = [each.name for each in path.parent.glob("*.json")]
            near = nearest_name(path.name, beside)
            faults.append(config.fault("C102", place, nearest=near, file=entry.earlier))
        elif not _numbers_of(path, name):
            faults.append(config.fault("C103", place, file=entry.earlier, dataset=name))
    return faults


def _languages(config: Document[Config]) -> list[Fault]:
    named = config.model.languages
    edit = f"languages: [{', '.join(dict.fromkeys(named))}]"
    return [
        config.fault("C105", ("languages", place), edit=edit, language=language)
        for place, language in enumerate(named)
        if language in named[:place]
    ]


def _package_rows(config: Document[Config]) -> list[Fault]:
    datasets = config.model.datasets
    return [
        config.fault(
            "C106",
            ("package_rows", place),
            nearest=nearest_name(name, datasets),
            dataset=name,
            existing=", ".join(datasets),
        )
        for place, name in enumerate(config.model.package_rows)
        if name not in datasets
    ]


def _numbers_of(path: Path, dataset: str) -> bool:
    """Whether a file is a numbers.json of this dataset."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        return False
    named = isinstance(found, Mapping) and found.get("dataset") == dataset
    return named and isinstance(found.get("tables"), Mapping)
