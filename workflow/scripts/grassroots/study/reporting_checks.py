"""What a codebook says under `reporting`: each key is an item of a checklist."""

from pathlib import Path

from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.yaml_source import load_yaml


def reporting_faults(root: Path, document: Document[Codebook]) -> list[Fault]:
    """Keys that no checklist has. The checklists are only read where something is reported."""
    reported = document.model.reporting
    if not reported:
        return []
    known = reported_items(root)
    return [
        document.fault("S171", ("reporting", name), nearest_name(name, known), name=name)
        for name in reported
        if name not in known
    ]


def reported_items(root: Path) -> list[str]:
    """The ids of the items of all checklists under `root`, each once, sorted."""
    found = set()
    for path in sorted((root / "report" / "checklists").glob("*.yaml")):
        checklist = load_yaml(path.read_text(encoding="utf-8"))[0]
        found |= {str(item["id"]) for item in checklist["items"]}
    return sorted(found)
