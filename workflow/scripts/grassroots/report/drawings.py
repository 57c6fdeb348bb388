"""A drawing as it stands in the page: the same picture as in its file, in fewer bytes.

The files hold all that they need to be opened alone. In the page the stylesheet knows the font, the
colours and the commonest marks.
"""

import re
from itertools import pairwise

# Attribute of a drawn element: the class of the stylesheet that says the same (`.drawing .s`).
CLASSES = {
    'font-size="9.5px"': "s",
    'text-anchor="middle"': "c",
    'text-anchor="end"': "e",
    'fill="var(--fig-muted)"': "m",
    'fill="none"': "o",
    'stroke="var(--fig-rule)"': "r",
    'stroke-linecap="round"': "k",
    'stroke-width="0.8"': "t",
    'fill="var(--c1)"': "f",
    'stroke="var(--c1)"': "a",
    'fill="var(--fig-paper)"': "p",
}
_FALLBACK = re.compile(r"var\((--[a-z0-9-]+),#[0-9a-f]{6}\)")
_QUOTED = re.compile(r' (x|y|fill|stroke|width|height)="([^" ]+)"')
# What the stylesheet says of every drawing; a page needs no namespace.
_ROOT = re.compile(r' (?:xmlns|font-family|font-size|fill)="[^"]*"')
_CUTS = re.compile(r' data-cuts="([^"]*)"')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_ELEMENT = re.compile(r"<(path|text|g)( [^>]*?)( ?/)?>")


def within_page(svg: str) -> str:
    """The SVG with short classes, without fallbacks of colours and quotes that HTML can spare.

    The marks of one that is cut in print have a name, by which its pieces show them again; what
    they look like is told of `.drawing`, which such a piece must find within itself.
    """
    svg = _FALLBACK.sub(r"var(\1)", svg)
    root, marks, rest = svg.partition(">")
    page = _CUTS.sub("", _ROOT.sub("", root)) + marks + _ELEMENT.sub(_classed, rest)
    if not _CUTS.search(root):
        return page
    return page.replace("</desc>", f"</desc><g id={_name(root)} class=drawing>").replace(
        "</svg>", "</g></svg>"
    )


def in_pieces(svg: str) -> str:
    """The same drawing cut across into pieces that can stand on several sheets of paper.

    They take the place of the drawing where the page is printed: a browser breaks no picture, and
    would leave the rest of a page empty before a tall one. Empty for a drawing that is not cut.
    """
    root = svg.partition(">")[0]
    cuts = _CUTS.search(root)
    size = _SIZE.search(root)
    if not cuts or not size:
        return ""
    places = [0.0, *map(float, cuts[1].split()), float(size[2])]
    shown = "".join(
        f'<svg viewBox="0 {top:g} {size[1]} {end - top:g}" width="{size[1]}pt"'
        f' height="{end - top:g}pt"><use href="#{_name(root)}"/></svg>'
        for top, end in pairwise(places)
    )
    return f'<div class="pieces" aria-hidden="true">{shown}</div>'


def _name(root: str) -> str:
    """The id of the marks of a drawing, after that of its title."""
    title = re.search(r'aria-labelledby="(\S+)-title', root)
    if not title:
        raise ValueError("a drawing that is cut needs a title to be named by")
    return f"{title[1]}-marks"


def _classed(element: re.Match[str]) -> str:
    attributes, named = element[2], []
    for attribute, name in CLASSES.items():
        if f" {attribute}" in attributes:
            attributes = attributes.replace(f" {attribute}", "", 1)
            named.append(name)
    if len(named) > 1:
        attributes += f' class="{" ".join(named)}"'
    elif named:
        attributes += f" class={named[0]}"
    bare = _QUOTED.sub(r" \1=\2", attributes)
    return f"<{element[1]}{bare}{' /' if element[3] else ''}>"
