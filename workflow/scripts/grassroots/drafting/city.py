"""The draft of one city: from its raw file and the protocol that it follows to a codebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grassroots.drafting.blocks import Block, matrix_blocks, runs_of_items
from grassroots.drafting.codebook_text import CodebookDraft, codebook_text
from grassroots.drafting.columns import Column, columns_of
from grassroots.drafting.files import Design
from grassroots.drafting.keys import Suspect, suspects
from grassroots.drafting.scales import ScaleDraft, match_scales
from grassroots.drafting.special import Check, attention_checks, consent_question
from grassroots.drafting.speech import Speech
from grassroots.drafting.variables import match_variables
from grassroots.intake.answers import Words, number
from grassroots.intake.reading import has_value
from grassroots.intake.recognition import Export
from grassroots.intake.wenjuanxing import sent_on
from grassroots.study.instrument import Instrument

# What a platform calls the way by which a questionnaire came back.
CHANNELS = {"wenjuanxing": ("来源", "source")}


@dataclass(frozen=True)
class Questionnaire:
    """What an export asks: consent, attention checks, matrix questions, and the other columns."""

    consent: Check | None
    checks: Sequence[Check]
    matrices: Sequence[Block]
    others: Sequence[Column]


def questionnaire(export: Export, speech: Speech) -> Questionnaire:
    """The questions of an export, told apart by their words and headers."""
    columns = columns_of(export)
    consent = consent_question(columns, speech)
    checks = attention_checks(columns, speech)
    special = {check.column.place for check in [*checks, *([consent] if consent else [])]}
    rest = [column for column in columns if column.place not in special]
    matrices = matrix_blocks(rest)
    inside = {column.place for block in matrices for column in block.columns}
    return Questionnaire(
        consent, checks, matrices, [column for column in rest if column.place not in inside]
    )


def draft_city(
    export: Export,
    city: str,
    names: Sequence[str],
    design: Design,
    speech: Speech,
) -> str:
    """The text of the drafted codebook; `names` are those of the raw file, or of its two files."""
    protocol, instruments = design.protocol, design.instruments
    asked = questionnaire(export, speech)
    variables = match_variables(protocol.background, asked.others, speech)
    used = {each.column.value.place for each in variables if each.column}
    rest = [column for column in asked.others if column.place not in used]
    blocks = sorted([*asked.matrices, *runs_of_items(rest)], key=lambda block: block.span)
    scales = match_scales(instruments, blocks, speech)
    used |= {column.place for each in scales if each.columns for column in each.columns.value}
    exclude = protocol.screening.exclude
    draft = CodebookDraft(
        city=city,
        protocol=design.name,
        files=names,
        platform=export.platform,
        format=export.format,
        encoding=export.encoding,
        respondents=len(export.raw.row_numbers),
        dates=_dates(export),
        meta=_meta(export),
        consent=asked.consent,
        consent_needed="no_consent" in exclude,
        checks=asked.checks,
        checks_needed="failed_attention_check" in exclude,
        variables=variables,
        declared=protocol.background,
        scales=scales,
        instruments=instruments,
        suspects=scale_suspects(scales, instruments),
        left=[
            column
            for column in [*(c for block in asked.matrices for c in block.columns), *asked.others]
            if column.place not in used
        ],
    )
    return codebook_text(draft, speech)


def scale_suspects(
    scales: Sequence[ScaleDraft], instruments: Mapping[str, Instrument]
) -> list[Suspect]:
    """The items that go against their scale, of the scales whose answers can be read."""
    found: list[Suspect] = []
    for scale in scales:
        instrument = instruments[scale.name]
        if scale.columns is None or len(scale.columns.value) != len(instrument.items):
            continue
        if scale.words and scale.answers is None:
            continue
        answers = np.array([_numbers(column, scale, instrument) for column in scale.columns.value])
        found += suspects(answers.T, instrument, scale.name)
    return found


def _numbers(column: Column, scale: ScaleDraft, instrument: Instrument) -> list[float]:
    """A column's answers as numbers within the scale's range; NaN for any other."""
    low, high = instrument.response.min, instrument.response.max
    meanings: dict[str, float] = {}
    if scale.answers is not None:
        drafted = scale.answers.value
        meanings = drafted if isinstance(drafted, dict) else {
            words: low + place for place, words in enumerate(drafted)
        }  # fmt: skip
    words = Words(meanings, column.labels or {})
    known: dict[str, float] = {"": float("nan")}
    for value in column.counts:
        found = words.meaning(value) if meanings else number(value)
        inside = found is not None and low <= found <= high
        known[value] = float(found) if inside else float("nan")
    return [known[value] for value in column.values]


def _meta(export: Export) -> dict[str, str]:
    """The columns about the answering, and that of the channel where the platform has one."""
    channels = [name for name in CHANNELS.get(export.platform, ()) if name in export.raw.columns]
    return {**export.meta, **({"channel": channels[0]} if channels else {})}


def _dates(export: Export) -> tuple[str, str] | None:
    header = export.meta.get("submitted")
    if header is None:
        return None
    days = {sent_on(value) for value in export.raw.values(header) if has_value(value)}
    known = sorted(day for day in days if day)
    return (known[0], known[-1]) if known else None
