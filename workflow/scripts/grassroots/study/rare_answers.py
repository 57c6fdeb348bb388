"""Answers of few people: which of them a message or a draft may show, and which only counts."""

import difflib
import re
from collections.abc import Iterable

from grassroots.intake.personal import may_name
from grassroots.study.faults import quoted

# What so few people answer is quoted only if it tells nothing but an answer: see `shown_answer`.
RARE = 3
_NO_ANSWER = "none null missing unknown infinity other refused".split()
# Amounts and bands of them, and what a spreadsheet writes in place of a result.
_BAND = re.compile(r"[\d.~—至到-]*\d(?:岁|年|元|万元?|人|次|天|小时)?(?:及?以[上下内])?")
_SHEET_ERROR = re.compile(r"#[A-Z/0!?]{2,7}")


def shown_answer(value: str, count: int, listed: Iterable[str] = ()) -> str:
    """A wrong answer as a message may show it: what few people wrote may name or tell of one.

    Theirs is shown if it is like an answer that is `listed`, has no word in it, or is as short as
    one word; the row is said in any case, so that whoever has the file can look.
    """
    if count < RARE and may_name(value):
        return f"[may be a name, {len(value)} characters]"
    if count < RARE and not _tells_only_an_answer(value, listed):
        return f"[text, {len(value)} characters]"
    return quoted(value)


def _tells_only_an_answer(value: str, listed: Iterable[str]) -> bool:
    if sum(each.isdecimal() for each in value) > 4:
        return False
    if len(value) <= 3 or value.lower() in _NO_ANSWER:
        return True
    if _BAND.fullmatch(value) or _SHEET_ERROR.fullmatch(value):
        return True
    if len(value) <= 8 and not re.search(r"[\u3400-\u9fff]|[^\W\d_]{2}", value):
        return True
    # As long as the answer that it is like: 非常同意 is one, 非常同意 with a name behind it is not.
    near = [each for each in listed if abs(len(each) - len(value)) <= 1]
    return bool(difflib.get_close_matches(value.lower(), [each.lower() for each in near], 1, 0.75))
