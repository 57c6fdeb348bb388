"""A drawn sheet as a PDF, for print: its texts can be searched and copied, and it holds its font.

In the colours of paper, without date or name of a program: the same sheet gives the same bytes.
The characters stand in fonts of Type 3, whose glyphs are drawings: they can be read from the font
file without rewriting it (ISO 32000-1, 9.6.5).
"""

import functools
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from grassroots.figures.glyphs import BEFORE, glyph
from grassroots.figures.marks import Shape, Step, Stroke, Text
from grassroots.figures.palette import Colour
from grassroots.figures.sheet import Sheet
from grassroots.figures.svg import short

# What one font of Type 3 can hold: the codes of a byte without zero.
CHARACTERS = 255
# Units of a glyph that make its size.
UNITS = 1000
# The operators of the codes that matplotlib gives to the corners of an outline.
MOVE, LINE, QUADRATIC, CUBIC, CLOSE = 1, 2, 3, 4, 79


class _Objects:
    """The numbered objects of a file."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: str | bytes) -> int:
        """The number of the new object."""
        self._bodies.append(body if isinstance(body, bytes) else body.encode("ascii"))
        return len(self._bodies)

    def stream(self, content: bytes) -> int:
        """The number of a new stream, packed."""
        return self.add(_stream(content))

    def file(self, root: int, info: int) -> bytes:
        """All of them, and where each begins."""
        written, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self._bodies, 1):
            places.append(len(written))
            written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        size = len(places) + 1
        end = (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R >>\n"
            f"startxref\n{len(written)}\n%%EOF\n"
        )
        return bytes(written + end.encode("ascii"))


def to_pdf(sheet: Sheet, title: str) -> bytes:
    """The PDF of one page, as large as the sheet, with its title inside."""
    objects = _Objects()
    signs = sorted({sign for mark in sheet.marks if isinstance(mark, Text) for sign in mark.text})
    fonts = [signs[start : start + CHARACTERS] for start in range(0, len(signs), CHARACTERS)]
    codes = {
        sign: (font, code) for font, own in enumerate(fonts) for code, sign in enumerate(own, 1)
    }
    named = " ".join(
        f"/F{index} {_font(objects, sheet.font.path, own)} 0 R" for index, own in enumerate(fonts)
    )
    content = objects.stream(_content(sheet, codes).encode("ascii"))
    size = f"{short(sheet.width)} {short(sheet.height)}"
    # The pages are the next object but one.
    page = objects.add(
        f"<< /Type /Page /Parent {content + 2} 0 R /MediaBox [ 0 0 {size} ]"
        f" /Resources << /Font << {named} >> >> /Contents {content} 0 R >>"
    )
    pages = objects.add(f"<< /Type /Pages /Kids [ {page} 0 R ] /Count 1 >>")
    root = objects.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return objects.file(root, objects.add(f"<< /Title <FEFF{_utf16(title)}> >>"))


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    told = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
    return told + b"\nstream\n" + packed + b"\nendstream"


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _font(objects: _Objects, font: str, signs: Sequence[str]) -> int:
    """A font of these characters, in the order of their codes from 1 on."""
    drawn = " ".join(f"/{_name(sign)} {objects.add(_glyph(font, sign))} 0 R" for sign in signs)
    widths = " ".join(str(_units(glyph(font, sign)[2])) for sign in signs)
    names = " ".join(f"/{_name(sign)}" for sign in signs)
    read = objects.stream(_unicode(signs).encode("ascii"))
    share = 1 / UNITS
    return objects.add(
        f"<< /Type /Font /Subtype /Type3 /FontBBox [ {_around(font, signs)} ]"
        f" /FontMatrix [ {share:g} 0 0 {share:g} 0 0 ] /CharProcs << {drawn} >>"
        f" /Encoding << /Type /Encoding /Differences [ 1 {names} ] >>"
        f" /FirstChar 1 /LastChar {len(signs)} /Widths [ {widths} ]"
        f" /Resources << >> /ToUnicode {read} 0 R >>"
    )


def _name(sign: str) -> str:
    return f"uni{ord(sign):04X}"


def _units(share: float) -> int:
    return round(share * UNITS)


@functools.cache
def _glyph(font: str, sign: str) -> bytes:
    """The drawing of a character; it takes the colour that is set where it is shown."""
    _, codes, width = glyph(font, sign)
    places = _places(font, sign)
    written = [f"{_units(width)} 0 {' '.join(map(str, _box(font, sign)))} d1"]
    at = 0
    while at < len(places):
        code = int(codes[at])
        taken = {QUADRATIC: 2, CUBIC: 3}.get(code, 1)
        numbers = [number for place in places[at : at + taken] for number in place]
        if code == QUADRATIC:
            numbers = list(map(round, _cubic(places[at - 1], numbers)))
        operator = {MOVE: "m", LINE: "l", QUADRATIC: "c", CUBIC: "c", CLOSE: "h"}[code]
        written.append(f"{_numbers(numbers)}{operator}" if code != CLOSE else operator)
        at += taken
    if places:
        written.append("f")
    return _stream("\n".join(written).encode("ascii"))


@functools.cache
def _places(font: str, sign: str) -> list[list[int]]:
    """The corners of the character in units of a glyph."""
    return [[int(x), int(y)] for x, y in np.rint(glyph(font, sign)[0] * UNITS).tolist()]


@functools.cache
def _box(font: str, sign: str) -> tuple[int, int, int, int]:
    """Left, bottom, right and top of the character."""
    xs, ys = zip(*_places(font, sign), strict=True) if _places(font, sign) else ((0,), (0,))
    return min(xs), min(ys), max(xs), max(ys)


def _around(font: str, signs: Sequence[str]) -> str:
    """Left, bottom, right and top of all the characters together."""
    lefts, bottoms, rights, tops = zip(*(_box(font, sign) for sign in signs), strict=True)
    return f"{min(lefts)} {min(bottoms)} {max(rights)} {max(tops)}"


def _cubic(start: Sequence[float], numbers: Sequence[float]) -> list[float]:
    """The cubic curve that goes where a quadratic one goes."""
    (x, y), (cx, cy, ex, ey) = start, numbers
    return [
        *(x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y)),
        *(ex + 2 / 3 * (cx - ex), ey + 2 / 3 * (cy - ey)),
        *(ex, ey),
    ]


def _unicode(signs: Sequence[str]) -> str:
    """Which character each code is: what is copied from the page."""
    lines = [f"<{code:02X}> <{_utf16(sign)}>" for code, sign in enumerate(signs, 1)]
    # At most a hundred lines a block (ISO 32000-1, 9.10.3).
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    told = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{told}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _content(sheet: Sheet, codes: dict[str, tuple[int, int]]) -> str:
    """The page: every mark in its order, with y going down as on the sheet."""
    height = short(sheet.height)
    written = [f"1 0 0 -1 0 {height} cm"]
    for mark in sheet.marks:
        if isinstance(mark, Text):
            written += _text(mark, sheet.font.path, codes)
        elif isinstance(mark, Shape):
            written += _shape(mark)
        else:
            written += _stroke(mark)
    return "\n".join(written)


def _colour(colour: Colour, operator: str) -> str:
    return " ".join(f"{share:.3f}" for share in colour.paper) + f" {operator}"


def _shape(mark: Shape) -> list[str]:
    filled = [_colour(mark.fill, "rg"), *_path(mark.steps)]
    if mark.edge is None:
        return [*filled, "f"]
    return [f"{short(mark.width)} w 0 j [] 0 d", _colour(mark.edge, "RG"), *filled, "B"]


def _stroke(mark: Stroke) -> list[str]:
    dashes = " ".join(map(short, mark.dashes or ()))
    pen = f"{short(mark.width)} w 1 j {int(mark.round_ends)} J [{dashes}] 0 d"
    return [pen, _colour(mark.colour, "RG"), *_path(mark.steps), "S"]


def _path(steps: Iterable[Step]) -> list[str]:
    written, at = [], (0.0, 0.0)
    for command, numbers in steps:
        if command == "Q":
            written.append(f"{_numbers(_cubic(at, numbers))}c")
        elif command == "Z":
            written.append("h")
        else:
            written.append(f"{_numbers(numbers)}{command.lower()}")
        at = numbers[-2:] or at
    return written


def _numbers(numbers: Iterable[float]) -> str:
    return "".join(f"{short(number)} " for number in numbers)


def _text(mark: Text, font: str, codes: dict[str, tuple[int, int]]) -> list[str]:
    """The line, in runs of one font each, upright although y goes down."""
    width = sum(glyph(font, sign)[2] for sign in mark.text)
    start = mark.x - BEFORE[mark.align] * width * mark.size
    written = [_colour(mark.colour, "rg"), "BT"]
    shown, own = "", None
    size = short(mark.size)
    written.append(f"1 0 0 -1 {short(start)} {short(mark.y)} Tm")
    for sign in mark.text:
        index, code = codes[sign]
        if index != own and shown:
            written.append(f"/F{own} {size} Tf <{shown}> Tj")
            shown = ""
        own = index
        shown += f"{code:02X}"
    if shown:
        written.append(f"/F{own} {size} Tf <{shown}> Tj")
    return [*written, "ET"]
