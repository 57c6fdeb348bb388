"""Reading a model written in lavaan's syntax.

`parse(text)` turns the text into a list of `Term` (one for each `lhs op rhs` with its modifiers)
and a list of `Definition` (`name := expression`). The part of the syntax that applied work uses:

    =~  ~  ~~  ~ 1  :=       operators
    a*x  1*x  NA*x  "a"*x    label, fixed value, freed, quoted label
    start(.5)*x              starting value
    c(a, b)*x  c(1, NA)*x    one modifier for each group
    # ... or ! ...           comments
    ;                        several statements a line; a statement may run on after an operator,
                             `+` or `*`, or before a line that begins with `+` or `*`

Anything else is a `ModelSyntaxError`, which names the line and what was expected.
"""

from dataclasses import dataclass, field

from grassroots.sem.tokens import REFUSED, ModelSyntaxError, Token, statements, tokenise

__all__ = ["Definition", "ModelSyntaxError", "Term", "parse"]

OPERATORS = ("=~", "~~", ":=", "~")


@dataclass
class Term:
    """`lhs op rhs` with its modifiers, each a list with one entry or one for each group.

    `fixed`: number, or None where the entry is NA (freed); `starts`: numbers; `labels`: texts.
    An intercept has op "~1" and an empty rhs.
    """

    lhs: str
    op: str
    rhs: str
    line: int
    fixed: list[float | None] = field(default_factory=list)
    starts: list[float | None] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Definition:
    """`name := expression`; the expression is kept as tokens."""

    name: str
    tokens: tuple[Token, ...]
    line: int

    @property
    def text(self) -> str:
        """The statement as it was written, without spaces."""
        return "".join(token.text for token in self.tokens)


