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

BY_MARKER = {
    colour.marker: colour for colour in (INK, MUTED, RULE, PAPER, SOFT, BAND, FIRST, SECOND)
}
