"""One cell as an answer: the number that it is, or the words, and what these stand for."""

import re
import unicodedata
from collections.abc import Mapping
from math import isfinite, nan
from typing import Any

from grassroots.intake.reading import Value

# What some exports write before the words of an answer: its number and a mark, as in `3、同意`.
_NUMBERING = re.compile(r"\d{1,2}(?:、\s*|[.]\s*(?=[^\d\s]))")

NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def number(value: Value) -> float | None:
    """A cell as a number: text and full-width digits count, anything else is None.

    So is a number beyond all bounds: 1e999 would be taken for infinity.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    text = unicodedata.normalize("NFKC", str(value)).strip()
    found = float(text) if NUMBER.fullmatch(text) else nan
    return found if isfinite(found) else None


def cell_text(value: Value) -> str:
    """A cell as text: 3.0 and 3 are the same answer."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class Words:
    """What an answer in words, or the label of a coded answer, stands for.

    Words are the same if they differ only in the width of their characters, in blanks around them,
    or in a number before them; where that would make two answers one, only the exact words count.
    A label may repeat its code, as in `1.男` of the code 1.
    """

    def __init__(self, meanings: Mapping[str, Any], labels: Mapping[str, str]) -> None:
        self._exact = meanings
        self._labels = labels
        plain: dict[str, set[Any]] = {}
        for words, meaning in meanings.items():
            plain.setdefault(plain_words(words), set()).add(meaning)
        self._plain = {words: each.pop() for words, each in plain.items() if len(each) == 1}

    def meaning(self, text: str) -> Any:
        """The level or number that `text` stands for; None if it is not known."""
        for words in (text, *_label_words(text, self._labels.get(text, ""))):
            found = self._exact.get(words)
            found = self._plain.get(plain_words(words)) if found is None else found
            if found is not None:
                return found
        return None


def _label_words(code: str, label: str) -> list[str]:
    """A label as it stands, and without the code if it begins with that."""
    if not label:
        return []
    without = [label.removeprefix(f"{code}{mark}") for mark in ".、．"]
    return [label, *(words for words in without if words != label)]


def plain_words(text: str) -> str:
    """An answer in words without its numbering, with characters of the usual width."""
    return _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip(), count=1).strip()
