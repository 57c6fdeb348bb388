"""Read the raw file of one dataset and keep what its codebook maps.

Fails if the file cannot be read or an answer does not fit the codebook; both are found before
the first job as well, so here they only guard against a file that changed in between.
"""

import hashlib
from pathlib import Path

from grassroots.intake.export import Export
from grassroots.intake.mapping import map_responses
from grassroots.intake.pair import read_export
from grassroots.intake.personal import masked
from grassroots.intake.reading import RawTable
from grassroots.run.log import logged
from grassroots.run.tables import write_columns, write_rows


def main(raw: RawTable, plan: dict) -> dict[str, list]:
    """By column: a pseudonym in the order of the file, variables, items, how they answered."""
    responses, problems = map_responses(raw, plan)
    if problems:
        raise ValueError(f"{len(problems)} columns do not fit the codebook: run the check again")
    width = max(4, len(str(len(raw.row_numbers))))
    pseudonyms = [f"r{number:0{width}d}" for number in range(1, len(raw.row_numbers) + 1)]
    return {"respondent": pseudonyms, **responses.background, **responses.items, **responses.meta}


def source(files: list[Path], export: Export) -> dict[str, str]:
    """What was read: name, form, size and digest of the file, and of a second one."""
    first, *second = (hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    found = export.record()
    size = {name: found.pop(name) for name in ("format", "encoding", "rows", "columns")}
    return {
        "file": files[0].name,
        **size,
        "sha256": first,
        **found,
        "second_file": ", ".join(file.name for file in files[1:]),
        "second_sha256": ", ".join(second),
    }


if __name__ == "__main__":
    with logged(snakemake, shown=masked):
        files = [Path(snakemake.input.raw), *map(Path, snakemake.input.second)]
        plan = snakemake.params.plan
        export = read_export(files, plan)
        write_columns(main(export.raw, plan), snakemake.output.responses)
        read = source(files, export)
        write_rows([read], list(read), snakemake.output.source, snakemake.params.marks)
