"""The colours of the figures: drawn as marker colours, saved as variables of the stylesheet.

One drawing serves a light and a dark page, since the page sets the variables; a figure that is
opened by itself falls back on the light values.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """A marker that no figure uses by chance, the variable it becomes, and the value without it."""

    marker: str
    variable: str
    fallback: str

    @property
    def css(self) -> str:
        """The colour as it is saved."""
        return f"var({self.variable},{self.fallback})"


INK = Colour("#010203", "--fig-ink", "#1b1e23")
MUTED = Colour("#010204", "--fig-muted", "#565d68")
RULE = Colour("#010205", "--fig-rule", "#d2d4d9")
PAPER = Colour("#010206", "--fig-paper", "#fdfdfb")
SOFT = Colour("#010207", "--fig-soft", "#f1f4f6")
BAND = Colour("#010208", "--fig-band", "#eef1f3")
FIRST = Colour("#010209", "--c1", "#0072b2")
SECOND = Colour("#01020a", "--c2", "#d55e00")

# Brewer's PuOr, from low or negative to high or positive; legible for colour-blind readers.
LOW3 = Colour("#01020b", "--low3", "#b35806")
LOW2 = Colour("#01020c", "--low2", "#f1a340")
LOW1 = Colour("#01020d", "--low1", "#fee0b6")
MIDDLE = Colour("#01020e", "--middle", "#d8d8d8")
HIGH1 = Colour("#01020f", "--high1", "#d8daeb")
HIGH2 = Colour("#010210", "--high2", "#998ec3")
HIGH3 = Colour("#010211", "--high3", "#542788")
ON_DARK = Colour("#010212", "--on-dark", "#ffffff")
ON_LIGHT = Colour("#010213", "--on-light", "#1b1e23")

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


BY_MARKER = {
    colour.marker: colour
    for colour in (
        *(INK, MUTED, RULE, PAPER, SOFT, BAND, FIRST, SECOND),
        *(LOW3, LOW2, LOW1, MIDDLE, HIGH1, HIGH2, HIGH3, ON_DARK, ON_LIGHT),
    )
}
