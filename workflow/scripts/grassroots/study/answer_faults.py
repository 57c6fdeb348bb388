"""What is wrong in the columns of a raw file, said once for each place in the codebook to mend."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.answers import cell_text, number, plain_words
from grassroots.intake.export import Export
from grassroots.intake.mapping import Problem
from grassroots.intake.reading import has_value
from grassroots.study.answer_lines import codes_line, listed_anew, one_more
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted, visible_part
from grassroots.study.rare_answers import shown_answer

Place = tuple[str | int, ...]
_SHOWN = 8

_ANSWERING = {"duration": "time_taken", "submitted": "date_sent"}


def answer_faults(
    problems: Sequence[Problem],
    export: Export,
    shown: str,
    document: Document[Codebook],
    plan: Mapping[str, Any],
) -> list[Fault]:
    """One fault for each thing to mend in the codebook; `shown` is how a user knows the raw file.

    The columns of one scale have their answers explained in one place, so they have one message.
    """
    found = _Columns(export, shown, document, plan)
    groups: dict[tuple[str, Place], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((found.kind(problem), found.owner(problem)), []).append(problem)
    absent = [each for (kind, _), several in groups.items() if kind == "absent" for each in several]
    groups = {key: several for key, several in groups.items() if key[0] != "absent"}
    faults = found.of_absent(absent)
    for (kind, owner), together in groups.items():
        faults.append(getattr(found, f"of_{kind}")(owner, together))
    return faults


class _Columns:
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

    def of_personal(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """Values that look personal: neither they nor how often each occurs are said."""
        words = self._counted(problems)
        column, phrases = quoted(problems[0].column), {"where": "the_column"}
        return Fault("D204", self.shown, where=column, words=words, phrases=phrases)

    def of_nobody_passes(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """An expected answer that nobody gives."""
        (problem,) = problems
        occurring = self._occurring([problem.column])
        near = nearest_name(problem.values[0], sorted(occurring)) if problem.values else ""
        near = shown_answer(near, occurring[near], problem.values) if near else ""
        values = ", ".join(quoted(value) for value in problem.values[:_SHOWN])
        words = {"column": quoted(problem.column), "values": values}
        return self.document.fault("D205", owner, near, **words)

    def of_unknown(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """Answers without a meaning: words that are not listed, or no numbers."""
        words = self._counted(problems)
        values = [value for problem in problems for value in problem.values]
        distinct = list(dict.fromkeys(values))
        printable = self._printable(problems)
        if owner[0] == "meta":
            what = {"what": _ANSWERING[str(owner[1])]}
            return self.document.fault("D206", owner, phrases=what, **words)
        key = "answers" if owner[0] == "scales" else "levels"
        listed = self._part(problems[0])[key]
        if not listed:
            return self._no_numbers(owner, problems, printable, words)
        occurring = {plain_words(text) for text in self._occurring(self._columns_of(owner))}
        idle = [text for text in listed if plain_words(text) not in occurring]
        words |= {"idle": ", ".join(map(quoted, idle[:_SHOWN]))}
        hidden = not printable.issuperset(distinct)
        phrases = {
            "idle": "idle_answers" if idle else "",
            "hidden": "hidden_answers" if hidden else "",
        }
        near = nearest_name(distinct[0], idle) or nearest_name(distinct[0], listed)
        edit = ""
        if len(distinct) == 1 and distinct[0] in printable:
            corrected = idle[0] if len(idle) == 1 else ""
            edit = listed_anew(key, listed, corrected, distinct[0])
        elif hidden and len(distinct) == 1:
            edit, phrases["edit"] = one_more(key, listed), "edit_hidden"
        near = quoted(near) if near else ""
        return self.document.fault("D202", (*owner, key), near, edit, phrases, **words)

    def _no_numbers(
        self,
        owner: Place,
        problems: Sequence[Problem],
        printable: set[str],
        words: dict[str, str],
    ) -> Fault:
        distinct = list(dict.fromkeys(value for problem in problems for value in problem.values))
        phrases = {"hidden": "" if printable.issuperset(distinct) else "hidden_answers"}
        point = visible_part(distinct[0]).replace(",", ".").replace("，", ".")
        if number(point) is not None:
            return self.document.fault("D207", owner, point, "", phrases, **words)
        codes = [quoted(value) for value in distinct[:_SHOWN]]
        plain = len(distinct) <= _SHOWN and set(distinct) <= printable
        edit = codes_line(self._part(problems[0])["missing_codes"], codes) if plain else ""
        return self.document.fault("D207", owner, "", edit, phrases, **words)

    def of_outside(self, owner: Place, problems: Sequence[Problem]) -> Fault:
        """Numbers outside the answers of the instrument: missing codes, or another coding."""
        part = self._part(problems[0])
        low, high = part["min"], part["max"]
        words = self._counted(problems, key=lambda value: number(value) or 0)
        words |= {"low": f"{low:g}", "high": f"{high:g}"}
        columns = self._columns_of(owner)
        answers = Counter(
            found
            for column in columns
            for value in self.raw.values(column)
            if (found := number(value)) is not None
            and cell_text(value) not in part["missing_codes"]
        )
        outside = sum(count for value, count in answers.items() if not low <= value <= high)
        # A number that a message would mask is none to paste either.
        codes = sorted(self._printable(problems), key=number)
        edit, advice = codes_line(part["missing_codes"], codes[:_SHOWN]), "advice_missing"
        edit = edit if codes else ""
        whole = part["whole"] and all(value.is_integer() for value in answers)
        if whole and max(answers) - min(answers) == high - low:
            first = int(min(answers))
            steps = range(int(high - low) + 1)
            numbers = ", ".join(f'"{first + step}": {low + step:g}' for step in steps)
            edit, advice = f"answers: {{{numbers}}}", "advice_shifted"
            words |= {"first": str(first), "last": f"{max(answers):g}"}
        elif 2 * outside > answers.total():
            edit, advice = "", "advice_other_range"
        phrases = {"advice": advice}
        return self.document.fault("D201", owner, edit=edit, phrases=phrases, **words)

    def _counted(self, problems: Sequence[Problem], key: Any = None) -> dict[str, str]:
        """How many answers in which columns and rows, and each value with its count."""
        rows = sorted({row for problem in problems for row in problem.rows})
        columns = list(dict.fromkeys(quoted(problem.column) for problem in problems))
        counts = _counts(problems)
        order = sorted(counts, key=key) if key else list(counts)
        listed = self._listed(problems)
        values = [
            f"{shown_answer(value, counts[value], listed)} ({counts[value]}×)" for value in order
        ]
        return {
            "count": str(sum(len(problem.rows) for problem in problems)),
            "file": self.shown,
            "columns": _some(columns, 3, ", "),
            "rows": _some([str(row) for row in rows], _SHOWN, ", "),
            "values": _some(values, _SHOWN, ", "),
        }

    def _printable(self, problems: Sequence[Problem]) -> set[str]:
        """The answers that a message may show as they are."""
        listed = self._listed(problems)
        return {
            value
            for value, count in _counts(problems).items()
            if shown_answer(value, count, listed) == f'"{value}"'
        }

    def _listed(self, problems: Sequence[Problem]) -> list[str]:
        """The answers that the codebook lists for the columns of the problems."""
        parts = self.plan["background"] | self.plan["items"]
        own = [parts.get(problem.name, {}) for problem in problems]
        return [text for part in own for key in ("answers", "levels") for text in part.get(key, ())]

    def _part(self, problem: Problem) -> Mapping[str, Any]:
        parts = self.plan["background"] | self.plan["items"]
        return parts[problem.name]

    def _columns_of(self, owner: Place) -> list[str]:
        if owner[0] == "background":
            return [self.plan["background"][owner[1]]["column"]]
        named = self.document.model.scales[str(owner[1])].items
        return [column for column in named if column in self.raw.columns]

    def _occurring(self, columns: Sequence[str]) -> Counter[str]:
        """How often each answer is given in some columns; coded ones by their labels too."""
        texts: Counter[str] = Counter()
        for column in columns:
            found = Counter(cell_text(each) for each in self.raw.values(column) if has_value(each))
            labels = self.raw.labels.get(column, {})
            texts += found
            texts += Counter({labels[text]: n for text, n in found.items() if text in labels})
        return texts


def _counts(problems: Sequence[Problem]) -> Counter[str]:
    """How often each wrong answer occurs in all the columns together."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts.update(dict(zip(problem.values, problem.counts, strict=False)))
    return counts


def _some(texts: Sequence[str], most: int, mark: str) -> str:
    return mark.join(texts[:most]) + (" …" if len(texts) > most else "")
