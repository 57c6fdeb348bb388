"""Write the synthetic twin of a dataset: `python -m grassroots.twin <dataset>`.

It is written into data/raw/<dataset>_twin/, with a codebook and a README that says how close it is,
and is not built before config.yaml names it. Fails, with what to do, if the study has no such
dataset or leaves it out, if there are too few people for a twin, or if the folder exists.
"""

import sys
from pathlib import Path

import numpy as np

from grassroots.intake.export import Export
from grassroots.intake.mapping import map_responses
from grassroots.intake.pair import read_export
from grassroots.intake.plan import mapping_plan
from grassroots.run.seeds import derived_seed
from grassroots.study.faults import (
    Fault,
    StudyError,
    catalogue,
    faults_text,
    left_out_text,
    nearest_name,
)
from grassroots.study.load import Dataset, Study, load_study
from grassroots.study.sections import intake
from grassroots.twin import closeness
from grassroots.twin.about import Closeness, twin_codebook, twin_readme
from grassroots.twin.cells import labels, table
from grassroots.twin.files import write_raw
from grassroots.twin.margins import Coded
from grassroots.twin.people import Original, Twin, original_people, twin_people

# With fewer people a twin would tell too much of each, and its numbers too little.
FEWEST = 30


class Refused(Exception):
    """Why no twin is written, in words for the user."""


def write_twin(root: Path, name: str) -> Path:
    """Write the twin of a dataset of the study under `root`; return its folder. Raises Refused."""
    try:
        study = load_study(root)
    except StudyError as error:
        raise Refused(str(error)) from error
    folder = root / "data" / "raw" / f"{name}_twin"
    refuse(study, name, folder)
    dataset, smallest = study.datasets[name], study.config.smallest_cell
    export, original = read_original(root, study, dataset)
    if original.n < max(FEWEST, 2 * smallest):
        fault = Fault("C122", dataset.raw_file, words={"n": str(original.n), "least": str(FEWEST)})
        raise Refused(faults_text([fault], study.language))
    seed = derived_seed(study.config.seed, "twin", name)
    twin, model = twin_people(original, smallest, seed)
    second, _ = twin_people(original, smallest, derived_seed(study.config.seed, "second", name))
    file_format = export.format
    file = f"responses.{file_format}"
    plan = mapping_plan(dataset.codebook, dataset.instruments)
    cells = table(twin, dataset.codebook, plan, export.raw.columns)
    readme = twin_readme(name, compared(original, twin, second, model, smallest, seed))
    folder.mkdir(parents=True)
    write_raw(folder / file, cells, file_format, export.encoding, labels(dataset.codebook))
    codebook = twin_codebook(dataset.codebook, name, file, file_format)
    (folder / "codebook.yaml").write_text(codebook, encoding="utf-8")
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return folder


def refuse(study: Study, name: str, folder: Path) -> None:
    """Raise Refused if the dataset is unknown or left out, or if its twin exists already."""
    if name in study.left_out:
        raise Refused(left_out_text(name, study.left_out[name], study.language))
    if name not in study.datasets:
        near = nearest_name(name, study.datasets)
        words = {"dataset": name, "existing": ", ".join(study.datasets)}
        edit = f"make twin NAME={near}" if near else ""
        fault = Fault("C120", "config.yaml", words=words, nearest=near, edit=edit)
        raise Refused(faults_text([fault], study.language))
    if folder.exists():
        shown = f"data/raw/{folder.name}"
        fault = Fault("C121", shown, words={"folder": shown}, edit=f"rm -r {shown}")
        raise Refused(faults_text([fault], study.language))


def read_original(root: Path, study: Study, dataset: Dataset) -> tuple[Export, Original]:
    """The export of a dataset that was found to fit its codebook, and its valid people."""
    codebook = dataset.codebook
    folder = (root / dataset.raw_file).parent
    files = [folder / file for file in (codebook.file, codebook.second_file) if file]
    plan = intake(study, dataset)
    export = read_export(files, plan)
    responses, _ = map_responses(export.raw, plan)
    levels = {name: bool(part.levels) for name, part in codebook.background.items()}
    return export, original_people(responses, levels)


def compared(
    original: Original, twin: Twin, second: Twin, model: Coded, smallest: int, seed: int
) -> Closeness:
    """How close the twin is, and how far from everybody."""
    before, after, other = original.levels | original.numbers, twin.valid(), second.valid()
    order = {level: n for n, level in enumerate(sorted(all_levels(original)))}

    def rows(columns: dict, names: list[str]) -> np.ndarray:
        return np.column_stack([numbers(columns[name], order) for name in names])

    names = list(model.margins)
    nominal = np.array([name in original.levels for name in names])
    counted = list(original.numbers)
    rng = np.random.default_rng(seed)
    real, drawn = rows(before, names), rows(after, names)
    shown = closeness.some(real, rng)
    return Closeness(
        n=original.n,
        rows=len(twin.state),
        smallest=smallest,
        seed=seed,
        moved={name: m.moved for name, m in model.margins.items() if m.moved > 0},
        margins=closeness.margin_difference(model.margins, after),
        correlations=closeness.correlation_difference(
            counted, rows(before, counted), rows(after, counted)
        ),
        to_real=closeness.summary(closeness.nearest(closeness.some(drawn, rng), nominal, shown)),
        among_real=closeness.summary(closeness.nearest(shown, nominal)),
        equal=closeness.equal_rows(drawn, real),
        equal_by_chance=closeness.equal_rows(drawn, rows(other, names)),
        columns=len(names),
    )


def all_levels(original: Original) -> set[str]:
    """Every level that anybody has."""
    return {str(level) for each in original.levels.values() for level in each if level is not None}


def numbers(answers: list, order: dict[str, int]) -> np.ndarray:
    """Answers as numbers, levels by their place; NaN where there is none."""
    return np.array([np.nan if a is None else order.get(a, a) for a in answers], dtype=float)


def main(arguments: list[str], root: Path) -> int:
    """Write the twin, or say why not; return the exit status."""
    if len(arguments) != 1 or not arguments[0]:
        sys.stderr.write("make twin NAME=<dataset>\n")
        return 2
    try:
        folder = write_twin(root, arguments[0])
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    study = load_study(root)
    lines = f"  {folder.name}:\n    protocol: {study.config.datasets[arguments[0]].protocol}"
    written = catalogue(study.language)["twin_written"].format(folder=f"data/raw/{folder.name}/")
    sys.stdout.write(f"{written}\n{lines}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
