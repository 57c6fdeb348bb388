"""A drawn sheet as a PNG, for slides: in the colours of paper, without date or name of a program.

The same sheet gives the same bytes.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from grassroots.figures.glyphs import line_path
from grassroots.figures.marks import Mark, Shape, Step, Text
from grassroots.figures.palette import PAPER
from grassroots.figures.sheet import Box, Sheet

# Dots an inch: a figure as wide as a column of text is sharp in print.
DPI = 200
# The codes of matplotlib for the corners of each step.
CODES = {
    "M": [Path.MOVETO],
    "L": [Path.LINETO],
    "Q": [Path.CURVE3, Path.CURVE3],
    "Z": [Path.CLOSEPOLY],
}
# Beyond this level packing takes twice as long for a twentieth of the bytes.
PACKING = 3


def to_png(sheet: Sheet, title: str) -> bytes:
    """The PNG, with its title inside."""
    scale = DPI / 72
    renderer = RendererAgg(sheet.width * scale, sheet.height * scale, DPI)
    placed = Affine2D.from_values(scale, 0, 0, -scale, 0, sheet.height * scale)
    paper = Shape(Box(0, 0, sheet.width, sheet.height + 1).outline(), PAPER)
    for mark in [paper, *sheet.marks]:
        _draw(renderer, mark, placed, sheet.font.path)
    return _packed(np.asarray(renderer.buffer_rgba())[:, :, :3], title)


def _draw(renderer: RendererAgg, mark: Mark, placed: Affine2D, font: str) -> None:
    """Paint the mark; a text as the filled outlines of its characters."""
    context = renderer.new_gc()
    if isinstance(mark, Text):
        path = line_path(font, mark.text, mark.size, mark.x, mark.y, mark.align)
        context.set_linewidth(0)
        renderer.draw_path(context, path, placed, mark.colour.paper)
        return
    context.set_linewidth(mark.width)
    if isinstance(mark, Shape):
        context.set_joinstyle("miter")
        if mark.edge:
            context.set_foreground(mark.edge.paper)
        renderer.draw_path(context, _path(mark.steps), placed, mark.fill.paper)
        return
    context.set_foreground(mark.colour.paper)
    context.set_joinstyle("round")
    context.set_capstyle("round" if mark.round_ends else "butt")
    if mark.dashes:
        context.set_dashes(0, mark.dashes)
    renderer.draw_path(context, _path(mark.steps), placed)


def _path(steps: Sequence[Step]) -> Path:
    """The outline for matplotlib; where a path is closed does not matter to it."""
    corners: list[float] = []
    codes: list[int] = []
    for command, numbers in steps:
        corners += numbers or (0.0, 0.0)
        codes += CODES[command]
    return Path(np.array(corners).reshape(-1, 2), codes)


def _packed(pixels: np.ndarray, title: str) -> bytes:
    """A PNG of the pixels (rows x columns x 3 bytes).

    Rows are packed as they are: where colours are flat, differences are longer and slower.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    for channel in range(3):
        rows[:, 1 + channel :: 3] = pixels[:, :, channel]
    a_metre = round(DPI / 0.0254)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", a_metre, a_metre, 1)),
        (b"iTXt", b"Title\0\0\0\0\0" + title.encode()),
        (b"IDAT", zlib.compress(rows, PACKING)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
    )