class _Reader:
    """Walks over the tokens of one statement."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.here
        if token.kind != "end":
            self.at += 1
        return token

    def skip(self, text: str) -> bool:
        if self.here.kind in ("mark", "op") and self.here.text == text:
            self.at += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.skip(text):
            self.fail(f"'{text}'")

    def fail(self, expected: str) -> None:
        token = self.here
        if token.kind in ("mark", "op") and token.text in REFUSED:
            expected += f" ({REFUSED[token.text]} are not supported)"
        raise ModelSyntaxError(token.line, expected, str(token))


def _name(reader: _Reader, what: str) -> str:
    if reader.here.kind != "name":
        reader.fail(what)
    return reader.take().text


def _value(reader: _Reader) -> tuple[str, float | str | None]:
    """One modifier value: ("fixed", number or None for NA) or ("label", text)."""
    sign = -1.0 if reader.skip("-") else 1.0
    token = reader.here
    if token.kind == "number":
        number = float(reader.take().text)
        if reader.skip("/"):
            if reader.here.kind != "number" or float(reader.here.text) == 0:
                reader.fail("a number other than 0 after '/'")
            number /= float(reader.take().text)
        if number == float("inf"):
            raise ModelSyntaxError(token.line, "a finite number", str(token))
        return "fixed", sign * number
    if sign < 0:
        reader.fail("a number after '-'")
    if token.kind == "string":
        if len(token.text) < 3:
            reader.fail("a label between the quotes")
        return "label", reader.take().text[1:-1]
    if token.kind == "name":
        word = reader.take().text
        return ("fixed", None) if word == "NA" else ("label", word)
    reader.fail("a number, NA or a label")
    raise AssertionError("unreachable")


def _listed(reader: _Reader) -> list[tuple[str, float | str | None]]:
    """The values between '(' and ')', or those of a c(...) inside them."""
    reader.need("(")
    nested = reader.here.kind == "name" and reader.here.text == "c"
    if nested and reader.tokens[reader.at + 1].text == "(":
        reader.take()
        values = _listed(reader)
    else:
        values = [_value(reader)]
        while reader.skip(","):
            values.append(_value(reader))
    reader.need(")")
    return values


def _modifier(reader: _Reader, term: Term) -> None:
    """Read one modifier in front of '*' into the term."""
    function = ""
    if reader.here.kind == "name" and reader.tokens[reader.at + 1].text == "(":
        if reader.here.text not in ("c", "start", "label", "equal"):
            reader.fail("start(), label(), c() or a name without brackets")
        function = reader.take().text
        values = _listed(reader)
    else:
        values = [_value(reader)]
    if function == "start":
        if any(kind != "fixed" for kind, _ in values):
            reader.fail("numbers inside start()")
        term.starts = [value for _, value in values]  # type: ignore[misc]
    elif function in ("label", "equal") or any(kind == "label" for kind, _ in values):
        if any(kind == "fixed" and value is not None for kind, value in values):
            reader.fail("either labels or numbers in one modifier, not both")
        term.labels = ["" if kind == "fixed" else str(value) for kind, value in values]
    else:
        term.fixed = [value for _, value in values]  # type: ignore[misc]


def _is_modifier(reader: _Reader) -> bool:
    """True if a '*' follows before the next '+' at this level."""
    depth = 0
    for token in reader.tokens[reader.at :]:
        if token.kind == "end" or (depth == 0 and token.text == "+"):
            return False
        if token.text == "*" and depth == 0:
            return True
        depth += (token.text == "(") - (token.text == ")")
    return False


def _terms(reader: _Reader, names: list[str], op: str) -> list[Term]:
    """The right-hand side: terms joined by '+'; terms of the same variable are merged."""
    found: dict[str, Term] = {}
    while True:
        term = Term("", op, "", reader.here.line)
        while _is_modifier(reader):
            _modifier(reader, term)
            reader.need("*")
        if op == "~" and reader.here.kind == "number" and float(reader.here.text) in (0.0, 1.0):
            if reader.here.text == "0":
                term.fixed = [0.0]
            reader.take()
            term.op = "~1"
        else:
            term.rhs = _name(reader, f"a variable name after '{reader.tokens[reader.at - 1].text}'")
        earlier = found.setdefault(term.rhs, term)
        if earlier is not term:
            if not (term.fixed or term.starts or term.labels):
                raise ModelSyntaxError(term.line, "each variable once", f"'{term.rhs}' twice")
            earlier.fixed = term.fixed or earlier.fixed
            earlier.starts = term.starts or earlier.starts
            earlier.labels = term.labels or earlier.labels
        if reader.here.kind == "end":
            break
        if not reader.skip("+"):
            reader.fail("'+' or the end of the statement")
    return [
        Term(name, t.op, t.rhs, t.line, t.fixed, t.starts, t.labels)
        for name in names
        for t in found.values()
    ]


def _check(term: Term, seen: dict[tuple[str, ...], int]) -> None:
    """Refuse a statement that contradicts an earlier one or itself."""
    if term.op in ("=~", "~") and term.lhs == term.rhs:
        raise ModelSyntaxError(
            term.line, f"two different variables around '{term.op}'", f"'{term.lhs}' on both sides"
        )
    pair = sorted((term.lhs, term.rhs)) if term.op == "~~" else [term.lhs, term.rhs]
    key = (term.op, *pair)
    if key in seen:
        raise ModelSyntaxError(
            term.line,
            "each parameter once",
            f"'{term.lhs} {term.op} {term.rhs}' which line {seen[key]} has already",
        )
    seen[key] = term.line


def parse(text: str) -> tuple[list[Term], list[Definition]]:  # noqa: C901
    """Read a model. Raises `ModelSyntaxError` for whatever is not part of the syntax."""
    if not isinstance(text, str):
        raise ModelSyntaxError(1, "a text", type(text).__name__)
    terms: list[Term] = []
    definitions: list[Definition] = []
    seen: dict[tuple[str, ...], int] = {}
    for tokens in statements(tokenise(text)):
        reader = _Reader(tokens)
        names = [_name(reader, "a variable name at the start of the statement")]
        while reader.skip("+"):
            names.append(_name(reader, "a variable name after '+'"))
        if reader.here.kind != "op" or reader.here.text not in OPERATORS:
            reader.fail("one of =~ ~ ~~ :=")
        op = reader.take().text
        if op == ":=":
            if len(names) > 1 or len(tokens) == reader.at + 1:
                reader.fail("one name on the left of ':=' and an expression on its right")
            if any(names[0] == d.name for d in definitions):
                reader.fail(f"a new name (':=' defines '{names[0]}' twice)")
            definitions.append(Definition(names[0], tuple(tokens[reader.at : -1]), tokens[0].line))
            continue
        if reader.here.kind == "end":
            reader.fail(f"a variable name after '{op}'")
        for term in _terms(reader, names, op):
            _check(term, seen)
            terms.append(term)
    if not terms:
        raise ModelSyntaxError(1, "at least one statement with =~, ~ or ~~", "none")
    return terms, definitions
