"""Word: all tables of a study, each with its three lines, wide ones on pages laid across.

Written as WordprocessingML (ECMA-376) by templates, like the page; nothing in it depends on when
it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from grassroots.report.forms.archive import packed
from grassroots.report.forms.inline import Lines
from grassroots.report.forms.printed import PrintedTable, Section
from grassroots.report.forms.widths import column_widths, longest_words

# Twips: a twentieth of a point. A4 less margins of 2.3 cm.
UPRIGHT, ACROSS = 9298, 14230
LETTER, BETWEEN, NARROWEST = 96, 180, 600
# What is no wider, a number, an interval or a name, stays on one line.
SHORT = BETWEEN + 20 * LETTER
# A table of more rows than this is broken between pages.
TOGETHER = 28

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_STYLES = {
    "b": "<w:b/>",
    "i": "<w:i/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package'
    '.core-properties+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" '
    'Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" '
        f'Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles"),
                ("settings", "settings"),
                ("header", "header1"),
                ("footer", "footer1"),
            ),
            1,
        )
    )
    + "</Relationships>",
    "word/settings.xml": f'<w:settings {_W}><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
    "word/footer1.xml": f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
}


@dataclass(frozen=True)
class Part:
    """A table with the heading that stands before it, if it opens a chapter."""

    heading: str
    table: PrintedTable
    widths: list[int]
    together: bool


@dataclass(frozen=True)
class Sheet:
    """Neighbouring tables on pages of one orientation."""

    wide: bool
    parts: list[Part]


def docx_bytes(
    sections: list[Section], title: str, language: str, mark: str, templates: Environment
) -> bytes:
    """The document; `mark` tells of simulated data, on every page, and is empty for others."""
    values: dict[str, Any] = {"title": title, "language": language, "mark": mark}
    parts = {
        **_PARTS,
        "word/document.xml": _filled(
            templates,
            "docx_document.xml.j2",
            {**values, "sheets": sheets(sections), "lines": _runs},
        ),
        "word/styles.xml": _filled(templates, "docx_styles.xml.j2", values),
        "word/header1.xml": f'<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(mark)}</w:t></w:r></w:p></w:hdr>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>grassroots</dc:creator>"
        f"<dc:description>{escape(mark)}</dc:description></cp:coreProperties>",
    }
    return packed(
        {
            name: (text if text.startswith("<?xml") else _XML + text).encode()
            for name, text in parts.items()
        }
    )


def _runs(text: Lines) -> Markup:
    """The text in runs of one look. A template would take three times as long for each cell."""
    written = []
    for line in text:
        if written:
            written.append("<w:r><w:br/></w:r>")
        for run in line.runs:
            look = "".join(tag for style, tag in _STYLES.items() if style in run.styles)
            look = f"<w:rPr>{look}</w:rPr>" if look else ""
            written.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>')
    return Markup("".join(written))


def _filled(templates: Environment, name: str, values: Mapping[str, Any]) -> str:
    return templates.get_template(name).render(values).strip()


def sheets(sections: list[Section]) -> list[Sheet]:
    """The tables in their order; a chapter's heading goes with its first table."""
    found: list[Sheet] = []
    for section in sections:
        for number, table in enumerate(section.tables):
            wide = table.dense and sum(_natural(table)) > UPRIGHT
            if not found or found[-1].wide != wide:
                found.append(Sheet(wide, []))
            heading = section.title if number == 0 else ""
            widths = column_twips(table, ACROSS if wide else UPRIGHT)
            found[-1].parts.append(Part(heading, table, widths, len(table.rows) <= TOGETHER))
    return found


def column_twips(table: PrintedTable, room: int) -> list[int]:
    """Widths of the columns: what is short is not broken; what is left is shared by need."""
    natural = _natural(table)
    whole = sum(natural)
    if whole <= room:
        wanted = min(room, max(whole * 5 // 4, room * 3 // 5))
        return [each * wanted // whole for each in natural]
    least = [
        wished if wished <= SHORT else min(wished, max(word, NARROWEST))
        for wished, word in zip(natural, _twips(longest_words(table)), strict=True)
    ]
    left = room - sum(least)
    if left < 0:
        return [each * room // sum(least) for each in least]
    needs = [wished - each for wished, each in zip(natural, least, strict=True)]
    return [each + left * need // sum(needs) for each, need in zip(least, needs, strict=True)]


def _twips(letters: list[int]) -> list[int]:
    return [BETWEEN + LETTER * each for each in letters]


def _natural(table: PrintedTable) -> list[int]:
    """The widths at which no line is broken."""
    return _twips(column_widths(table))
