"""LaTeX: three-line tables for booktabs, in a float or, where they are long, over several pages.

What a character becomes is in `report/templates/latex.json.j2`, which the page holds for its own
button: the two give the same text. `tables.<language>.tex` is whole: XeLaTeX sets it as it is; a
single table can be copied out of it.
"""

from collections.abc import Mapping

from grassroots.report.forms.inline import Line, Lines, Run
from grassroots.report.forms.printed import PrintedCell, PrintedTable, Section
from grassroots.report.forms.widths import column_widths

LONG = 35
# A column of words that is wider than this is set as a paragraph of that width.
WORDS = 30
PARAGRAPH = r">{\raggedright\arraybackslash}p{14em}"
COMMANDS = {"i": "textit", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript"}
PACKAGES = "booktabs, longtable, makecell, adjustbox, amssymb"

PREAMBLE = r"""% {title}
% {needs}
\documentclass[{options}]{{{document}}}
{packages}
\geometry{{margin=2cm}}
\renewcommand{{\cellalign}}{{tl}}
\begin{{document}}
{opening}
"""


def latex_text(
    sections: list[Section], characters: Mapping[str, str], title: str, language: str, mark: str
) -> str:
    """The whole study; `mark` says of simulated data that they are, and is empty for others."""
    written = _Writer(characters)
    chinese = language == "zh"
    packages = [
        rf"\usepackage{{{name}}}" for name in (*PACKAGES.split(", "), "placeins", "geometry")
    ]
    parts = []
    for section in sections:
        parts.append(rf"\section*{{{written.text(section.title)}}}")
        for table in section.tables:
            number = table.label.split()[-1] if table.label else ""
            parts.append(rf"\renewcommand{{\thetable}}{{{written.text(number)}}}")
            parts.append(written.table(table))
            parts.append(r"\FloatBarrier")
    body = "\n\n".join(parts)
    if not chinese and not body.isascii():
        packages.insert(0, r"\usepackage[scheme=plain]{ctex}")
    opening = [rf"\section*{{{written.text(title)}}}"]
    opening += [rf"\noindent\textbf{{{written.text(mark)}}}"] if mark else []
    head = PREAMBLE.format(
        title=_comment(title),
        needs=f"XeLaTeX; {PACKAGES}",
        options="UTF8" if chinese else "a4paper",
        document="ctexart" if chinese else "article",
        packages="\n".join(packages),
        opening="\n\n".join(opening),
    )
    return f"{head}\n{body}\n\n\\end{{document}}\n"


def latex_table(table: PrintedTable, characters: Mapping[str, str]) -> str:
    """One table, to be put into a document that uses `PACKAGES`."""
    return _Writer(characters).table(table)


def _comment(text: str) -> str:
    return " ".join(text.split())


class _Writer:
    """Writes with one table of characters."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        self._characters = str.maketrans(dict(characters))

    def text(self, text: str) -> str:
        """Text with every character that LaTeX would misread replaced."""
        return text.translate(self._characters)

    def table(self, table: PrintedTable) -> str:
        long = len(table.rows) > LONG
        widths = zip(column_widths(table), table.columns, strict=True)
        paragraphs = [letters > WORDS and not column.right for letters, column in widths]
        columns = "".join(
            PARAGRAPH if paragraph else "r" if column.right else "l"
            for paragraph, column in zip(paragraphs, table.columns, strict=True)
        )
        head = self._row(table.columns, paragraphs)
        rows = []
        for place, row in enumerate(table.rows):
            rows += [r"\addlinespace"] if place in table.rules_before else []
            rows.append(self._row(row, paragraphs))
        caption = rf"\caption{{{self._line(table.caption)}}}"
        label = rf"\label{{tab:{table.file}}}"
        note = self._line(table.note)
        form = _long if long else _floating
        return "\n".join(
            [
                f"% {_comment(table.label)}".rstrip(),
                *form(columns, caption, label, head, rows, note),
            ]
        )

    def _row(self, cells: list[PrintedCell], paragraphs: list[bool]) -> str:
        texts = [self._cell(*each) for each in zip(cells, paragraphs, strict=True)]
        # A bracket or star after the end of a row would be taken for that command's argument.
        texts[0] = _guarded(texts[0])
        return " & ".join(texts) + r" \\"

    def _cell(self, cell: PrintedCell, paragraph: bool) -> str:
        lines = [self._runs(line) for line in cell.text]
        if len(lines) < 2:
            return "".join(lines)
        if paragraph:
            return r"\newline ".join(lines)
        inner = r"\\".join([lines[0], *map(_guarded, lines[1:])])
        return rf"\makecell[{'tr' if cell.right else 'tl'}]{{{inner}}}"

    def _line(self, text: Lines) -> str:
        return " ".join(map(self._runs, text))

    def _runs(self, line: Line) -> str:
        text = "".join(map(self._run, line.runs))
        return rf"\quad {text}" if line.indented else text

    def _run(self, run: Run) -> str:
        text = self.text(run.text)
        for style, command in COMMANDS.items():
            if style in run.styles:
                text = rf"\{command}{{{text}}}"
        return text


def _guarded(text: str) -> str:
    return f"{{}}{text}" if text.startswith(("[", "*")) else text


def _floating(
    columns: str, caption: str, label: str, head: str, rows: list[str], note: str
) -> list[str]:
    below = [
        "",
        r"\smallskip",
        r"\begin{minipage}{\linewidth}",
        rf"\footnotesize {note}",
        r"\end{minipage}",
    ]
    return [
        r"\begin{table}[htbp]",
        r"\centering",
        caption,
        label,
        r"\begin{adjustbox}{max width=\linewidth}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        head,
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{adjustbox}",
        *(below if note else []),
        r"\end{table}",
    ]


def _long(
    columns: str, caption: str, label: str, head: str, rows: list[str], note: str
) -> list[str]:
    small = [r"\begingroup", r"\footnotesize", r"\setlength{\tabcolsep}{3pt}"]
    top = [r"\toprule", head, r"\midrule"]
    return [
        *small,
        rf"\begin{{longtable}}{{{columns}}}",
        rf"{caption}{label} \\",
        *top,
        r"\endfirsthead",
        *top,
        r"\endhead",
        r"\bottomrule",
        r"\endlastfoot",
        *rows,
        r"\end{longtable}",
        *([rf"\noindent {note}", ""] if note else []),
        r"\endgroup",
    ]
