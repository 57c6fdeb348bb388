"""What one column of an export holds: its answers, how often each occurs, whether it counts."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grassroots.intake.answers import cell_text, number
from grassroots.intake.personal import looks_personal, may_name, personal_answer
from grassroots.intake.reading import RawTable, has_value
from grassroots.intake.recognition import Export
from grassroots.study.rare_answers import RARE, shown_answer

# What exports write where nothing was answered. The two numbers mean it only where every other
# answer is positive: some scales run from -3 to 3.
WRITTEN_MISSING = {
    "(空)",
    "（空）",
    "(跳过)",
    "（跳过）",
    "未填",
    "未作答",
    "N/A",
    "NA",
    "n/a",
    "NaN",
}
NUMBERED_MISSING = {"-2", "-3"}

# A column with more different answers than this is no choice among given answers.
MOST_CHOICES = 12


@dataclass(frozen=True)
class Column:
    """A column: `question` is its text, `counts` its answers without those that mean none."""

    header: str
    question: str
    place: int
    values: list[str]
    """The answer of each respondent, empty where there is none."""
    counts: Mapping[str, int]
    missing_codes: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    """The words of its codes, of those that mean an answer."""
    matrix: str = ""
    """The question that it is a row of, where the platform says so."""

    @property
    def answered(self) -> int:
        """How many gave an answer."""
        return sum(self.counts.values())

    @functools.cached_property
    def personal(self) -> bool:
        """Whether an answer, or the question itself, looks like personal data."""
        texts = [self.header, self.question, self.matrix, *(self.labels or {}).values()]
        return any(map(looks_personal, texts)) or any(map(personal_answer, self.counts))

    def told(self, answer: str, listed: Iterable[str] = ()) -> bool:
        """Whether a draft may write an answer: what few people wrote may name or tell of one.

        `listed` are answers that it may be like. Labels are words of the questionnaire.
        """
        count = RARE if self.labels and answer in self.labels else self.counts.get(answer, RARE)
        return shown_answer(answer, count, listed) == f'"{answer}"'

    @functools.cached_property
    def numbers(self) -> list[float] | None:
        """The different answers as numbers, ascending; None if one of them is none."""
        found = [number(value) for value in self.counts]
        return sorted({each for each in found if each is not None}) if None not in found else None

    @property
    def codes(self) -> list[float] | None:
        """The different answers if they are whole numbers and few, ascending."""
        numbers = self.numbers
        whole = numbers and all(each.is_integer() for each in numbers)
        return numbers if whole and len(numbers) <= MOST_CHOICES else None

    @property
    def words(self) -> list[str]:
        """The different answers in words, or the labels of its codes, in the order of the codes."""
        if self.labels:
            return [self.labels[key] for key in sorted(self.labels, key=_by_number)]
        return list(self.counts)

    @property
    def is_choice(self) -> bool:
        """Whether the answers are few enough to have been offered."""
        return 0 < len(self.counts) <= MOST_CHOICES and not self.personal


def columns_of(export: Export) -> list[Column]:
    """The columns that hold answers: none about the answering, none that the reader ignores."""
    options = [*export.options, *(each for own in export.options.values() for each in own.values())]
    about = {*export.meta.values(), *export.ignored, *options}
    raw = export.raw
    return [
        _column(export, raw, header, place)
        for place, header in enumerate(raw.columns)
        if header not in about and header and raw.columns.count(header) == 1
    ]


def told_words(words: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The words that a draft may write of answers that several columns have in common."""
    labels = {label for column in columns for label in (column.labels or {}).values()}
    counts: Counter[str] = Counter()
    for column in columns:
        counts.update(column.counts)
    listed = [word for word in words if word in labels or counts[word] >= RARE]
    return [
        word
        for word in words
        if shown_answer(word, RARE if word in labels else counts[word], listed) == f'"{word}"'
    ]


def _column(export: Export, raw: RawTable, header: str, place: int) -> Column:
    texts = [cell_text(value) if has_value(value) else "" for value in raw.values(header)]
    counts = Counter(text for text in texts if text)
    written = {value for value in counts if value in WRITTEN_MISSING}
    others = [number(value) for value in counts if value not in written | NUMBERED_MISSING]
    if others and all(each is not None and each >= 0 for each in others):
        written |= NUMBERED_MISSING & set(counts)
    labels = {
        code: without_code(code, label)
        for code, label in (export.labels.get(header) or {}).items()
        if label not in WRITTEN_MISSING
        and code not in written
        # What nobody has answered is not needed if it may name somebody.
        and (code in counts or not (personal_answer(label) or may_name(label)))
    }
    return Column(
        header,
        question_text(export.questions.get(header) or header),
        place,
        ["" if text in written else text for text in texts],
        {value: count for value, count in counts.items() if value not in written},
        tuple(sorted(written)),
        labels or None,
        export.matrices.get(header, ""),
    )


def without_code(code: str, label: str) -> str:
    """A label without its own code before it, as in `1.男`."""
    found = re.fullmatch(rf"{re.escape(code)}\s*[.、．:：]\s*(.+)", label.strip())
    return found[1] if found else label.strip()


def question_text(header: str) -> str:
    """A question without its number: `3、您的年龄` and `第3题(您的年龄)` ask `您的年龄`."""
    old = re.fullmatch(r"第\d{1,3}题[(（](.*)[)）]", header)
    return old[1] if old else re.sub(r"^\s*(?:Q?\d{1,3})\s*[、.．:：]\s*", "", header)


def _by_number(text: str) -> tuple[bool, float, str]:
    found = number(text)
    return (found is None, found or 0.0, text)
