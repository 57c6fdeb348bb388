"""The colours of the figures: in an SVG variables of the stylesheet, in print their light values.

One drawing serves a light and a dark page, since the page sets the variables; a figure that is
opened by itself falls back on the light values.
"""

import functools
from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """The variable that the page sets, and the value without it."""

    variable: str
    fallback: str

    @property
    def css(self) -> str:
        """The colour in an SVG."""
        return f"var({self.variable},{self.fallback})"

    @functools.cached_property
    def paper(self) -> tuple[float, float, float]:
        """Red, green and blue, 0 to 1, on paper: what is PAPER on the page is white there."""
        value = "#ffffff" if self.variable == "--fig-paper" else self.fallback
        red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return red, green, blue


INK = Colour("--fig-ink", "#1b1e23")
MUTED = Colour("--fig-muted", "#565d68")
RULE = Colour("--fig-rule", "#d2d4d9")
PAPER = Colour("--fig-paper", "#fdfdfb")
SOFT = Colour("--fig-soft", "#f1f4f6")
BAND = Colour("--fig-band", "#eef1f3")
FIRST = Colour("--c1", "#0072b2")
SECOND = Colour("--c2", "#d55e00")

# Brewer's PuOr, from low or negative to high or positive; legible for colour-blind readers.
LOW3 = Colour("--low3", "#b35806")
LOW2 = Colour("--low2", "#f1a340")
LOW1 = Colour("--low1", "#fee0b6")
MIDDLE = Colour("--middle", "#d8d8d8")
HIGH1 = Colour("--high1", "#d8daeb")
HIGH2 = Colour("--high2", "#998ec3")
HIGH3 = Colour("--high3", "#542788")
ON_DARK = Colour("--on-dark", "#ffffff")
ON_LIGHT = Colour("--on-light", "#1b1e23")

# For 2 to 7 answers in their order.
ANSWERS = {
    2: (LOW2, HIGH2),
    3: (LOW2, MIDDLE, HIGH2),
    4: (LOW3, LOW2, HIGH2, HIGH3),
    5: (LOW3, LOW2, MIDDLE, HIGH2, HIGH3),
    6: (LOW3, LOW2, LOW1, HIGH1, HIGH2, HIGH3),
    7: (LOW3, LOW2, LOW1, MIDDLE, HIGH1, HIGH2, HIGH3),
}


def text_on(colour: Colour) -> Colour:
    """The colour of a text that is legible on a field of this colour, by day and by night."""
    return ON_DARK if colour in (LOW3, HIGH3) else ON_LIGHT
