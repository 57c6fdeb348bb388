"""A drawn sheet as an SVG that can stand inside a page: small, without style, with its own ids."""

import xml.etree.ElementTree as ET

from grassroots.figures.marks import Mark, Shape, Stroke, Text
from grassroots.figures.outline import Outline, path_of
from grassroots.figures.palette import INK, Colour
from grassroots.figures.sheet import SIZE, Sheet, Value

# The font that was measured with, then fonts about as wide.
FONTS = (
    "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Helvetica Neue',Arial,"
    "'PingFang SC','Microsoft YaHei',sans-serif"
)
# Sheets of more points down are cut where they are printed; no piece has fewer than these.
WHOLE = 450.0
PIECE = 120.0
ANCHORS = {"center": "middle", "right": "end"}

# All attributes of a mark but its place.
Look = tuple[tuple[str, str], ...]


def to_svg(sheet: Sheet, identifier: str, title: str, description: str) -> str:
    """The SVG text; `identifier` (figure and language) is the prefix of its ids."""
    root = _root(sheet.width, sheet.height, identifier, title, description)
    if sheet.values:
        root.set("data-at", " ".join(map(_place, sheet.values)))
    if sheet.rows:
        root.set("data-rows", "")
    if sheet.height > WHOLE and (cuts := _cuts(sheet)):
        root.set("data-cuts", " ".join(map(short, cuts)))
    root.extend(_together(sheet.marks))
    return serialised(root)


def serialised(root: ET.Element) -> str:
    """The element as text that ends with a line break."""
    return ET.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"


def _root(width: float, height: float, identifier: str, title: str, description: str) -> ET.Element:
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {short(width)} {short(height)}",
            "width": f"{short(width)}pt",
            "height": f"{short(height)}pt",
            "role": "img",
            "aria-labelledby": f"{identifier}-title {identifier}-desc",
            "font-family": FONTS,
            "font-size": f"{SIZE}px",
            "fill": INK.css,
        },
    )
    ET.SubElement(root, "title", {"id": f"{identifier}-title"}).text = title
    ET.SubElement(root, "desc", {"id": f"{identifier}-desc"}).text = description
    return root


def _cuts(sheet: Sheet) -> list[float]:
    """Where a tall sheet is cut so that it can go on overleaf: in pieces as small as `PIECE`."""
    cuts = [0.0]
    for place in sorted(sheet.breaks):
        if min(place - cuts[-1], sheet.height - place) >= PIECE:
            cuts.append(place)
    return cuts[1:]


def _place(value: Value) -> str:
    """Where a mark is; of one with fields, the edges of these between commas."""
    across = ",".join(f"{x:.0f}" for x in value.edges or (value.x,))
    return f"{across} {value.y:.0f}"


def _together(marks: list[Mark]) -> list[ET.Element]:
    """What looks alike as one: paths as one path, texts in a group that says it once.

    A path joins an earlier one that looks like it unless it lies over a mark between the two. Texts
    are meant to be read: they come last.
    """
    layers: list[tuple[Look, list[Outline]]] = []
    said: dict[Look, list[Text]] = {}
    for mark in marks:
        if isinstance(mark, Text):
            said.setdefault(_text_look(mark), []).append(mark)
        else:
            outline = Outline(mark.steps, mark.width)
            _layer(layers, _look(mark), outline).append(outline)
    paths = [ET.Element("path", {"d": path_of(own), **dict(look)}) for look, own in layers]
    return paths + [_group(look, own) for look, own in said.items()]


def _layer(layers: list[tuple[Look, list[Outline]]], look: Look, outline: Outline) -> list[Outline]:
    """The outlines that this one can be drawn with; a new layer above all if there are none."""
    for own_look, outlines in reversed(layers):
        if own_look == look:
            return outlines
        if any(outline.touches(other) for other in outlines):
            break
    layers.append((look, []))
    return layers[-1][1]


def _group(look: Look, texts: list[Text]) -> ET.Element:
    """Texts of one look; a single one needs no group."""
    if len(texts) == 1:
        return _text(texts[0], dict(look))
    group = ET.Element("g", dict(look))
    group.extend(_text(text, {}) for text in texts)
    return group


def _text(text: Text, look: dict[str, str]) -> ET.Element:
    """One line of text in its place, which leads where there is no look to lead."""
    element = ET.Element("text", {"x": short(text.x, 1), "y": short(text.y, 1), **look})
    element.text = text.text
    return element


def _text_look(text: Text) -> Look:
    """How a text differs from what the root says for all."""
    look = {
        "font-size": "" if text.size == SIZE else f"{short(text.size)}px",
        "text-anchor": ANCHORS.get(text.align, ""),
        "fill": "" if text.colour is INK else text.colour.css,
    }
    return tuple((key, value) for key, value in look.items() if value)


def _look(mark: Stroke | Shape) -> Look:
    """How a path is painted, without what SVG takes for granted."""
    width = short(mark.width)
    if isinstance(mark, Shape):
        if mark.edge is None:
            return _filled(mark.fill)
        look = {"fill": mark.fill.css, "stroke": mark.edge.css}
    else:
        dashes = ",".join(map(short, mark.dashes or ()))
        look = {"fill": "none", "stroke-dasharray": dashes, "stroke": mark.colour.css}
    look["stroke-width"] = "" if width == "1" else width
    look["stroke-linecap"] = "round" if isinstance(mark, Stroke) and mark.round_ends else ""
    return tuple((key, value) for key, value in look.items() if value)


def _filled(colour: Colour) -> Look:
    """A field without an edge; the root says INK for all."""
    return () if colour is INK else (("fill", colour.css),)


def short(value: float, decimals: int = 2) -> str:
    """The number with at most so many decimals and no zeros that say nothing."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
