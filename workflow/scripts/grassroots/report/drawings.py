"""A drawing as it stands in the page: the same picture as in its file, in fewer bytes.

The files hold all that they need to be opened alone. In the page the stylesheet knows the font, the
colours and the commonest marks.
"""

import re

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
_ELEMENT = re.compile(r"<(path|text|g)( [^>]*?)( ?/)?>")


def within_page(svg: str) -> str:
    """The SVG with short classes, without fallbacks of colours and quotes that HTML can spare."""
    svg = _FALLBACK.sub(r"var(\1)", svg)
    root, marks, rest = svg.partition(">")
    return _ROOT.sub("", root) + marks + _ELEMENT.sub(_classed, rest)


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
