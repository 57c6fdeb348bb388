"""A drawn sheet as files that can leave the page: PNG for slides, PDF for print.

Both are painted in the colours of paper and hold their fonts, have no date and name no program:
the same sheet gives the same bytes.
"""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from grassroots.figures.glyphs import line_path
from grassroots.figures.palette import BY_MARKER, PAPER
from grassroots.figures.sheet import Sheet

# Dots an inch: a figure as wide as a column of text is sharp in print.
DPI = 200
WHITE = "#ffffff"


def to_pdf(sheet: Sheet, title: str) -> bytes:
    """The PDF; its texts can be searched and copied."""
    _paint(sheet)
    buffer = io.BytesIO()
    # Type 3: for a font of cubic outlines matplotlib writes a Type 42 that readers complain about.
    with mpl.rc_context({"pdf.fonttype": 3}):
        nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
        FigureCanvasPdf(sheet.figure).print_pdf(buffer, metadata={"Title": title, **nothing})
    return buffer.getvalue()


def to_png(sheet: Sheet, title: str) -> bytes:
    """The PNG, with its title inside."""
    _paint(sheet)
    figure = sheet.figure
    outlines = [_outlined(sheet, text) for text in sheet.written]
    try:
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.set_dpi(72)
        for text, outline in zip(sheet.written, outlines, strict=True):
            outline.remove()
            text.set_visible(True)
    told = PngInfo()
    told.add_itxt("Title", title)
    buffer = io.BytesIO()
    picture.save(buffer, "png", dpi=(DPI, DPI), pnginfo=told, compress_level=4)
    return buffer.getvalue()


def _outlined(sheet: Sheet, text: Text) -> PathPatch:
    """The text as a filled outline in its place."""
    x, y = text.get_position()
    path = line_path(
        sheet.font.path, text.get_text(), text.get_fontsize(), x, y, text.get_horizontalalignment()
    )
    outline = PathPatch(
        path, linewidth=0, facecolor=text.get_color(), clip_on=False, zorder=text.get_zorder()
    )
    sheet.add(outline)
    text.set_visible(False)
    return outline


def _paint(sheet: Sheet) -> None:
    """The colours of paper in place of the markers; once is enough."""
    sheet.figure.patch.set(visible=True, facecolor=WHITE)
    for artist in sheet.marks:
        _paint_mark(artist)


def _paint_mark(artist: Artist) -> None:
    if isinstance(artist, Line2D | Text):
        artist.set_color(_colour(artist.get_color()))
    elif isinstance(artist, Patch):
        artist.set_facecolor(_colour(artist.get_facecolor()))
        artist.set_edgecolor(_colour(artist.get_edgecolor()))


def _colour(marker: object) -> object:
    found = BY_MARKER.get(to_hex(marker))
    if found is None:
        return marker
    return WHITE if found is PAPER else found.fallback
