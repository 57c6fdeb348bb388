"""Arithmetic of defined parameters (`:=`).

An expression is compiled once and evaluated with numpy on scalars, on all bootstrap draws at once
(arrays over the first axis) or on complex numbers (for derivatives without rounding error).
Allowed: numbers, labels, + - * / ^ ( ), exp, log, sqrt.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from grassroots.sem.syntax import Definition
from grassroots.sem.tokens import ModelSyntaxError, Token

Values = Mapping[str, np.ndarray]
Node = Callable[[Values], np.ndarray]
FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
}
MAX_DEPTH = 40


class _Compiler:
    """Recursive descent: sum, product, sign, power, atom."""

    def __init__(self, definition: Definition, known: set[str]) -> None:
        self.tokens = definition.tokens
        self.line = definition.line
        self.known = known
        self.at = 0
        self.depth = 0

    def fail(self, expected: str) -> None:
        found = str(self.tokens[self.at]) if self.at < len(self.tokens) else "the end"
        line = self.tokens[min(self.at, len(self.tokens) - 1)].line if self.tokens else self.line
        raise ModelSyntaxError(line, expected, found)

    def next(self, *texts: str) -> Token | None:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            # R writes powers as ^ only; ** is refused rather than guessed at.
            if token.kind == "mark" and token.text in texts:
                self.at += 1
                return token
        return None

    def whole(self) -> Node:
        node = self.sum()
        if self.at < len(self.tokens):
            self.fail("an operator (+ - * / ^) or the end of the expression")
        return node

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"at most {MAX_DEPTH} nested brackets")
        node = self.product()
        while sign := self.next("+", "-"):
            node = _binary(sign.text, node, self.product())
        self.depth -= 1
        return node

    def product(self) -> Node:
        node = self.signed()
        while sign := self.next("*", "/"):
            node = _binary(sign.text, node, self.signed())
        return node

    def signed(self) -> Node:
        negative = False
        while sign := self.next("-", "+"):
            negative ^= sign.text == "-"
        node = self.power()
        return (lambda v: -node(v)) if negative else node

    def power(self) -> Node:
        node = self.atom()
        if self.next("^"):
            return _binary("^", node, self.signed_once())
        return node

    def signed_once(self) -> Node:
        if self.next("-"):
            node = self.atom()
            return lambda v: -node(v)
        return self.atom()

    def atom(self) -> Node:
        if self.next("("):
            node = self.sum()
            if not self.next(")"):
                self.fail("')'")
            return node
        if self.at >= len(self.tokens):
            self.fail("a label, a number or '('")
        token = self.tokens[self.at]
        if token.kind == "number":
            self.at += 1
            number = np.float64(token.text)
            return lambda v: number
        if token.kind == "name" and token.text in FUNCTIONS and self._bracket_follows():
            self.at += 2
            inner, function = self.sum(), FUNCTIONS[token.text]
            if not self.next(")"):
                self.fail("')'")
            return lambda v: function(inner(v))
        if token.kind == "name" and token.text in self.known:
            self.at += 1
            name = token.text
            return lambda v: v[name]
        if token.kind == "name":
            self.fail("the label of a parameter or a name defined above")
        self.fail("a label, a number or '('")
        raise AssertionError("unreachable")

    def _bracket_follows(self) -> bool:
        return self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].text == "("


def _binary(sign: str, left: Node, right: Node) -> Node:
    if sign == "+":
        return lambda v: left(v) + right(v)
    if sign == "-":
        return lambda v: left(v) - right(v)
    if sign == "*":
        return lambda v: left(v) * right(v)
    if sign == "/":
        return lambda v: np.divide(left(v), right(v))
    return lambda v: np.power(left(v), right(v))


def compile_definitions(
    definitions: Iterable[Definition], labels: Iterable[str]
) -> list[tuple[str, Node]]:
    """Compile `:=` statements in their order; each may use labels and names defined above it.

    Raises `ModelSyntaxError` where a name is unknown or the arithmetic cannot be read.
    """
    known = set(labels)
    compiled = []
    for definition in definitions:
        if definition.name in known:
            raise ModelSyntaxError(
                definition.line, "a name that is not a label already", f"'{definition.name}'"
            )
        compiled.append((definition.name, _Compiler(definition, known).whole()))
        known.add(definition.name)
    return compiled


def evaluate(compiled: list[tuple[str, Node]], values: Values) -> dict[str, np.ndarray]:
    """Values of all defined parameters; division by zero gives inf or NaN, never an exception."""
    known = dict(values)
    out = {}
    with np.errstate(all="ignore"):
        for name, node in compiled:
            known[name] = out[name] = node(known)
    return out
