"""The numbers of a sentence that is copied: phrases such as `F(3, 117.68) = 12.59`."""

from dataclasses import dataclass

from markupsafe import Markup

from grassroots.report.blocks import Block, Sentences
from grassroots.report.records import Found
from grassroots.report.tables import marked, symbol_markup
from grassroots.report.view import View


@dataclass(frozen=True)
class Phrases:
    """The phrases of one view. Each knows the places of its values, as every number of the page."""

    view: View

    def n(self, kind: str, value: object) -> Markup:
        """A number alone."""
        return self.view.n(kind, value)

    def equals(self, symbol: str, kind: str, value: object, *freedom: object) -> Markup:
        """A symbol and its number: `p = .013`; with degrees of freedom `F(3, 117.68) = 12.59`.

        A symbol that is Markup stands as it is, another is set as symbols are.
        """
        numbers = self.view.numbers
        named = symbol if isinstance(symbol, Markup) else symbol_markup(symbol)
        inside = ", ".join(numbers.text("df", each) for each in freedom if each)
        text = named + (f"({inside})" if inside else "") + numbers.equation("", kind, value)
        return marked(text, value, *(each for each in freedom if isinstance(each, Found)))

    def delta(self, symbol: str, kind: str, value: object, *freedom: object) -> Markup:
        """The change of a statistic: `ΔF(1, 294) = 45.90`."""
        named = symbol if isinstance(symbol, Markup) else symbol_markup(symbol)
        return self.equals(Markup("Δ") + named, kind, value, *freedom)

    def interval(self, kind: str, low: object, high: object, alpha: float | None = None) -> Markup:
        """`95% CI [.31, .52]`, at the level of the study unless another is given."""
        level = self.view.alpha if alpha is None else alpha
        return marked(self.view.numbers.confidence(kind, low, high, level), low, high)

    def p(self, value: object) -> Markup:
        """`p = .013`."""
        return self.equals("p", "p", value)

    def listed(self, *parts: Markup | str) -> Markup:
        """The parts of a report behind one another, without those that are empty."""
        comma = Markup(self.view.words("list.statistics"))
        return comma.join(part for part in parts if part)


def sentence_block(view: View, sentences: list[Markup]) -> list[Block]:
    """The folded sentences of one section; nothing if there are none."""
    return [Sentences(sentences)] if sentences else []
