"""What is wrong in the columns of a raw file, said once for each place in the codebook to mend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.answers import cell_text, number, plain_words
from grassroots.intake.export import Export
from grassroots.intake.mapping import Problem
from grassroots.intake.reading import has_value
from grassroots.study.answer_lines import codes_line, listed_anew, one_more
from grassroots.study.codebook import Codebook
from grassroots.study.column_faults import ColumnFaults, Place
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted, visible_part
from grassroots.study.rare_answers import shown_answer

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
    found = _AnswerFaults(export, shown, document, plan)
    groups: dict[tuple[str, Place], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((found.kind(problem), found.owner(problem)), []).append(problem)
    absent = [each for (kind, _), several in groups.items() if kind == "absent" for each in several]
    groups = {key: several for key, several in groups.items() if key[0] != "absent"}
    faults = found.of_absent(absent)
    for (kind, owner), together in groups.items():
        faults.append(getattr(found, f"of_{kind}")(owner, together))
    return faults


class _AnswerFaults(ColumnFaults):
    """What is wrong with the answers in the columns too."""

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
