"""A drafted protocol and its instruments as text: one instrument for each matrix question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grassroots.drafting.blocks import Block
from grassroots.drafting.columns import Column
from grassroots.drafting.guess import Guess
from grassroots.drafting.keys import Suspect
from grassroots.drafting.level_names import level_names
from grassroots.drafting.speech import Speech
from grassroots.drafting.yaml_text import YamlText
from grassroots.intake.personal import may_name
from grassroots.study.faults import quoted

# A factor of fewer items is no model of its own.
FEWEST_ITEMS = 4
# So much of an item's wording tells it apart; the whole may be under a licence.
SHOWN = 16


@dataclass(frozen=True)
class ScaleFile:
    """An instrument to be drafted; `low` and `high` are the ends of its answers."""

    name: str
    block: Block
    items: tuple[str, ...]
    low: float
    high: float
    whole: bool
    in_words: bool
    suspects: Sequence[Suspect] = ()


@dataclass(frozen=True)
class StudyDraft:
    """A protocol to be drafted."""

    name: str
    file: str
    scales: Sequence[ScaleFile]
    variables: Sequence[tuple[str, Column]]
    """A name for each background variable, and its column."""
    consent: bool
    checks: bool


def instrument_text(scale: ScaleFile, speech: Speech) -> str:
    """The file of one instrument."""
    out = YamlText(speech)
    out.comment(speech("instrument_head", stem=_short(scale.block.stem, 60)))
    out.key(0, "title")
    _title(out, 2, scale.block.stem, "scale_title")
    out.todo(0, "source", speech("source_needed"))
    out.key(0, "licence", comment=out.mark(Guess("", 0.6, speech("wording_reason"))))
    out.key(2, "name")
    out.key(4, "en", "terms of the wording not yet looked up; item ids only")
    out.key(4, "zh", "题目文字的使用条件尚未查明，仅列题号")
    out.key(2, "text_allowed", False)
    reason = "range_of_words" if scale.in_words else "range_seen"
    out.key(0, "response", comment=out.mark(Guess("", 0.8, speech(reason))))
    out.key(2, "min", scale.low)
    out.key(2, "max", scale.high)
    if not scale.whole:
        out.guess(2, "whole", Guess(False, 0.9, speech("not_whole")))
    out.key(0, "items")
    for item, row in zip(scale.items, scale.block.rows, strict=True):
        out.lines.append(f"  {item}: {{}}  # {_short(row, SHOWN)}")
    if scale.suspects:
        shown = ", ".join(f"{each.item}: r = {each.r:.2f}" for each in scale.suspects)
        guess = Guess(
            [each.item for each in scale.suspects], 0.6, speech("reversed_seen", shown=shown)
        )
        out.guess(0, "reversed", guess)
    else:
        out.key(0, "reversed", [], speech("reversed_none"))
    out.comment(speech("dimensions_example", first=scale.items[0], second=scale.items[1]))
    out.guess(0, "total", Guess(True, 0.7, speech("total_reason")))
    return out.text()


def protocol_text(draft: StudyDraft, speech: Speech) -> str:
    """The file of the protocol."""
    out = YamlText(speech)
    out.comment(speech("protocol_head", file=draft.file))
    out.key(0, "title")
    out.todo(2, "en", speech("study_title_en"))
    out.todo(2, "zh", speech("study_title_zh"))
    out.key(0, "question")
    out.todo(2, "en", speech("question_en"))
    out.todo(2, "zh", speech("question_zh"))
    out.key(0, "instruments")
    for scale in draft.scales:
        stem = _short(scale.block.stem, 30)
        reason = speech("one_for_each", stem=stem, size=len(scale.items))
        out.element(2, scale.name, out.mark(Guess("", 0.9, reason)))
    if draft.variables:
        out.key(0, "background", comment=speech("background_hint"))
        for name, column in draft.variables:
            _variable(out, name, column)
    _screening(out, draft)
    _analyses(out, draft)
    out.comment(speech("hypotheses_example", scale=draft.scales[0].name))
    return out.text()


def _title(out: YamlText, indent: int, words: str, what: str) -> None:
    """A title in both languages: the one that is there, and a place for the other."""
    chinese = re.search(r"[\u4e00-\u9fff]", words)
    safe = _shown(words, 60)[1:-1]
    if chinese:
        out.todo(indent, "en", out.speech(f"{what}_en"))
        out.key(indent, "zh", safe, out.mark(Guess("", 0.6, out.speech("words_of_question"))))
    else:
        out.key(indent, "en", safe, out.mark(Guess("", 0.6, out.speech("words_of_question"))))
        out.todo(indent, "zh", out.speech(f"{what}_zh"))


def _variable(out: YamlText, name: str, column: Column) -> None:
    say = out.speech
    out.key(2, name)
    out.key(4, "title", comment=out.mark(Guess("", 0.6, say("words_of_question"))))
    question = _shown(column.question, 40)[1:-1].rstrip("：:?？ ")
    known = not re.fullmatch(r"question_\d+(_\d+)?", name)
    out.key(6, "en", name.replace("_", " ").capitalize() if known else question)
    out.key(6, "zh", question)
    numbers = column.numbers
    if numbers is not None and column.codes is None:
        return
    levels, ordered = level_names(column)
    order = Guess("", 0.85 if ordered else 0.5, say("order_known" if ordered else "order_unknown"))
    out.key(4, "levels", comment=out.mark(order))
    for level in levels:
        out.key(6, level.name)
        coded = level.zh.strip().isdecimal()
        if coded:
            out.todo(8, "en", say("code_words_en", code=level.zh))
            out.todo(8, "zh", say("code_words_zh", code=level.zh))
            continue
        if level.en:
            out.key(8, "en", level.en)
        else:
            out.key(8, "en", level.zh, out.mark(Guess("", 0.5, say("no_english"))))
        out.key(8, "zh", level.zh)


def _screening(out: YamlText, draft: StudyDraft) -> None:
    exclude = ["no_consent"] * draft.consent + ["failed_attention_check"] * draft.checks
    out.key(0, "screening")
    if exclude:
        out.guess(2, "exclude", Guess(exclude, 0.9, out.speech("exclude_reason")))
    out.key(2, "minimum_answered", 0.5)
    out.key(2, "flags", comment=out.speech("flags_hint"))
    for key, value in (("seconds_per_item", 2), ("longstring", 0.5), ("lowest_irv", 0.1),
                       ("mahalanobis_p", 0.001), ("missing", 0.2), ("families", 2)):  # fmt: skip
        out.key(4, key, value)
    out.key(4, "same_answers", True)


def _analyses(out: YamlText, draft: StudyDraft) -> None:
    say = out.speech
    models = [scale for scale in draft.scales if len(scale.items) >= FEWEST_ITEMS]
    if models:
        out.key(0, "measurement", comment=out.mark(Guess("", 0.7, say("one_factor_reason"))))
        for scale in models:
            out.key(2, f"{scale.name}_model")
            out.key(4, "title")
            out.key(6, "en", f"{scale.name} in one factor".replace("_", " "))
            out.key(6, "zh", f"{_shown(scale.block.stem, 20)[1:-1]}单因子模型")
            out.key(4, "factors", [scale.name])
    scales = [scale.name for scale in draft.scales]
    out.key(0, "missing")
    out.key(2, "scales", scales)
    by = [
        name for name, column in draft.variables if column.codes is not None or not column.numbers
    ]
    if by:
        out.key(0, "groups", comment=out.mark(Guess("", 0.7, say("groups_reason"))))
        out.key(2, "outcomes", scales)
        out.key(2, "by", by)


def _short(text: str, longest: int) -> str:
    return _shown(text, longest).replace("#", "")


def _shown(text: str, longest: int) -> str:
    """Words of a question, quoted; the rows of a matrix can be people."""
    return "[may be a name]" if may_name(text) else quoted(text, longest)
