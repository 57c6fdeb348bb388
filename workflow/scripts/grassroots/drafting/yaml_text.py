"""YAML written line by line, with a comment at the end of a line."""

import json
from collections.abc import Sequence

from grassroots.drafting.guess import Guess
from grassroots.drafting.speech import Speech
from grassroots.study.documents import PLACEHOLDER
from grassroots.study.faults import masks_in
from grassroots.study.yaml_source import YamlFault, load_yaml


class YamlText:
    """Lines of YAML; every guess is followed by how sure it is, and why."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.lines: list[str] = []

    def comment(self, text: str, indent: int = 0) -> None:
        """Comment lines; a text of several lines becomes several of them."""
        self.lines += [f"{' ' * indent}# {line}".rstrip() for line in self._told(text).splitlines()]

    def key(self, indent: int, key: str, value: object = None, comment: str = "") -> None:
        """`key: value`, or `key:` for what follows."""
        shown = "" if value is None else f" {value_text(value)}"
        self._line(f"{' ' * indent}{scalar(key)}:{shown}", comment)

    def guess(self, indent: int, key: str, guess: Guess, value: object = None) -> None:
        """A key with its guess, of which `value` may be another form."""
        self.key(indent, key, guess.value if value is None else value, self.mark(guess))

    def element(self, indent: int, value: object, comment: str = "") -> None:
        """One element of a list: `- value`."""
        self._line(f"{' ' * indent}- {value_text(value)}", comment)

    def todo(self, indent: int, key: str, what: str) -> None:
        """A placeholder, and what belongs in its place."""
        self.key(indent, key, PLACEHOLDER, what)

    def mark(self, guess: Guess) -> str:
        """The comment of a guess."""
        return self.speech("guess", percent=f"{100 * guess.sure:.0f}", reason=guess.reason)

    def text(self) -> str:
        """The whole file."""
        return "\n".join(self.lines) + "\n"

    def _line(self, text: str, comment: str) -> None:
        # A comment in one line: what it quotes may hold line ends.
        flat = " ".join(self._told(comment).split())
        self.lines.append(f"{text}  # {flat}" if flat else text)

    def _told(self, comment: str) -> str:
        return masks_in(comment, self.speech.language)


def value_text(value: object) -> str:
    """A text, a number, or a list of them in brackets, as YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(scalar(each, flow=True) if isinstance(each, str) else f"{each:g}"
                               for each in value) + "]"  # fmt: skip
    return f"{value:g}" if isinstance(value, int | float) else scalar(str(value))


def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML reads it back: plain where that is the same, else in quotes."""
    plain = f"[{text}]" if flow else f"- {text}"
    try:
        same = load_yaml(plain)[0] == [text] and load_yaml(f"{text}: 1")[0] == {text: 1}
    except YamlFault:
        same = False
    return text if same and "\n" not in text else json.dumps(text, ensure_ascii=False)
