"""Keep the numbers of this run as those of our published run, and show what moved.

    make expected

Writes expected/<dataset>.json for every dataset of config.yaml. This is the one way to change what
`verify` expects: read what moved before committing it, and say why in CHANGELOG.md.
"""

import json
import sys
from pathlib import Path

from grassroots.study.faults import catalogue
from grassroots.study.load import load_study
from grassroots.verification.collected import as_json
from grassroots.verification.golden import count, golden, moved
from grassroots.verification.verdict_text import moved_lines


def main(root: Path) -> int:
    """Write the expected numbers of all datasets; 1 if one of them has not been computed yet."""
    study = load_study(root)
    words = catalogue(study.language)
    folder = root / "expected"
    folder.mkdir(exist_ok=True)
    for name in study.datasets:
        found = root / "results" / name / "numbers.json"
        if not found.is_file():
            say(words["expected_missing"].format(dataset=name))
            return 1
        numbers, kept = json.loads(found.read_bytes()), folder / f"{name}.json"
        new = golden(numbers)
        if kept.is_file():
            differing = moved(json.loads(kept.read_bytes()), numbers)
            key = "expected_moved" if differing else "expected_same"
            say(words[key].format(dataset=name, count=count(new), moved=len(differing)))
            for line in moved_lines(differing, words):
                say(line)
        else:
            say(words["expected_new"].format(dataset=name, count=count(new)))
        kept.write_text(as_json(new), encoding="utf-8", newline="\n")
    return 0


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
