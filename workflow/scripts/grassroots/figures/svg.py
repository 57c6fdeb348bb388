"""A drawn sheet as an SVG that can stand inside a page: small, without style, with its own ids."""

import io
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG

from grassroots.figures.palette import BY_MARKER
from grassroots.figures.sheet import Sheet

SVG = "{http://www.w3.org/2000/svg}"
# The font that was measured with, then fonts about as wide.
FONTS = (
    "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Helvetica Neue',Arial,"
    "'PingFang SC','Microsoft YaHei',sans-serif"
)
DEFAULTS = {"stroke-linejoin": "miter", "stroke-miterlimit": "10", "stroke-width": "1"}

_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def to_svg(sheet: Sheet, identifier: str, title: str, description: str) -> str:
    """The SVG text; `identifier` (figure and language) is the prefix of its ids."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": identifier}):
        buffer = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        FigureCanvasSVG(sheet.figure).print_svg(buffer, metadata=nothing)
    drawn = ET.fromstring(buffer.getvalue())
    root = _root(sheet.width, sheet.height, identifier, title, description)
    for child in _children(drawn):
        root.append(child)
    return serialised(root)


def empty_svg(identifier: str, text: str) -> str:
    """A figure without data: the page leaves it out, a reader of the file is told."""
    root = _root(360, 40, identifier, text, text)
    root.set("data-empty", "true")
    label = ET.SubElement(root, "text", {"x": "10", "y": "25", "font-size": "10"})
    label.text = text
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
        },
    )
    ET.SubElement(root, "title", {"id": f"{identifier}-title"}).text = title
    ET.SubElement(root, "desc", {"id": f"{identifier}-desc"}).text = description
    return root


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
    """The mark with its style as attributes, colours as variables, and two decimals."""
    attributes = {key: element.get(key, "") for key in ("d", "x", "y") if element.get(key)}
    for key, value in _style(element).items():
        if key.startswith("font-") and key != "font-size":
            continue
        if DEFAULTS.get(key) == value:
            continue
        colour = BY_MARKER.get(value)
        attributes[key] = colour.css if colour else value
    attributes = {key: _LONG_NUMBER.sub(_rounded, value) for key, value in attributes.items()}
    if name == "path":
        attributes["d"] = " ".join(attributes["d"].split())
    cleaned = ET.Element(name, attributes)
    cleaned.text = element.text if name == "text" else None
    return cleaned


def _rounded(match: re.Match[str]) -> str:
    return _short(float(match.group()))


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
