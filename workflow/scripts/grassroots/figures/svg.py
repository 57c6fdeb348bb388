"""A drawn sheet as an SVG that can stand inside a page: small, without style, with its own ids."""

import io
import itertools
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG

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

_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def to_svg(sheet: Sheet, identifier: str, title: str, description: str) -> str:
    """The SVG text; `identifier` (figure and language) is the prefix of its ids."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": identifier}):
        buffer = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        FigureCanvasSVG(sheet.figure).print_svg(buffer, metadata=nothing)
    drawn = ET.fromstring(buffer.getvalue())
    root = _root(sheet.width, sheet.height, identifier, title, description)
    root.extend(_together(_children(drawn)))
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
            "font-size": f"{SIZE}px",
            "fill": INK.css,
        },
    )
    ET.SubElement(root, "title", {"id": f"{identifier}-title"}).text = title
    ET.SubElement(root, "desc", {"id": f"{identifier}-desc"}).text = description
    return root


def _together(marks: list[ET.Element]) -> list[ET.Element]:
    """Neighbours that look alike as one: paths as one path, texts in a group that says it once."""
    found: list[ET.Element] = []
    for (name, look), alike in itertools.groupby(marks, key=_look):
        same = list(alike)
        if name == "path":
            joined = "".join(mark.get("d", "") for mark in same)
            found.append(ET.Element("path", {"d": joined, **dict(look)}))
        elif len(same) == 1 or not look:
            found += same
        else:
            group = ET.Element("g", dict(look))
            for mark in same:
                place = {key: mark.get(key, "") for key in ("x", "y")}
                ET.SubElement(group, "text", place).text = mark.text
            found.append(group)
    return found


def _look(mark: ET.Element) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a mark is, and all of its attributes but its place."""
    return mark.tag, tuple((k, v) for k, v in mark.items() if k not in ("d", "x", "y"))


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
        colour = BY_MARKER.get(value)
        value = colour.css if colour else value
        if DEFAULTS.get(key) != value:
            attributes[key] = value
    attributes = {key: _LONG_NUMBER.sub(_rounded, value) for key, value in attributes.items()}
    if name == "path":
        attributes["d"] = _compact(attributes["d"])
    cleaned = ET.Element(name, attributes)
    cleaned.text = element.text if name == "text" else None
    return cleaned


def _compact(path: str) -> str:
    """The same path in fewer characters: level and upright lines by their one coordinate."""
    steps = _STEP.findall(path)
    x = y = ""
    found = ""
    for command, numbers in steps:
        values = numbers.split()
        if command == "L" and values[1] == y:
            found += f"H{values[0]}"
        elif command == "L" and values[0] == x:
            found += f"V{values[1]}"
        else:
            found += command + " ".join(values)
        x, y = values[-2:] if values else ("", "")
    return found


def _rounded(match: re.Match[str]) -> str:
    return _short(float(match.group()))


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
