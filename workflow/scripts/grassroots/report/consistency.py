"""The finished page checks itself: every p that stands with its statistic is computed once more.

Found in sentences, cells and rows, and judged as printed_p does. What the page prints comes
from one formatter, so a contradiction is a fault of the program and of no user: two numbers of
different rows stand together, or one stands under a wrong heading.
"""

import re
from collections.abc import Iterator
from html import unescape

from grassroots.verification.printed_p import FREEDOM, Printed, consistent, p_range

_NUMBER = r"[−-]?\d*\.?\d+"
# `Welch's t(313.43) = −2.21, p = .028`: between the two only marks and an interval may stand.
_REPORTED = re.compile(
    rf"(?<![^\W\d_Δ])(?P<symbol>t|F|χ²|H|r)\((?P<df>[\d., ]+)\) ?= ?(?P<value>{_NUMBER})\**"
    rf"(?:[,，；;\s]|\d+% ?CI ?\[[^\]]*\])*"
    rf"p ?(?P<sign>[=<>]) ?(?P<p>{_NUMBER})"
)
_TAG, _BLANK = re.compile(r"<[^>]*>"), re.compile(r"[\s\xa0]+")
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_DRAWN = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_BREAK = re.compile(r"<(?:p|li|h\d|div|td|th|tr|dd|dt|summary|section)\b")
_WITHIN = re.compile(r"</?(?:i|span|sup|sub|b|data)\b[^>]*>")
# Headings of columns: which statistic they hold. `p` closes the pair, `df` belongs to it.
_HEADINGS = {
    "t": "t",
    "z": "z",
    "χ²": "χ²",
    "Δχ²": "χ²",
    "Bartlett's χ²": "χ²",
    "Bartlett χ²": "χ²",
}


class Contradiction(Exception):
    """The page prints a p that its own statistic cannot have."""


def check(page: str) -> None:
    """Raise Contradiction if a p of the finished page does not follow from its statistic."""
    wrong = [found for found in reported(page) if not consistent(found)]
    if wrong:
        listed = "; ".join(_told(found) for found in wrong[:5])
        raise Contradiction(
            f"the page contradicts itself in {len(wrong)} places; this is a fault of grassroots, "
            f"not of your data: {listed}"
        )


def _told(found: Printed) -> str:
    low, high = p_range(found)
    return f"{found} [{found.where}], but p lies from {low:.4g} to {high:.4g}"


def reported(page: str) -> list[Printed]:
    """Every statistic of the page that stands with its p, in sentences, cells and table rows."""
    bare = _DRAWN.sub(" ", page)
    found = [each for table in _TABLE.findall(bare) for each in _of_table(table)]
    return found + list(_of_text(bare))


def _text(html: str) -> str:
    return _BLANK.sub(" ", unescape(_TAG.sub(" ", _WITHIN.sub("", html)))).strip()


def _of_text(html: str) -> Iterator[Printed]:
    """In sentences, and in cells that hold a whole report."""
    for part in _BREAK.split(html):
        if "</i>" not in part and "χ²" not in part:
            continue
        text = _text("<p" + part)
        for match in _REPORTED.finditer(text):
            yield Printed(
                match["symbol"],
                match["value"],
                tuple(part.strip() for part in match["df"].split(",")),
                match["sign"],
                match["p"],
                text[:80],
            )


def _of_table(table: str) -> Iterator[Printed]:
    """In rows whose statistic, degrees of freedom and p have columns of their own."""
    caption = re.search(r'class="caption">(.*?)</', table)
    where = _text(caption[1]) if caption else ""
    head, _, body = table.partition("<tbody>")
    titles = [_text("<th" + cell) for cell in head.split("<th ")[1:]]
    for line in body.split("<tr")[1:]:
        cells = [_text("<td" + cell) for cell in re.split(r"<t[dh](?=[ >])", line)[1:]]
        if len(cells) == len(titles):
            yield from _of_row(titles, cells, where)


def _of_row(titles: list[str], cells: list[str], where: str) -> Iterator[Printed]:
    symbol = value = ""
    freedom: tuple[str, ...] = ()
    for title, cell in zip(titles, cells, strict=True):
        if title in _HEADINGS:
            symbol, value, freedom = _HEADINGS[title], cell.rstrip("*"), ()
        elif title in ("df", "Δdf"):
            freedom = (cell,)
        elif title == "p" and symbol:
            match = re.fullmatch(rf"([<>]?) ?({_NUMBER})", cell)
            whole = re.fullmatch(_NUMBER, value) and len(freedom) == FREEDOM[symbol]
            if match and whole and all(re.fullmatch(_NUMBER, each) for each in freedom):
                yield Printed(
                    symbol, value, freedom, match[1] or "=", match[2], f"{where}: {cells[0]}"
                )
            symbol = ""
    if {"r", "p", "n"} <= set(titles):
        row = dict(zip(titles, cells, strict=True))
        match = re.fullmatch(rf"([<>]?) ?({_NUMBER})", row["p"])
        count = row["n"].replace(",", "")
        if match and count.isdigit() and int(count) > 2 and re.fullmatch(_NUMBER, row["r"]):
            freedom = (str(int(count) - 2),)
            yield Printed("r", row["r"], freedom, match[1] or "=", match[2], f"{where}: {cells[0]}")
