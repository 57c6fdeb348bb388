"""Collect every number of one dataset by name, with what it was computed from."""

import hashlib
from pathlib import Path

from grassroots.run.log import logged
from grassroots.run.tables import read_rows, write_texts
from grassroots.verification.collected import as_json, collected

if __name__ == "__main__":
    with logged(snakemake):
        given, params = snakemake.input, snakemake.params
        tables = {Path(path).stem: read_rows(path) for path in [given.flow, *given.tables]}
        digests = {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in given}
        study = {**params.study, "raw": {path: digests[path] for path in given.raw}}
        numbers = collected(tables, params.origins, digests, study)
        target = Path(snakemake.output.numbers)
        write_texts({target.name: as_json(numbers)}, target.parent)
