"""The outlines of a font's characters, read once and set one beside the other.

The font has neither kerning nor ligatures (report/fonts/README.md): a line is as wide as its
characters. Setting them here takes a third of the time that matplotlib takes, which shapes every
line anew.
"""

import functools

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

# FreeType tells coordinates in 64ths.
_SUBUNITS = 64
# The share of a line that stands before its place.
BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}


@functools.cache
def glyph(font: str, sign: str) -> tuple[np.ndarray, np.ndarray, float]:
    """Corners (points x 2), codes of the path, and width of a character, in shares of the size.

    A line break is as wide as a blank.
    """
    face = _face(font)
    sign = " " if sign == "\n" else sign
    width = face.load_char(ord(sign), LoadFlags.NO_SCALE).horiAdvance
    corners, codes = face.get_path()
    return corners * (_SUBUNITS / face.units_per_EM), codes, width / face.units_per_EM


def line_width(font: str, text: str, size: float) -> float:
    """How wide a line of text is, in points."""
    return size * sum(glyph(font, sign)[2] for sign in text)


def line_path(font: str, text: str, size: float, x: float, y: float, align: str) -> Path:
    """The outline of a line of text with its baseline at `y` of a sheet, whose y goes down."""
    corners, codes, width = [np.empty((0, 2))], [np.empty(0, np.uint8)], 0.0
    for sign in text:
        own, steps, advance = glyph(font, sign)
        corners.append(own + np.array([width, 0.0]))
        codes.append(steps)
        width += advance
    start = x - BEFORE[align] * width * size
    return Path(np.concatenate(corners) * (size, -size) + (start, y), np.concatenate(codes))


@functools.cache
def _face(font: str) -> FT2Font:
    return FT2Font(font)
