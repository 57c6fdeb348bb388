"""A drawing as it stands in the page: the same picture as in its file, in fewer bytes.

The files hold all that they need to be opened alone. In the page the stylesheet knows the colours
and the commonest marks, and nobody sees more than a tenth of a point.
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
_PLACE = re.compile(r'(?<= [dxy]=")[^"]*')
_HUNDREDTHS = re.compile(r"(\.\d)\d+")
_ELEMENT = re.compile(r"<(path|text)( [^>]*?)( ?/)?>")


def within_page(svg: str) -> str:
    """The SVG without fallbacks of colours, without hundredths of a point, with short classes."""
    svg = _FALLBACK.sub(r"var(\1)", svg)
    svg = _PLACE.sub(lambda place: _HUNDREDTHS.sub(r"\1", place[0]), svg)
    return _ELEMENT.sub(_classed, svg)


def _classed(element: re.Match[str]) -> str:
    attributes, named = element[2], []
    for attribute, name in CLASSES.items():
        if f" {attribute}" in attributes:
            attributes = attributes.replace(f" {attribute}", "", 1)
            named.append(name)
    if not named:
        return element[0]
    classes = named[0] if len(named) == 1 else f'"{" ".join(named)}"'
    return f"<{element[1]}{attributes} class={classes}{' /' if element[3] else ''}>"
