"""The font by which text is measured, so that labels have room in both languages."""

import functools
from dataclasses import dataclass

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from grassroots.figures.glyphs import glyph

# The page takes the reader's fonts: Arial's Latin letters are this much wider than those of the
# font that is measured with. Chinese characters are square in all.
WIDER = 0.05


class MissingGlyph(ValueError):
    """A text has a character that the font of the figures lacks."""


@dataclass(frozen=True)
class Font:
    """A font file loaded by its path."""

    path: str

    def properties(self, size: float) -> FontProperties:
        """The font for matplotlib."""
        return _properties(self.path, size)

    def check(self, text: str) -> None:
        """Raises MissingGlyph if a character of `text` cannot be drawn."""
        missing = sorted(sign for sign in set(text) if not _has(self.path, sign))
        if missing:
            shown = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in missing)
            raise MissingGlyph(f"the font of the figures has no {shown}, needed for {text!r}")

    def width(self, text: str, size: float) -> float:
        """Width of one line of text in points, with room for a reader's wider Latin letters."""
        self.check(text)
        widths = (glyph(self.path, sign)[2] * (1 + WIDER if sign.isascii() else 1) for sign in text)
        return size * sum(widths)


@functools.cache
def _properties(path: str, size: float) -> FontProperties:
    return FontProperties(fname=path, size=size)


@functools.cache
def _has(path: str, sign: str) -> bool:
    return sign == "\n" or bool(_face(path).get_char_index(ord(sign)))


@functools.cache
def _face(path: str) -> FT2Font:
    return FT2Font(path)
