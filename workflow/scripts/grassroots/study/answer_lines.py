"""Lines of a codebook that a message proposes: answers listed anew, and missing codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.answers import number
from grassroots.study.documents import PLACEHOLDER
from grassroots.study.faults import quoted


def codes_line(declared: Sequence[object], codes: Sequence[str]) -> str:
    """The line that declares missing codes, those that are declared already among them."""
    before = [str(code) if number(str(code)) is not None else f'"{code}"' for code in declared]
    return f"missing_codes: [{', '.join([*before, *codes])}]"


def listed_anew(key: str, listed: Mapping[str, Any], idle: str, value: str) -> str:
    """The line of the codebook with the value in place of the one word that occurs nowhere."""
    if not idle:
        return ""
    return _listing(
        key, {value if text == idle else text: meaning for text, meaning in listed.items()}
    )


def one_more(key: str, listed: Mapping[str, Any]) -> str:
    """The line of the codebook with a place for an answer that a message does not quote."""
    return _listing(key, {**listed, PLACEHOLDER: PLACEHOLDER})


def _listing(key: str, words: Mapping[str, Any]) -> str:
    each = [
        f"{quoted(text)}: {meaning:g}"
        if isinstance(meaning, float)
        else f"{quoted(text)}: {meaning}"
        for text, meaning in words.items()
    ]
    return f"{key}: {{{', '.join(each)}}}"
