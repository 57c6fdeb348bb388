"""A drawn sheet as files that can leave the page: PNG for slides, PDF for print.

Both are painted by matplotlib in the colours of paper, without date or name of a program: the same
sheet gives the same bytes. The PDF holds its font, and its texts can be searched and copied.
"""

import io
from collections.abc import Callable, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import PdfFile, RendererPdf
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from grassroots.figures.glyphs import BEFORE, line_path, line_width
from grassroots.figures.marks import Shape, Step, Stroke, Text
from grassroots.figures.palette import PAPER
from grassroots.figures.sheet import Box, Sheet

# Dots an inch: a figure as wide as a column of text is sharp in print.
DPI = 200
POINTS = 72
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
    scale = DPI / POINTS
    renderer = RendererAgg(sheet.width * scale, sheet.height * scale, DPI)
    placed = Affine2D.from_values(scale, 0, 0, -scale, 0, sheet.height * scale)
    paper = Shape(Box(0, 0, sheet.width, sheet.height + 1).outline(), PAPER)

    def write(text: Text) -> None:
        """As the filled outlines of the characters: nothing is hinted to the dots."""
        path = line_path(sheet.font.path, text.text, text.size, text.x, text.y, text.align)
        context = renderer.new_gc()
        context.set_linewidth(0)
        renderer.draw_path(context, path, placed, text.colour.paper)

    _paint([paper, *sheet.marks], renderer, placed, write)
    picture = Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")
    told = PngInfo()
    told.add_itxt("Title", title)
    buffer = io.BytesIO()
    picture.save(buffer, "png", dpi=(DPI, DPI), pnginfo=told, compress_level=PACKING)
    return buffer.getvalue()


def to_pdf(sheet: Sheet, title: str) -> bytes:
    """The PDF of one page, with its title inside."""
    buffer = io.BytesIO()
    nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    width, height = sheet.width / POINTS, sheet.height / POINTS
    # Type 3: for a font of cubic outlines matplotlib writes a Type 42 that readers complain about.
    with mpl.rc_context({"pdf.fonttype": 3, "pdf.use14corefonts": False}):
        file = PdfFile(buffer, metadata={"Title": title, **nothing})
        file.newPage(width, height)
        renderer = RendererPdf(file, POINTS, height, width)

        def write(text: Text) -> None:
            context = renderer.new_gc()
            context.set_foreground(text.colour.paper)
            start = text.x - BEFORE[text.align] * line_width(sheet.font.path, text.text, text.size)
            font = sheet.font.properties(text.size)
            renderer.draw_text(context, start, sheet.height - text.y, text.text, font, 0)

        placed = Affine2D.from_values(1, 0, 0, -1, 0, sheet.height)
        _paint(sheet.marks, renderer, placed, write)
        renderer.finalize()
        file.finalize()
        file.close()
    return buffer.getvalue()


def _paint(
    marks: Sequence[Shape | Stroke | Text],
    renderer: RendererBase,
    placed: Affine2D,
    write: Callable[[Text], None],
) -> None:
    """Every mark in its order; `placed` leads from the sheet to the picture."""
    for mark in marks:
        if isinstance(mark, Text):
            write(mark)
            continue
        context = renderer.new_gc()
        context.set_linewidth(mark.width)
        fill = None
        if isinstance(mark, Shape):
            fill = mark.fill.paper
            context.set_joinstyle("miter")
            context.set_foreground(mark.edge.paper if mark.edge else fill)
        else:
            context.set_foreground(mark.colour.paper)
            context.set_joinstyle("round")
            context.set_capstyle("round" if mark.round_ends else "butt")
            if mark.dashes:
                context.set_dashes(0, mark.dashes)
        renderer.draw_path(context, _path(mark.steps), placed, fill)


def _path(steps: Sequence[Step]) -> Path:
    """The outline for matplotlib; where a path is closed does not matter to it."""
    corners: list[float] = []
    codes: list[int] = []
    for command, numbers in steps:
        corners += numbers or (0.0, 0.0)
        codes += CODES[command]
    return Path(np.array(corners).reshape(-1, 2), codes)
