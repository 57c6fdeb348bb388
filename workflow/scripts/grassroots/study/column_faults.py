"""What is wrong with the columns of a raw file themselves: absent, repeated, or several for one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.answers import cell_text
from grassroots.intake.export import Export
from grassroots.intake.mapping import Problem
from grassroots.intake.reading import has_value
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted

Place = tuple[str | int, ...]


class ColumnFaults:
    """The columns of one raw file, and what its codebook says of them."""

    def __init__(
        self, export: Export, shown: str, document: Document[Codebook], plan: Mapping[str, Any]
    ) -> None:
        self.raw, self.options = export.raw, export.options
        self.shown, self.document, self.plan = shown, document, plan

    def kind(self, problem: Problem) -> str:
        """The kind of a problem, seen beside what the file has."""
        if problem.kind == "no_column":
            return "repeated" if f"{problem.column} (1)" in self.raw.columns else "absent"
        if problem.kind == "unknown" and problem.column in self.options:
            return "several"
        return problem.kind

    def owner(self, problem: Problem) -> Place:
        """What explains the answers of a column: its scale or its variable; else its own place."""
        place = self.place(problem.name)
        if problem.kind in ("unknown", "outside") and place[0] in ("scales", "background"):
            return place[:2]
        return place

    def place(self, name: str) -> Place:
        """Where the codebook names the column of a variable, an item, or about the answering."""
        if name.startswith("meta/"):
            path = tuple(int(part) if part.isdecimal() else part for part in name.split("/"))
            return (*path, "column") if path[1] in ("consent", "attention_checks") else path
        if name in self.plan["background"]:
            return ("background", name, "column")
        position = list(self.plan["items"]).index(name)
        for scale, part in self.document.model.scales.items():
            if position < len(part.items):
                return ("scales", scale, "items", position)
            position -= len(part.items)
        raise KeyError(name)

    def of_absent(self, problems: Sequence[Problem]) -> list[Fault]:
        """Columns that are not there; if most are not, the codebook is for another file."""
        parts = [*self.plan["background"].values(), *self.plan["items"].values()]
        named = {part["column"] for part in parts}
        absent = {problem.column for problem in problems} & named
        if len(absent) < 3 or 2 * len(absent) <= len(named):
            return [self._absent(problem) for problem in problems]
        headers = self._headers("")
        first = ", ".join(quoted(column) for column in headers[:6])
        words = {"absent": str(len(absent)), "all": str(len(named)), "file": self.shown}
        words |= {"first": first + (" …" if len(headers) > 6 else "")}
        phrases = {"advice": "another_file"}
        first_rows = zip(*(values[:20] for values in self.raw.cells), strict=True)
        for row, values in zip(self.raw.row_numbers[:20], first_rows, strict=True):
            here = {cell_text(value) for value in values if has_value(value)} & named
            if 2 * len(here) > len(named):
                words |= {"row": str(row), "here": str(len(here))}
                phrases = {"advice": "header_below"}
                break
        return [self.document.fault("S115", ("file",), phrases=phrases, **words)]

    def _absent(self, problem: Problem) -> Fault:
        path = self.place(problem.name)
        near = nearest_name(problem.column, self._headers(problem.column))
        masked = quoted(near) if near else ""
        edit = ""
        if near and masked == f'"{near}"':
            edit = f"- {masked}" if "items" in path else f"{path[-1]}: {masked}"
        words = {"column": quoted(problem.column), "file": self.shown}
        if not near:
            return self.document.fault("S104", path, **words)
        words["place"] = str(self.raw.columns.index(near) + 1)
        return self.document.fault("S104", path, masked, edit, {"nearest": "in_column"}, **words)

    def _headers(self, wanted: str) -> list[str]:
        """The headers that a message may show.

        The columns of options are called by what stands in cells: they are shown only to somebody
        who asks for an option of the same question.
        """
        hidden = {
            header
            for column, options in self.options.items()
            if not wanted or not wanted.startswith(column)
            for header in options.values()
        }
        return [column for column in self.raw.columns if column not in hidden]

    def of_repeated(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """A header that stands more than once: the reader has numbered its columns."""
        column = problems[0].column
        numbered = re.compile(re.escape(column) + r" \(\d+\)")
        places = [str(n) for n, c in enumerate(self.raw.columns, 1) if numbered.fullmatch(c)]
        words = {"column": quoted(column), "file": self.shown, "places": ", ".join(places)}
        return self.document.fault("S103", owner, f"{column} (1)", **words)

    def of_several(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """Several choices in one cell: each option has a column of its own."""
        column = problems[0].column
        own = [quoted(each) for each in self.options[column].values()]
        words = {"column": quoted(column), "options": ", ".join(own[:6])}
        place = self.place(problems[0].name)
        return self.document.fault("S129", place, "", f"column: {own[0]}", **words)
