"""Draft what a new city or a new study needs: what `make city` and `make protocol` run.

    python -m grassroots.drafting city NAME PROTOCOL [FILE]
    python -m grassroots.drafting protocol NAME FILE

Nothing that exists is overwritten. Ends with status 1, and says why, if there is nothing to draft
from.
"""

import sys
from pathlib import Path

from grassroots.drafting import files
from grassroots.drafting.city import draft_city
from grassroots.drafting.config_lines import lines_to_add, with_dataset
from grassroots.drafting.speech import Speech
from grassroots.study.config import Config
from grassroots.study.documents import read_document
from grassroots.study.faults import Fault, faults_text
from grassroots.study.recognised import recognised_text


def main(arguments: list[str], root: Path) -> int:
    """Run one of the commands in the checkout at `root`; return the exit status."""
    language = files.language(root)
    speech = Speech(language)
    command, *rest = arguments or [""]
    given = [each for each in rest if each]
    try:
        if command == "city" and len(given) in (2, 3):
            told = city(root, *given, speech=speech)
        elif command == "protocol" and len(given) == 2:
            from grassroots.drafting.study import write_study

            told = write_study(root, *given, speech=speech)
        else:
            sys.stderr.write(speech("usage") + "\n")
            return 1
    except files.CannotDraft as error:
        sys.stderr.write(faults_text(error.faults, language) + "\n")
        return 1
    sys.stdout.write(told + "\n")
    return 0


def city(root: Path, name: str, protocol: str, file: str = "", *, speech: Speech) -> str:
    """Draft the codebook of a city and name it in config.yaml; what was done, in words."""
    files.checked_name(name, "NAME")
    paths = files.raw_files(root, name, file, f"make city NAME={name} PROTOCOL={protocol}")
    folder = f"data/raw/{name}"
    target = folder + "/codebook.yaml"
    if (root / target).exists():
        target = folder + "/codebook.draft.yaml"
    if (root / target).exists():
        raise files.CannotDraft(Fault("N104", target))
    design = files.design(root, protocol)
    export = files.recognised(root, paths)
    text = draft_city(export, name, [path.name for path in paths], design, speech)
    files.write_new(root / target, text)
    todo = files.placeholders(text)
    guesses = text.count(speech("guess_mark"))
    shown = ", ".join(path.relative_to(root).as_posix() for path in paths)
    found = {"file": shown, **export.record()}
    told = [
        recognised_text(name, found, speech.language),
        speech("drafted", file=target),
        speech("counted", guesses=guesses, todo=todo),
    ]
    if export.variant == "by number":
        told.append(speech("by_number", folder=folder))
    if target.endswith(".draft.yaml"):
        told.append(speech("beside", file=f"{folder}/codebook.yaml", draft=target))
    told += [
        _named_in_config(root, name, protocol, speech),
        speech("next_city", file=f"{folder}/codebook.yaml"),
    ]
    return "\n".join(told)


def _named_in_config(root: Path, name: str, protocol: str, speech: Speech) -> str:
    """Add the dataset to config.yaml if it is not there; what was done, in words."""
    path = root / "config.yaml"
    document, _ = read_document(root, "config.yaml", Config)
    entry = document.model.datasets.get(name) if document else None
    if entry is not None:
        known = "config_known" if entry.protocol == protocol else "config_other"
        return speech(known, name=name, protocol=protocol, other=entry.protocol)
    with path.open(encoding="utf-8", newline="") as file:
        text = with_dataset(file.read(), name, protocol)
    if text is None:
        return speech("config_by_hand", lines=lines_to_add(name, protocol))
    files.replace_text(path, text)
    return speech("config_added", name=name, lines=lines_to_add(name, protocol))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
