"""Read the raw file of one dataset and keep what its codebook maps.

Fails if the file cannot be read or an answer does not fit the codebook; both are found before
the first job as well, so here they only guard against a file that changed in between.
"""

import hashlib
from pathlib import Path

from grassroots.intake.mapping import map_responses
from grassroots.intake.reading import RawTable, read_raw
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


def source(file: Path, raw: RawTable, plan: dict) -> dict[str, str]:
    """What was read: the file's name, form, size and digest."""
    return {
        "file": file.name,
        "format": plan["format"],
        "encoding": raw.encoding,
        "rows": str(len(raw.row_numbers)),
        "columns": str(len(raw.columns)),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


if __name__ == "__main__":
    with logged(snakemake):
        file, plan = Path(snakemake.input.raw), snakemake.params.plan
        raw = read_raw(file, plan["format"], plan["encoding"])
        write_columns(main(raw, plan), snakemake.output.responses)
        read = source(file, raw, plan)
        write_rows([read], list(read), snakemake.output.source, snakemake.params.marks)
