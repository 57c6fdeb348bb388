"""Splitting a model text into tokens and statements, and the error that names the line."""

import re
from dataclasses import dataclass

REFUSED = {
    "==": "constraints other than equal labels",
    "<~": "formative factors",
    "~*~": "scaling factors",
    "<": "inequality constraints",
    ">": "inequality constraints",
    "|": "thresholds",
    ":": "interactions and block headers",
    "%": "multilevel terms",
}

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\f\v\u00a0\u3000]+)
      | (?P<comment>[#!][^\n]*)
      | (?P<end>[\n;])
      | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[^\W\d][\w.]*|\.[^\W\d][\w.]*)
      | (?P<string>"[^"\n]*"|'[^'\n]*')
      | (?P<op>~\*~|=~|~~|:=|==|<~|~)
      | (?P<mark>[-+*/^(),:<>|%=])""",
    re.VERBOSE,
)


class ModelSyntaxError(ValueError):
    """A model text that cannot be read.

    Attributes: `line` (1-based number in the text given), `expected`, `found`.
    """

    def __init__(self, line: int, expected: str, found: str = "") -> None:
        self.line = line
        self.expected = expected
        self.found = found
        tail = f", found {found}" if found else ""
        super().__init__(f"line {line}: expected {expected}{tail}")


@dataclass(frozen=True)
class Token:
    """One lexical unit: `kind` is number, name, string, op, mark or end."""

    kind: str
    text: str
    line: int

    def __str__(self) -> str:
        return "the end of the statement" if self.kind == "end" else f"'{self.text}'"


def tokenise(text: str) -> list[Token]:
    """Split the text into tokens, without spaces and comments, ending with an `end` token."""
    tokens: list[Token] = []
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ModelSyntaxError(line, "a name, a number or an operator", repr(text[at]))
        kind, word = str(match.lastgroup), match.group()
        if kind not in ("space", "comment"):
            tokens.append(Token(kind, word, line))
        line += word == "\n"
        at = match.end()
    tokens.append(Token("end", "\n", line))
    return tokens


def statements(tokens: list[Token]) -> list[list[Token]]:
    """Tokens of each statement, its `end` token last; line breaks inside a statement removed."""
    statements: list[list[Token]] = []
    current: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind != "end":
            current.append(token)
            continue
        following = next((t for t in tokens[at + 1 :] if t.kind != "end"), None)
        if not current:
            continue
        open_brackets = sum((t.text == "(") - (t.text == ")") for t in current if t.kind == "mark")
        runs_on = (
            token.text == "\n"
            and following is not None
            and (
                open_brackets > 0
                or current[-1].kind == "op"
                or current[-1].text in ("+", "*")
                or (following.kind == "mark" and following.text in ("+", "*"))
            )
        )
        if not runs_on:
            statements.append([*current, token])
            current = []
    return statements
