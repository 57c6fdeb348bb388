"""The drafted codebook as text: what was guessed, how surely and why, and what is left to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grassroots.drafting.columns import Column, told_words
from grassroots.drafting.guess import Guess
from grassroots.drafting.keys import Suspect
from grassroots.drafting.scales import ScaleDraft
from grassroots.drafting.special import Check
from grassroots.drafting.speech import Speech
from grassroots.drafting.variables import VariableDraft
from grassroots.drafting.yaml_text import YamlText
from grassroots.study.documents import PLACEHOLDER
from grassroots.study.faults import catalogue, quoted
from grassroots.study.instrument import Instrument
from grassroots.study.protocol_description import Variable
from grassroots.study.rare_answers import shown_answer


@dataclass(frozen=True)
class CodebookDraft:
    """All that is put into a drafted codebook."""

    city: str
    protocol: str
    files: Sequence[str]
    platform: str
    format: str
    encoding: str
    respondents: int
    dates: tuple[str, str] | None
    """The first and the last day of sending."""
    meta: Mapping[str, str]
    consent: Check | None
    consent_needed: bool
    checks: Sequence[Check]
    checks_needed: bool
    variables: Sequence[VariableDraft]
    declared: Mapping[str, Variable]
    scales: Sequence[ScaleDraft]
    instruments: Mapping[str, Instrument]
    suspects: Sequence[Suspect]
    left: Sequence[Column]
    """The columns that nothing was found for."""


def codebook_text(draft: CodebookDraft, speech: Speech) -> str:
    """The file, ready to be read by a person and by `check`."""
    out = YamlText(speech)
    out.comment(speech("codebook_head", city=draft.city, protocol=draft.protocol))
    _about(out, draft)
    _file(out, draft)
    _meta(out, draft)
    if draft.variables:
        out.key(0, "background")
        for variable in draft.variables:
            _variable(out, variable, draft)
    out.key(0, "scales")
    for scale in draft.scales:
        _scale(out, scale, draft)
    _left(out, draft)
    return out.text()


def _about(out: YamlText, draft: CodebookDraft) -> None:
    say = out.speech
    out.key(0, "title")
    out.todo(2, "en", say("title_en"))
    out.todo(2, "zh", say("title_zh"))
    out.key(0, "place")
    out.todo(2, "en", say("place_en"))
    out.todo(2, "zh", say("place_zh"))
    if draft.dates is not None:
        first, last = draft.dates
        guess = Guess("", 0.9, say("dates_from_file"))
        out.key(0, "collected", comment=out.mark(guess))
        out.key(2, "en", first if first == last else f"{first} to {last}")
        out.key(2, "zh", first if first == last else f"{first}至{last}")
    else:
        out.key(0, "collected")
        out.todo(2, "en", say("collected_en"))
        out.todo(2, "zh", say("collected_zh"))
    out.key(0, "origin")
    out.todo(2, "en", say("origin_en"))
    out.todo(2, "zh", say("origin_zh"))
    out.key(0, "licence", comment=out.mark(Guess("", 0.7, say("licence_reason"))))
    out.key(2, "name")
    out.key(4, "en", "not for publication; for this study only")
    out.key(4, "zh", "仅供本研究使用，不公开")
    out.key(2, "text_allowed", False)
    out.guess(0, "simulated", Guess(False, 0.9, say("simulated_reason")))


def _file(out: YamlText, draft: CodebookDraft) -> None:
    say = out.speech
    platform = catalogue(say.language)[f"platform_{draft.platform}"]
    out.key(0, "file", draft.files[0])
    if len(draft.files) > 1:
        out.guess(0, "second_file", Guess(draft.files[1], 0.98, say("second_file_found")))
    found = say("format_found", platform=platform, respondents=draft.respondents)
    out.guess(0, "format", Guess(draft.format, 0.98, found))
    if draft.encoding in ("utf-8", "utf-16", "gb18030"):
        out.guess(0, "encoding", Guess(draft.encoding, 0.95, say("encoding_found")))


def _meta(out: YamlText, draft: CodebookDraft) -> None:
    say = out.speech
    checks = [*draft.checks] or ([None] if draft.checks_needed else [])
    consent = draft.consent or draft.consent_needed
    if not (draft.meta or checks or consent):
        return
    out.key(0, "meta")
    for role, header in draft.meta.items():
        if role in ("duration", "submitted", "address", "channel"):
            out.guess(2, role, Guess(header, 0.97, say(f"meta_{role}")))
    if consent:
        out.key(2, "consent")
        missing = say("no_consent_found", protocol=draft.protocol)
        _check(out, 4, draft.consent, missing)
    if checks:
        out.key(2, "attention_checks")
        for check in checks:
            _check(out, 6, check, say("no_check_found", protocol=draft.protocol), "- ")


def _check(out: YamlText, indent: int, check: Check | None, missing: str, dash: str = "") -> None:
    say = out.speech
    start = len(out.lines)
    if check is None:
        out.todo(indent, "column", missing)
    else:
        out.guess(indent, "column", Guess(check.column.header, 0.95, say("check_column")))
    if check is not None and check.expected is not None:
        out.guess(indent, "expected", check.expected, [_as_code(check.expected.value)])
    else:
        shown = _some(check.column, say) if check else ""
        seen = say("check_expected_seen", answers=shown) if shown else say("check_expected")
        out.key(indent, "expected", [PLACEHOLDER], seen)
    if dash:
        first = out.lines[start]
        out.lines[start] = first[: indent - 2] + dash + first[indent:]


def _variable(out: YamlText, variable: VariableDraft, draft: CodebookDraft) -> None:
    say = out.speech
    declared = draft.declared[variable.name]
    known = ", ".join(declared.levels)
    title = f"{declared.title.zh} / {declared.title.en}"
    out.key(2, variable.name)
    if variable.column is None:
        near = ", ".join(quoted(column.header, 24) for column in draft.left[:4])
        key = "column_unknown_near" if near else "column_unknown"
        out.todo(4, "column", say(key, title=title, near=near))
        if declared.levels:
            out.key(4, "levels")
            out.todo(6, PLACEHOLDER, say("level_unknown", known=known))
        return
    column = variable.column.value
    out.guess(4, "column", variable.column, column.header)
    if variable.levels:
        out.key(4, "levels")
        words = [text for level in declared.levels.values() for text in (level.zh, level.en)]
        untold = [value for value in variable.levels if not column.told(value, words)]
        for value, level in variable.levels.items():
            count = column.counts.get(value)
            if value in untold:
                continue
            if level is not None:
                out.guess(6, value, level)
            elif count is None:
                out.todo(6, value, say("level_unknown", known=known))
            else:
                out.todo(6, value, say("level_unknown_seen", count=count, known=known))
        if untold:
            out.comment(say("answers_masked", count=len(untold)), 6)
    _missing(out, 4, [column])


def _scale(out: YamlText, scale: ScaleDraft, draft: CodebookDraft) -> None:
    say = out.speech
    instrument = draft.instruments[scale.name]
    size = len(instrument.items)
    if scale.columns is None:
        out.key(2, scale.name)
        out.key(4, "items")
        title = f"{instrument.title.zh} / {instrument.title.en}"
        out.element(6, PLACEHOLDER, say("items_unknown", title=title, size=size))
        return
    columns = scale.columns.value
    out.key(2, scale.name, comment=out.mark(scale.columns))
    out.key(4, "items")
    suspected = {suspect.item: suspect for suspect in draft.suspects}
    for index, column in enumerate(columns):
        item = list(instrument.items)[index] if index < size else ""
        suspect = suspected.get(item) if len(columns) == size else None
        comment = item or say("item_too_many")
        if suspect:
            comment = say("item_suspect", item=item, scale=suspect.scale, r=f"{suspect.r:.2f}")
        out.element(6, column.header, comment)
    for item in list(instrument.items)[len(columns) :]:
        out.element(6, PLACEHOLDER, say("item_missing", item=item))
    _answers(out, scale, instrument)
    _missing(out, 4, columns)


def _answers(out: YamlText, scale: ScaleDraft, instrument: Instrument) -> None:
    say = out.speech
    low, high = f"{instrument.response.min:g}", f"{instrument.response.max:g}"
    if scale.answers is not None and isinstance(scale.answers.value, dict):
        out.key(4, "answers", comment=out.mark(scale.answers))
        for answer, code in scale.answers.value.items():
            out.lines.append(f'      "{answer}": {code:g}')
    elif scale.answers is not None:
        out.guess(4, "answers", scale.answers)
    elif scale.words:
        out.key(4, "answers", comment=say("answers_question", low=low, high=high))
        columns = scale.columns.value if scale.columns else ()
        shown = told_words(scale.words, columns)
        for word in shown[:40]:
            out.todo(6, word, say("answer_unknown", low=low, high=high))
        hidden = len(scale.words) - len(shown)
        if hidden:
            out.comment(say("answers_masked", count=hidden), 6)


def _missing(out: YamlText, indent: int, columns: Sequence[Column]) -> None:
    codes = sorted({code for column in columns for code in column.missing_codes})
    if codes:
        shown = [_as_code(code) for code in codes]
        out.guess(indent, "missing_codes", Guess(shown, 0.95, out.speech("missing_found")))


def _left(out: YamlText, draft: CodebookDraft) -> None:
    if draft.left:
        out.comment(out.speech("left_columns"))
        for column in draft.left[:60]:
            out.comment(f"  {quoted(column.header, 50)}: {_some(column, out.speech)}")


def _some(column: Column, say: Speech) -> str:
    """Some of a column's answers, the most frequent first; masked where they look personal."""
    if column.personal:
        return say("left_personal")
    if not column.counts:
        return say("left_empty")
    if len(column.counts) > 12:
        return say("left_many", count=len(column.counts))
    often = sorted(column.counts, key=lambda each: (-column.counts[each], each))
    return ", ".join(
        quoted(each, 16) if column.told(each) else shown_answer(each, column.counts[each])
        for each in often
    )


def _as_code(value: str) -> str | float:
    return float(value) if value.lstrip("-").isdecimal() and str(int(value)) == value else value
