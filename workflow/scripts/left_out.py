"""Fail, naming the datasets that were left out, so that the run does not end as if all were well.

Their faults stand at the beginning of the run's output, and in the index.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    said = "\n\n".join(snakemake.params.said)
    Path(snakemake.log[0]).write_text(said + "\n", encoding="utf-8")
    sys.exit(said)
