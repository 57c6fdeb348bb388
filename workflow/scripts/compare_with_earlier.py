"""Find what has moved since an earlier run of one dataset."""

import json
from pathlib import Path

from grassroots.run.log import logged
from grassroots.run.tables import write_rows
from grassroots.verification.changes import CHANGE_COLUMNS, changes

if __name__ == "__main__":
    with logged(snakemake):
        before, after = (
            json.loads(Path(path).read_bytes())
            for path in (snakemake.input.earlier, snakemake.input.numbers)
        )
        found, marks = changes(before, after), snakemake.params.marks
        write_rows(found, CHANGE_COLUMNS, snakemake.output.changes, marks)
