"""Reads tables back from every form, each by the rules of its own format.

A table comes back as its title, its rows of cells (heading first) and its note, all as plain text:
a raised letter as such, a lowered word behind an underscore, lines joined by a blank.
"""

import csv
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

RAISED = dict(zip("0123456789-abcdefgnr", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵃᵇᶜᵈᵉᶠᵍⁿʳ", strict=True))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Read(NamedTuple):
    title: str
    rows: list[list[str]]
    note: str


def raised(text):
    return "".join(RAISED[letter] for letter in text)


def folded(text):
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


class _Page(HTMLParser):
    """The tables of one edition: blocks of class `table`, their captions, rows and notes."""

    def __init__(self, language):
        super().__init__()
        self.language, self.tables, self._into, self._script = language, [], None, []
        self._inside = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        look = given.get("class")
        if tag == "div" and look == "edition":
            self._inside = given["data-lang"] == self.language
        if self._inside and tag == "div" and look == "table":
            self.tables.append({"title": [], "rows": [], "note": []})
        if not self._inside or not self.tables:
            return
        if tag in ("sup", "sub"):
            self._script.append(tag)
        elif tag == "small" and self._into is not None:
            self._into.append(" ")
        else:
            self._place(tag, look)

    def _place(self, tag, look):
        now = self.tables[-1]
        if tag == "tr":
            now["rows"].append([])
        elif tag in ("td", "th"):
            now["rows"][-1].append([])
            self._into = now["rows"][-1][-1]
        elif tag == "caption":
            self._into = now["title"]
        elif look == "note-word":
            self._into = now["note"]
        elif tag in ("figure", "section") or look == "files":
            self._into = None

    def handle_endtag(self, tag):
        if tag in ("sup", "sub") and self._script:
            self._script.pop()
        if tag in ("table", "p", "caption"):
            self._into = None

    def handle_data(self, data):
        if self._into is not None and self._inside:
            script = self._script[-1] if self._script else ""
            self._into.append({"sup": raised, "sub": "_{}".format}.get(script, str)(data))


def from_html(page, language):
    reader = _Page(language)
    reader.feed(page)
    return [
        Read(
            folded("".join(table["title"])),
            [[folded("".join(cell)) for cell in row] for row in table["rows"]],
            folded("".join(table["note"])),
        )
        for table in reader.tables
    ]


def from_csv(content):
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline="")))
            width = len(rows[1])
            note = rows.pop()[0] if len(rows[-1]) < width else ""
            found.append(Read(rows[0][0], rows[1:], note))
    return found


def shown(value, form):
    """A number as a spreadsheet shows it by a format of two sections."""
    value = Decimal(value)
    sections = [[]]
    for part in re.findall(r'"[^"]*"|\\.|;|%|[#,0.]+', form):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    parts = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    value = abs(value) * (100 if "%" in parts else 1)
    return "".join(_part(part, value) for part in parts)


def _part(part, value):
    if part[0] == '"':
        return part[1:-1]
    if part[0] == "\\":
        return part[1]
    if part == "%":
        return part
    whole, _, decimals = part.partition(".")
    text = f"{value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):,f}"
    text = text if "," in whole else text.replace(",", "")
    return text.removeprefix("0") if not whole else text


def from_xlsx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = [_string(one) for one in ElementTree.fromstring(parts["xl/sharedStrings.xml"])]
    styles = ElementTree.fromstring(parts["xl/styles.xml"])
    forms = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{S}numFmt")}
    forms |= {"0": "0", "1": "0", "2": "0.00"}
    used = [forms.get(one.get("numFmtId")) for one in styles.find(f"{S}cellXfs")]
    found, number = [], 2
    while f"xl/worksheets/sheet{number}.xml" in parts:
        sheet = ElementTree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"])
        rows = [[_cell(one, strings, used) for one in row] for row in sheet.iter(f"{S}row")]
        width = len(rows[1])
        # A note stands over the merged cells of a row, or, in a narrow table, of a wider one.
        merged = sheet.find(f"{S}mergeCells") is not None
        note = rows.pop()[0] if merged else ""
        found.append(Read(rows[0][0], [row[:width] for row in rows[1:]], note))
        number += 1
    return found


