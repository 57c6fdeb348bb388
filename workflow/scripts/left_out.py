"""Fail, naming the datasets that were left out, so that the run does not end as if all were well.

Their faults stand at the beginning of the run's output, and in the index.
"""

import sys

if __name__ == "__main__":
    sys.exit("left out of this run, see above: " + ", ".join(snakemake.params.datasets))
