"""Numbers inside a sentence that is copied: as the formatter prints them, without marks."""

from dataclasses import dataclass

from markupsafe import Markup

from grassroots.report.blocks import Block, Sentences
from grassroots.report.tables import symbol_markup
from grassroots.report.view import View


@dataclass(frozen=True)
class Plain:
    """The formatter of one view."""

    view: View

    def n(self, kind: str, value: object) -> str:
        """A number alone."""
        return self.view.numbers.text(kind, value)

    def equals(self, symbol: str, kind: str, value: object, *freedom: object) -> Markup:
        """A symbol and its number: `p = .013`; with degrees of freedom `F(3, 117.68) = 12.59`."""
        numbers = self.view.numbers
        inside = ", ".join(numbers.text("df", each) for each in freedom if each)
        named = symbol_markup(symbol) + (f"({inside})" if inside else "")
        return named + numbers.equation("", kind, value)

    def delta(self, symbol: str, kind: str, value: object, *freedom: object) -> Markup:
        """The change of a statistic: `ΔF(1, 294) = 45.90`."""
        return Markup("Δ") + self.equals(symbol, kind, value, *freedom)

    def interval(self, kind: str, low: object, high: object, alpha: float | None = None) -> str:
        """`95% CI [.31, .52]`, at the level of the study unless another is given."""
        level = self.view.alpha if alpha is None else alpha
        return self.view.numbers.confidence(kind, low, high, level)

    def p(self, value: object) -> Markup:
        """`p = .013`."""
        return self.equals("p", "p", value)

    def listed(self, *parts: str | Markup) -> Markup:
        """The parts of a report behind one another, without those that are empty."""
        comma = Markup(self.view.words("list.statistics"))
        return comma.join(part for part in parts if part)


def sentence_block(view: View, sentences: list[Markup]) -> list[Block]:
    """The folded sentences of one section; nothing if there are none."""
    return [Sentences(sentences)] if sentences else []
