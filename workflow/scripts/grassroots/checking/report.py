"""`snakemake check`: all that is wrong or unsure in the study, and what to do next.

Faults are those that every run would meet. Doubts stop nothing: guesses that nobody has confirmed,
and answers that look as if something were mapped wrongly.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grassroots.study.config import Config
from grassroots.study.documents import read_document
from grassroots.study.faults import Fault, StudyError, catalogue
from grassroots.study.load import Dataset, Study, load_study
from grassroots.study.recognised import recognised_text


def check_study(root: Path, overrides: Mapping[str, Any] | None = None) -> tuple[str, int]:
    """The report in words, and the exit status: 0 if nothing is wrong."""
    try:
        study = load_study(root, overrides)
    except StudyError as error:
        head = catalogue(error.language)["check_stop"].format(count=len(error.faults))
        return _whole([_part(head, error.faults, error.language)], error.faults, [], error.language)
    language = study.language
    said = catalogue(language)
    parts: list[str] = []
    fine: list[str] = []
    errors: list[Fault] = []
    doubts: list[Fault] = []
    for name in study.config.datasets:
        faults, unsure, n, items = _dataset(root, study, name)
        key = "check_wrong" if faults else "check_unsure" if unsure else "check_fine"
        count = len(faults) if faults else len(unsure)
        head = said[key].format(dataset=name, count=count, n=n, items=items)
        if faults or unsure:
            if name in study.raw:
                read = recognised_text(name, study.raw[name].recognised, language)
                head = f"{read}\n{head}"
            parts.append(_part(head, [*faults, *unsure], language))
        else:
            fine.append(head)
        errors += faults
        doubts += unsure
    if fine:
        parts.insert(0, "\n".join(fine))
    designs = _design_doubts(root, study.config)
    if designs:
        head = said["check_files"].format(count=len(designs))
        parts.insert(0, _part(head, designs, language))
    return _whole(parts, errors, [*designs, *doubts], language)


def _dataset(root: Path, study: Study, name: str) -> tuple[list[Fault], list[Fault], int, int]:
    """The faults and the doubts of one dataset, and how many respondents and items it has."""
    from grassroots.checking.doubts import guess_doubts

    file = f"data/raw/{name}/codebook.yaml"
    path = root / file
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    guesses = guess_doubts(file, text)
    if name in study.left_out:
        return study.left_out[name], guesses, 0, 0
    dataset = study.datasets[name]
    items = sum(len(instrument.items) for instrument in dataset.instruments.values())
    doubts, n = _raw_doubts(root, study, dataset)
    return [], [*guesses, *doubts], n, items


def _raw_doubts(root: Path, study: Study, dataset: Dataset) -> tuple[list[Fault], int]:
    from grassroots.checking.doubts import answer_doubts, codebook_doubts, unmapped_doubts
    from grassroots.intake.mapping import map_responses
    from grassroots.intake.pair import read_export
    from grassroots.study import sections
    from grassroots.study.codebook import Codebook

    document, _ = read_document(root, f"data/raw/{dataset.name}/codebook.yaml", Codebook)
    if document is None:  # it was there a moment ago
        return [], 0
    plan = sections.intake(study, dataset)
    files = [root / file for file in (dataset.raw_file, dataset.second_file) if file]
    export = read_export(files, plan)
    responses, _ = map_responses(export.raw, plan)
    smallest = study.config.smallest_cell
    found = [
        *codebook_doubts(document),
        *answer_doubts(document, dataset.protocol, dataset.instruments, responses, smallest),
        *unmapped_doubts(document, export),
    ]
    return found, len(responses.row_numbers)


def _design_doubts(root: Path, config: Config) -> list[Fault]:
    """The guesses in the protocols that are followed, and in their instruments."""
    from grassroots.checking.doubts import guess_doubts
    from grassroots.study.protocol import Protocol

    files: dict[str, None] = {}
    for entry in config.datasets.values():
        file = f"protocols/{entry.protocol}.yaml"
        if file in files:
            continue
        files[file] = None
        document, _ = read_document(root, file, Protocol)
        for name in document.model.instruments if document else []:
            files[f"protocols/instruments/{name}.yaml"] = None
    return [
        doubt
        for file in files
        for doubt in guess_doubts(file, (root / file).read_text(encoding="utf-8-sig"))
    ]


def _part(head: str, faults: list[Fault], language: str) -> str:
    return "\n".join([head, *(fault.text(language) for fault in faults)])


def _whole(
    parts: list[str], errors: list[Fault], doubts: list[Fault], language: str
) -> tuple[str, int]:
    codes = sorted({fault.code for fault in [*errors, *doubts]})
    explained = ", ".join(f"docs/errors.md#{code}" for code in codes)
    key = "check_again" if errors else "check_run_unsure" if doubts else "check_run"
    words = {"errors": len(errors), "doubts": len(doubts), "explained": explained}
    return "\n\n".join([*parts, catalogue(language)[key].format(**words)]), 1 if errors else 0
