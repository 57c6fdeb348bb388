"""Compare every dataset with our published run and with the findings published about it.

Prints claimed against found; ends with status 1 if a number has moved, a claim has failed, or a
dataset was left out, of which nothing can be said.
"""

import json
import sys
from pathlib import Path

from grassroots.run.log import logged
from grassroots.run.tables import read_rows
from grassroots.study.faults import catalogue
from grassroots.verification.verdict_text import verified_text
from grassroots.verification.verified import verified

if __name__ == "__main__":
    terminal = sys.stdout
    with logged(snakemake):
        given, tests = snakemake.input, snakemake.params.tests
        left_out = snakemake.params.left_out
        kept = {Path(path).stem: json.loads(Path(path).read_bytes()) for path in given.expected}
        results = []
        for path, claims in zip(given.numbers, given.claims, strict=True):
            numbers = json.loads(Path(path).read_bytes())
            name = numbers["dataset"]
            results.append(verified(numbers, kept.get(name), read_rows(claims), tests[name]))
        text = verified_text(results, catalogue(snakemake.params.language), left_out)
        terminal.write(f"\n{text}\n\n")
    sys.exit(bool(left_out) or any(result.failed for result in results))
