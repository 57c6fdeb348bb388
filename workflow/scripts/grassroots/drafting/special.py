"""The questions that are no answers about the person: consent, and instructions to tick one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from grassroots.drafting.columns import Column
from grassroots.drafting.guess import Guess
from grassroots.drafting.speech import Speech
from grassroots.drafting.wording import highest_meant, in_order
from grassroots.intake.answers import number, plain_words

_CONSENT = re.compile(
    r"(知情同意|(是否|您|我).{0,6}(同意|愿意|自愿).{0,8}(参加|参与|接受|继续|填写|调查)"
    r"|informed consent|\bconsent\b|(agree|willing) to (participate|take part))",
    re.I,
)
_INSTRUCTION = re.compile(
    r"(?:请\s*(?:您)?\s*(?:直接)?\s*(?:选择|选|勾选|填)|please\s+(?:select|choose|tick|pick|answer))\s*"
    r"[“”\"'‘’「【(（]?\s*(?P<answer>[^“”\"'‘’」】)）。.,，!！?？]+)",
    re.I,
)
_PLACE = re.compile(r"第\s*([一二三四五六七八九\d])\s*(?:项|个)?(?:选项)?|option\s*(\d)", re.I)
_SUM = re.compile(r"(\d{1,3})\s*([+＋\-－×x*])\s*(\d{1,3})\s*[=＝?？]")
_CHINESE_DIGITS = {digit: place for place, digit in enumerate("一二三四五六七八九", start=1)}
_YES = ("同意", "愿意", "自愿", "是", "yes", "i agree", "agree", "i consent", "consent", "我同意")


@dataclass(frozen=True)
class Check:
    """A question with a right answer."""

    column: Column
    expected: Guess[str] | None
    """None if which answer passes cannot be told."""


def consent_question(columns: Sequence[Column], speech: Speech) -> Check | None:
    """The question for consent, or None."""
    for column in columns:
        few = 0 < len(column.counts) <= 4
        if not (few and _CONSENT.search(column.question)):
            continue
        words = {column.labels.get(code, code) if column.labels else code for code in column.counts}
        for word in sorted(words, key=len):
            if column.told(word, _YES) and plain_words(word).lower().rstrip("。.").startswith(_YES):
                return Check(column, Guess(word, 0.95, speech("consent_yes")))
        return Check(column, _followed_by_answers(column, columns, speech))
    return None


def _followed_by_answers(
    column: Column, columns: Sequence[Column], speech: Speech
) -> Guess[str] | None:
    """The answer after which the questionnaire goes on, where the other answers end it."""
    later = [each for each in columns if each.place > column.place][:10]
    goes_on = {}
    for answer in column.counts:
        rows = [row for row, value in enumerate(column.values) if value == answer]
        given = sum(bool(each.values[row]) for each in later for row in rows)
        goes_on[answer] = given / max(len(rows) * len(later), 1)
    most = [answer for answer, share in goes_on.items() if share >= 0.5]
    if len(most) == 1 and len(goes_on) > 1 and not column.personal and column.told(most[0]):
        return Guess(most[0], 0.8, speech("consent_goes_on"))
    return None


def attention_checks(columns: Sequence[Column], speech: Speech) -> list[Check]:
    """The questions that say which answer to tick, or ask for a sum."""
    found = []
    for column in columns:
        wanted = _wanted(column)
        if wanted is not None and column.counts and len(column.counts) <= 40:
            found.append(Check(column, _expected(column, wanted, speech)))
    return found


def _wanted(column: Column) -> str | None:
    """What the question asks for, as it says it."""
    total = _SUM.search(column.question)
    if total:
        first, sign, second = int(total[1]), total[2], int(total[3])
        return str({"+": first + second, "＋": first + second}.get(sign, first - second)
                   if sign not in "×x*" else first * second)  # fmt: skip
    instruction = _INSTRUCTION.search(column.question)
    # A question such as 请选择您的年龄 asks for no certain answer.
    if instruction is None or re.match(r"\s*(您|你|最|以下|下列|一项|the |your |one |all )",
                                       instruction["answer"]):  # fmt: skip
        return None
    return instruction["answer"].strip()


def _expected(column: Column, wanted: str, speech: Speech) -> Guess[str] | None:
    answers = list(column.counts)
    plain = {plain_words(_said(column, each)).lower(): each for each in answers}
    asked = plain_words(unicodedata.normalize("NFKC", wanted)).lower()
    share = {each: count / column.answered for each, count in column.counts.items()}
    exact = plain.get(asked)
    if exact is not None and column.told(exact, [wanted]):
        said = _said(column, exact)
        sure = 0.97 if share[exact] >= 0.5 else 0.6
        return Guess(said, sure, speech("check_words", share=_percent(share[exact])))
    place = _place(wanted)
    answers = [each for each in answers if column.told(each)]
    if column.personal or not answers:
        return None
    ordered = in_order(answers) or [f"{each:g}" for each in column.codes or []]
    if place is not None and 0 < place <= len(ordered):
        chosen = ordered[place - 1]
        return Guess(chosen, 0.7, speech("check_place", place=place, share=_percent(share[chosen])))
    side = highest_meant(wanted)
    if side is not None and column.codes:
        chosen = f"{(column.codes[-1] if side > 0 else column.codes[0]):g}"
        if side and share.get(chosen, 0) >= 0.5:
            return Guess(chosen, 0.7, speech("check_mode", share=_percent(share[chosen])))
    chosen = max(answers, key=lambda each: share[each])
    if share[chosen] >= 0.7:
        return Guess(
            _said(column, chosen), 0.5, speech("check_mode", share=_percent(share[chosen]))
        )
    return None


def _said(column: Column, answer: str) -> str:
    return column.labels.get(answer, answer) if column.labels else answer


def _place(wanted: str) -> int | None:
    found = _PLACE.search(wanted)
    if found:
        digit = found[1] or found[2]
        return _CHINESE_DIGITS.get(digit) or int(digit)
    as_number = number(wanted)
    return int(as_number) if as_number is not None and as_number.is_integer() else None


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
