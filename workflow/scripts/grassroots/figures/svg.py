"""A drawn sheet as an SVG that can stand inside a page: small, without style, with its own ids."""

import io
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG

from grassroots.figures.outline import Outline, path_of
from grassroots.figures.palette import BY_MARKER, INK
from grassroots.figures.sheet import SIZE, Sheet

SVG = "{http://www.w3.org/2000/svg}"
# The font that was measured with, then fonts about as wide.
FONTS = (
    "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Helvetica Neue',Arial,"
    "'PingFang SC','Microsoft YaHei',sans-serif"
)
# What need not be said of a mark: the defaults of SVG, and what the root says for all.
DEFAULTS = {
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "10",
    "stroke-width": "1",
    "stroke-dashoffset": "0",
    "text-anchor": "start",
    "font-size": f"{SIZE}px",
    "fill": INK.css,
}

_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
Look = tuple[tuple[str, str], ...]


def to_svg(sheet: Sheet, identifier: str, title: str, description: str, empty: bool = False) -> str:
    """The SVG text; `identifier` (figure and language) is the prefix of its ids.

    An `empty` one is marked so that the page leaves it out.
    """
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": identifier}):
        buffer = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        FigureCanvasSVG(sheet.figure).print_svg(buffer, metadata=nothing)
    drawn = ET.fromstring(buffer.getvalue())
    root = _root(sheet.width, sheet.height, identifier, title, description)
    if sheet.values:
        root.set("data-at", " ".join(f"{x:.0f} {y:.0f}" for x, y, _ in sheet.values))
    if sheet.rows:
        root.set("data-rows", "")
    if empty:
        root.set("data-empty", "true")
    root.extend(_together(_children(drawn)))
    return serialised(root)


def serialised(root: ET.Element) -> str:
    """The element as text that ends with a line break."""
    return ET.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"


def _root(width: float, height: float, identifier: str, title: str, description: str) -> ET.Element:
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_short(width)} {_short(height)}",
            "width": f"{_short(width)}pt",
            "height": f"{_short(height)}pt",
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


def _together(marks: list[ET.Element]) -> list[ET.Element]:
    """What looks alike as one: paths as one path, texts in a group that says it once.

    A path joins an earlier one that looks like it unless it lies over a mark between the two. Texts
    are meant to be read: they come last.
    """
    layers: list[tuple[Look, list[Outline]]] = []
    said: dict[Look, list[ET.Element]] = {}
    for mark in marks:
        if mark.tag == "text":
            said.setdefault(_look(mark), []).append(mark)
        else:
            outline = Outline(mark.get("d", ""), float(mark.get("stroke-width", 1)))
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


def _group(look: Look, texts: list[ET.Element]) -> ET.Element:
    """Texts of one look; a single one needs no group."""
    if len(texts) == 1 or not look:
        group = ET.Element("g")
        group.extend(texts)
        return group if len(texts) > 1 else texts[0]
    group = ET.Element("g", dict(look))
    for text in texts:
        place = {key: text.get(key, "") for key in ("x", "y")}
        ET.SubElement(group, "text", place).text = text.text
    return group


def _look(mark: ET.Element) -> Look:
    """All attributes of a mark but its place."""
    return tuple((k, v) for k, v in mark.items() if k not in ("d", "x", "y"))


def _children(parent: ET.Element) -> list[ET.Element]:
    """The marks below `parent`, out of the groups that matplotlib wraps around them."""
    found = []
    for child in parent:
        name = child.tag.removeprefix(SVG)
        if name == "g":
            found += _children(child)
        elif name in ("path", "text") and not _invisible(child):
            found.append(_clean(child, name))
    return found


def _invisible(element: ET.Element) -> bool:
    style = _style(element)
    painted = style.get("fill") != "none" or style.get("stroke", "none") != "none"
    return not painted or style.get("opacity") == "0"


def _style(element: ET.Element) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    return {key.strip(): value.strip() for key, value in pairs}


def _clean(element: ET.Element, name: str) -> ET.Element:
    """The mark with its style as attributes, colours as variables, places to a tenth."""
    attributes = {key: element.get(key, "") for key in ("d", "x", "y") if element.get(key)}
    for key, value in _style(element).items():
        if key.startswith("font-") and key != "font-size":
            continue
        colour = BY_MARKER.get(value)
        value = colour.css if colour else value
        if DEFAULTS.get(key) != value:
            attributes[key] = value
    attributes = {key: _LONG_NUMBER.sub(_rounded, value) for key, value in attributes.items()}
    for key in {"x", "y"} & set(attributes):
        attributes[key] = _short(float(attributes[key]), 1)
    cleaned = ET.Element(name, attributes)
    cleaned.text = element.text if name == "text" else None
    return cleaned


def _rounded(match: re.Match[str]) -> str:
    return _short(float(match.group()))


def _short(value: float, decimals: int = 2) -> str:
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