def _string(item):
    runs = item.findall(f"{S}r") or [item]
    text = ""
    for run in runs:
        script = run.find(f"{S}rPr/{S}vertAlign")
        words = "".join(one.text or "" for one in run.findall(f"{S}t"))
        kind = script.get("val") if script is not None else ""
        text += {"superscript": raised, "subscript": "_{}".format}.get(kind, str)(words)
    return text.replace("\n", " ")


def _cell(cell, strings, forms):
    assert cell.find(f"{S}f") is None, "a formula"
    value = cell.find(f"{S}v")
    if value is None:
        return ""
    if cell.get("t") == "s":
        return strings[int(value.text)]
    return shown(value.text, forms[int(cell.get("s", "0"))])


def from_docx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
    blocks, found = list(body), []
    for before, table, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if table.tag == f"{W}tbl":
            rows = [[_words(cell) for cell in row.findall(f"{W}tc")]
                    for row in table.findall(f"{W}tr")]  # fmt: skip
            found.append(Read(folded(_words(before)), rows, _words(after)))
    return found


def _words(block):
    text = ""
    for run in block.iter(f"{W}r"):
        script = run.find(f"{W}rPr/{W}vertAlign")
        kind = script.get(f"{W}val") if script is not None else ""
        words = "".join(" " if one.tag == f"{W}br" else one.text or ""
                        for one in run if one.tag in (f"{W}br", f"{W}t"))  # fmt: skip
        text += {"superscript": raised, "subscript": "_{}".format}.get(kind, str)(words)
    return text


def from_latex(text, characters):
    """The tables of a whole tex file, its commands taken back by the same list of characters."""
    between = r"\\renewcommand\{\\thetable\}\{.*?\}\n\n(.*?)\n\n\\FloatBarrier"
    spoken = _Spoken(characters)
    return [_latex_table(block, spoken) for block in re.findall(between, text, re.S)]


def _latex_table(block, spoken):
    label, *told = block.split("\n")
    start = block.index("\\caption{") + len("\\caption{")
    title = f"{label.removeprefix('%')} {spoken.text(spoken.argument(block, start)[0])}"
    head = told[told.index("\\toprule") + 1]
    first = told.index("\\endlastfoot" if "\\endlastfoot" in told else "\\midrule") + 1
    last = told.index("\\end{longtable}" if "\\endlastfoot" in told else "\\bottomrule")
    rows = [head, *(row for row in told[first:last] if row != "\\addlinespace")]
    starts = ("\\footnotesize ", "\\noindent ")
    note = next((line.split(" ", 1)[1] for line in told if line.startswith(starts)), "")
    cells = [row.removesuffix(" \\\\").split(" & ") for row in rows]
    return Read(
        folded(title), [[spoken.text(cell) for cell in row] for row in cells], spoken.text(note)
    )


class _Spoken:
    """Reads LaTeX as it is spoken: every command that the tables may hold, and no other."""

    AWAY = {"\\newline ": " ", "\\\\{}": " ", "\\\\": " ", "\\quad ": "", "{}": ""}
    AROUND = {
        "\\textit{": str,
        "\\textbf{": str,
        "\\makecell[tl]{": str,
        "\\makecell[tr]{": str,
        "\\textsuperscript{": raised,
        "\\textsubscript{": "_{}".format,
    }

    def __init__(self, characters):
        signs = {told: sign for sign, told in reversed(characters.items())}
        known = [*signs, *self.AWAY, *self.AROUND]
        self._signs = signs
        self._known = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))

    def argument(self, text, start):
        """The text up to the closing brace, and the place behind it."""
        depth, place = 1, start
        while depth:
            if text[place] == "\\":
                place += 1
            else:
                depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        return text[start : place - 1], place

    def text(self, told):
        said, place = "", 0
        while place < len(told):
            found = self._known.match(told, place)
            if not found:
                assert told[place] not in "\\{}$&%#_^~", told[place:]
                said += told[place]
                place += 1
                continue
            what, place = found.group(), found.end()
            if what in self.AROUND:
                inner, place = self.argument(told, place)
                said += self.AROUND[what](self.text(inner))
            else:
                said += self._signs.get(what, self.AWAY.get(what, ""))
        return said
