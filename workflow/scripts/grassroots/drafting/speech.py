"""What a draft says to its reader, in the configured language."""

import functools
from dataclasses import dataclass
from pathlib import Path

from grassroots.study.faults import MESSAGES
from grassroots.study.yaml_source import load_yaml

FOLDER = MESSAGES / "drafting"


@dataclass(frozen=True)
class Speech:
    """The sentences of one language, by name."""

    language: str

    def __call__(self, name: str, /, **words: object) -> str:
        """The sentence of this name, its placeholders filled."""
        return _sentences(FOLDER / f"{self.language}.yaml")[name].format(**words)


@functools.cache
def _sentences(path: Path) -> dict[str, str]:
    return load_yaml(path.read_text(encoding="utf-8"))[0]
