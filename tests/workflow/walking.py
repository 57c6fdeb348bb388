"""A document walked to the letter: its commands run, its edits made, its outputs looked for."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PASSED_OVER = ("SNAKEMAKE", "PYTHONPATH")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


@dataclass
class Walk:
    """A document in a copy of the project; `said` is what the last commands wrote."""

    folder: Path
    home: Path
    said: str = ""
    status: int = 0
    whole: list[str] = field(default_factory=list)

    def block(self, kind: str, text: str) -> None:
        """Do what a fenced block says."""
        if kind == "bash":
            self.run(text)
        elif kind == "yaml":
            self.edit(text)
        elif kind == "text":
            self.look_for(text)
        else:
            raise AssertionError(f"a fence of {kind} cannot be walked")

    def run(self, commands: str) -> None:
        """Run the lines of a block in one shell."""
        clean = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("SNAKEMAKE", "PYTHONPATH", "MAKE", "MFLAGS", "ARGS"))
        }
        # The environment is that of the tests; a person would have activated it before.
        path = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
        done = subprocess.run(
            ["bash", "-e", "-c", commands],
            cwd=self.folder,
            env=clean | {"HOME": str(self.home), "PATH": path},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900,
        )  # fmt: skip
        self.said, self.status = done.stdout, done.returncode
        self.whole.append(done.stdout)
        assert "Traceback" not in done.stdout, done.stdout

    def look_for(self, text: str) -> None:
        """Every line of a block that shows output was written by the last commands."""
        lines = self.said.splitlines()
        for line in text.splitlines():
            assert line in lines, f"{line!r} is not in\n{self.said}"

    def edit(self, text: str) -> None:
        """Fill in placeholders of the file that the first line names, or add keys at its end."""
        first, _, rest = text.partition("\n")
        path = self.folder / first.removeprefix("# ")
        old = path.read_text(encoding="utf-8")
        new = old
        known = yaml.safe_load(old)
        for place, value in leaves(yaml.safe_load(rest)):
            if place[0] in known and len(place) > 1 and place[1] not in known[place[0]]:
                new = added(new, place, value)
            elif place[0] in known:
                new = filled(new, place, value)
        for part in re.split(r"^(?=\w)", rest, flags=re.M):
            key = part.partition(":")[0]
            if key and key not in yaml.safe_load(old):
                new += part
        assert new != old
        path.write_text(new, encoding="utf-8")


def fences(document: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a document: language and text."""
    return FENCE.findall(document.read_text(encoding="utf-8"))


def leaves(value: Any, place: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """The values of a mapping of mappings, each with its path."""
    if not isinstance(value, dict):
        return [(place, value)]
    return [leaf for key, each in value.items() for leaf in leaves(each, (*place, str(key)))]


def filled(text: str, place: tuple[str, ...], value: Any) -> str:
    """A YAML text with one placeholder filled in, as a person in an editor would."""
    lines = text.splitlines(keepends=True)
    start = 0
    for depth, key in enumerate(place):
        pattern = re.compile(rf"^ {{{2 * depth}}}\"?{re.escape(key)}\"?:")
        start = next(n for n in range(start, len(lines)) if pattern.match(lines[n]))
    assert re.search(r":\s*\[?TODO", lines[start]), f"{lines[start]!r} is no placeholder"
    head = lines[start].partition(":")[0]
    lines[start] = f"{head}: {value}\n"
    return "".join(lines)


def added(text: str, place: tuple[str, ...], value: Any) -> str:
    """A YAML text with one value written below the key at the top that it belongs to."""
    first, *inner = place
    lines = [f"{'  ' * depth}{key}:" for depth, key in enumerate(inner, start=1)]
    assert f"{first}:\n" in text
    return text.replace(f"{first}:\n", "\n".join([f"{first}:", *lines]) + f" {value}\n", 1)


def with_environment(folder: Path) -> None:
    """Make the environment of the tests look like the one that `make study` installed."""
    venv = folder / ".venv"
    venv.mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.startswith("installed"):
            (venv / entry.name).symlink_to(entry)
    (venv / "installed").touch()
