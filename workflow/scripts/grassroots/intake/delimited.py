"""Text files of rows and columns: their encoding, the mark between their cells, their rows."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from grassroots.intake.reading import UnreadableFile, Value, has_value, listed_rows

# Tried in this order: what is utf-8 by chance is hardly ever text. gb18030 holds gbk and gb2312.
_ENCODINGS = ("utf-8", "gb18030")
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
DELIMITERS = (",", ";", "\t", "|")
# A cell may hold a long text; a quotation mark that is not closed is found at the end of the file.
csv.field_size_limit(100_000_000)
# As many rows tell the delimiter.
LOOKED_AT = 200
# As many bytes on either side of one that is not utf-8 tell whether the others are.
_AROUND = 100_000
# So many characters tell big5 from gb18030.
_SURE = 20
# Distinct texts remembered at a time.
_TEXTS = 100_000
# Anything that is neither blank nor between cells.
ANY_VALUE = re.compile(r"[^\s,;|\"]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def decoded(content: bytes, stated: str | None) -> tuple[str, str]:
    """The text of a file, and the encoding that its bytes are in.

    A mark at the beginning decides; without one it is utf-8 if it can be, else gb18030. A stated
    encoding must be the one that is found, unless the text is the same in both. Big5, whose bytes
    are gb18030 too, is refused unless gb18030 is stated. Raises UnreadableFile.
    """
    marked = next((each for mark, each in _MARKS.items() if content.startswith(mark)), None)
    tried = (marked,) if marked else _ENCODINGS
    places = []
    for each in tried:
        try:
            text = content.decode("utf-8-sig" if each == "utf-8" else each)
        except UnicodeDecodeError as error:
            places.append(error.start + 1)
            if each == "utf-8" and _is_damaged(content, error.start):
                tried = ("utf-8",)
                break
            continue
        if stated is None and each == "gb18030" and _is_big5(text):
            raise UnreadableFile("by its bytes its encoding is big5", "S135")
        if stated in (None, each) or (not marked and text.isascii()):
            return text, stated or each
        detail = f"by its bytes its encoding is {each}, not {stated}"
        raise UnreadableFile(detail, "S121", found=each, stated=str(stated))
    detail = f"byte {places[-1]} is not {' and not '.join(tried)}"
    raise UnreadableFile(detail, "S131", byte=str(places[-1]), tried=", ".join(tried))


def _is_damaged(content: bytes, place: int) -> bool:
    """Whether bytes are utf-8 all the same but for a few: as gb18030 they would be other words."""
    text = content[max(0, place - _AROUND) : place + _AROUND].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not each.isascii() for each in text) - broken > 10 * broken


def _is_big5(text: str) -> bool:
    """Whether a text read as gb18030 is rare signs, and as big5 common ones.

    Nearly all of a Chinese text is in gb2312. Where a third is not, it may be traditional Chinese
    in gbk; but then hardly two characters in a row are any of big5's common ones (lead byte up to
    C6), and here all are.
    """
    signs = [each for each in text[:_AROUND] if not each.isascii()]
    common = sum(bool(each.encode("gb2312", "ignore")) for each in signs)
    if len(signs) < _SURE or 3 * common > 2 * len(signs):
        return False
    content = "".join(signs).encode("gb18030")
    try:
        content.decode("big5")
    except UnicodeDecodeError:
        return False
    return all(0xA1 <= lead <= 0xC6 for lead in content[::2])


def delimiter_of(text: str) -> str:
    """The mark between the cells: the one that cuts the rows into as many cells as the header.

    A comma if there is but one column. The quotes decide what is inside a cell.
    """
    scores = {mark: _fit(text, mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark])
    return best if scores[best] > 0 else ","


def _fit(text: str, mark: str) -> float:
    """How well a delimiter cuts a text: columns beyond the first, times the rows that agree.

    Header and rows need not be equally long to count a little: rows with an unquoted comma are
    still rows of a file with commas, and are named as such later.
    """
    if mark not in text:
        return 0
    reader = csv.reader(_lines(text), delimiter=mark)
    try:
        rows = [row for row in islice(reader, LOOKED_AT) if any(map(has_value, row))]
    except csv.Error:
        return 0
    if not rows:
        return 0
    header, *body = rows
    agreeing = sum(len(row) == len(header) for row in body)
    return (len(header) - 1) * (agreeing + 0.01) / (len(body) + 0.01)


def text_rows(text: str, delimiter: str) -> Iterator[Sequence[Value]]:
    """The rows of a text file, quoted line breaks inside their cells. Raises UnreadableFile.

    Equal cells are one object, so that a million rows fit in memory.
    """
    if "\x00" in text:
        raise UnreadableFile("zero bytes: this is not a text file", "S132")
    texts: dict[str, str] = {}
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if len(texts) > _TEXTS:
                texts.clear()
            yield list(map(texts.setdefault, row, row))
    except csv.Error as error:
        line = str(reader.line_num)
        phrase = "quotes_open" if "end of data" in str(error) else "quotes_text_after"
        raise UnreadableFile(f"line {line}: {error}", "S133", phrase=phrase, line=line) from error


def _lines(text: str) -> Iterator[str]:
    return (line.group() for line in _LINE.finditer(text))


class Lengths:
    """Whether rows end where the header does.

    A row with more values than the header has cells holds a delimiter that is not quoted: its
    values stand under the wrong headers, and so do those of all rows where all of them are
    shorter than the header.
    """

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._rows = 0
        self._long: list[int] = []
        self.short: list[int] = []

    def watched(
        self, rows: Iterable[Sequence[Value]], row_numbers: Sequence[int]
    ) -> Iterator[Sequence[Value]]:
        """The same rows; the last of `row_numbers` is that of the row that comes."""
        for row in rows:
            self._rows += 1
            if len(row) < self._columns:
                self.short.append(row_numbers[-1])
            elif len(row) > self._columns and any(map(has_value, row[self._columns :])):
                self._long.append(row_numbers[-1])
            yield row

    def refuse(self) -> None:
        """Raise UnreadableFile with the rows if values stand under the wrong headers."""
        wrong = self._long or (self.short if len(self.short) == self._rows else [])
        if not wrong:
            return
        numbers = listed_rows(wrong)
        raise UnreadableFile(
            f"the header has {self._columns} cells, and not so rows {numbers}: "
            "a delimiter inside a cell without quotes",
            "S122",
            columns=str(self._columns),
            count=str(len(wrong)),
            rows=numbers,
        )
