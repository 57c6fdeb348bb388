"""The draft of a study that has no protocol yet: its design and questionnaires, from a file."""

import string
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from grassroots.drafting import files
from grassroots.drafting.blocks import Block, runs_of_items
from grassroots.drafting.city import questionnaire
from grassroots.drafting.columns import Column
from grassroots.drafting.keys import suspects
from grassroots.drafting.level_names import distinct
from grassroots.drafting.same_words import asks_for
from grassroots.drafting.speech import Speech
from grassroots.drafting.study_text import ScaleFile, StudyDraft, instrument_text, protocol_text
from grassroots.drafting.wording import in_order
from grassroots.intake.answers import number
from grassroots.intake.recognition import Export
from grassroots.study.documents import absent
from grassroots.study.faults import Fault
from grassroots.study.instrument import Instrument
from grassroots.study.protocol_checks import RESERVED

# A background question has no more different answers, and a scale no fewer items.
MOST_LEVELS = 12
FEWEST_ROWS = 3


def write_study(root: Path, name: str, file: str, *, speech: Speech) -> str:
    """Draft the protocol and its instruments; what was done, in words. Raises CannotDraft."""
    files.checked_name(name, "NAME")
    path = root / file
    if not path.is_file():
        raise files.CannotDraft(absent(root, file))
    export = files.recognised(root, [path])
    draft = draft_study(export, name, file, speech)
    if not draft.scales:
        raise files.CannotDraft(Fault("N105", file))
    texts = {f"protocols/{name}.yaml": protocol_text(draft, speech)}
    for scale in draft.scales:
        texts[f"protocols/instruments/{scale.name}.yaml"] = instrument_text(scale, speech)
    there = [each for each in texts if (root / each).exists()]
    if there:
        raise files.CannotDraft(*(Fault("N104", each) for each in there))
    for each, text in texts.items():
        files.write_new(root / each, text)
    listed = "\n".join(f"  {each}" for each in texts)
    todo, guesses = files.placeholders(*texts.values()), speech("guess_mark")
    counted = speech("counted", guesses=sum(t.count(guesses) for t in texts.values()), todo=todo)
    folder = path.parent.name
    return "\n".join(
        [
            speech("drafted_study", files=listed),
            counted,
            speech("next_study", name=name, city=folder),
        ]
    )


def draft_study(export: Export, name: str, file: str, speech: Speech) -> StudyDraft:
    """One instrument for each matrix, one background variable for each other choice."""
    asked = questionnaire(export, speech)
    runs = [block for block in runs_of_items(asked.others) if _is_scale(block)]
    blocks = sorted([*asked.matrices, *runs], key=lambda block: block.span)
    blocks = [block for block in blocks if len(block.columns) >= FEWEST_ROWS]
    inside = {column.place for block in runs for column in block.columns}
    scales = [_scale(name, index, block) for index, block in enumerate(blocks[:26])]
    taken = [*RESERVED, *(item for scale in scales for item in (scale.name, *scale.items))]
    variables: list[tuple[str, Column]] = []
    for column in asked.others:
        if column.place in inside or not _is_background(column):
            continue
        usual = asks_for(column.question)
        called = usual[0] if usual else f"question_{column.place + 1}"
        called = distinct(called, [*taken, *(other for other, _ in variables)])
        variables.append((called, column))
    return StudyDraft(name, file, scales, variables, asked.consent is not None, bool(asked.checks))


def _is_scale(block: Block) -> bool:
    """Single questions are one scale if their names count them or their words are a usual row."""
    words = block.words
    return bool(block.stem) if words is None else in_order(words) is not None


def _is_background(column: Column) -> bool:
    if column.personal or len(column.counts) < 2:
        return False
    if column.numbers is not None and column.codes is None:
        return bool(asks_for(column.question)) and column.numbers[-1] < 10**7
    if not all(map(column.told, column.counts)):
        return False
    longest = max(map(len, column.words))
    return len(column.counts) <= MOST_LEVELS and longest <= 40


def _scale(study: str, index: int, block: Block) -> ScaleFile:
    letter = string.ascii_lowercase[index]
    items = tuple(f"{letter}{number}" for number in range(1, len(block.columns) + 1))
    words = block.words
    ordered = in_order(words) if words else None
    if words is not None and (ordered or block.numbers is None):
        low, high, whole = 1.0, float(max(len(words), 2)), True
    else:
        seen = block.numbers or (1.0, 5.0)
        whole = all(each.is_integer() for column in block.columns for each in column.numbers or [])
        # Somebody may have to be the first to give the lowest answer.
        low = min(seen[0], 1.0 if seen[0] > 0 else 0.0) if whole else float(np.floor(seen[0]))
        high = max(float(np.ceil(seen[1])), low + 1)
    scale = ScaleFile(
        f"{study}_scale_{index + 1}", block, items, low, high, whole, words is not None
    )
    return replace(scale, suspects=_suspects(scale, ordered))


def _suspects(scale: ScaleFile, ordered: Sequence[str] | None) -> list:
    places = {words: scale.low + place for place, words in enumerate(ordered or [])}
    columns = []
    for column in scale.block.columns:
        labels = column.labels or {}
        known = {"": None}
        for value in column.counts:
            known[value] = places.get(labels.get(value, value)) if places else number(value)
        columns.append([np.nan if known[v] is None else known[v] for v in column.values])
    answers = np.array(columns, dtype=float).T
    if np.isnan(answers).all():
        return []
    instrument = Instrument.model_validate(
        {
            "title": {"en": "-", "zh": "-"},
            "source": "-",
            "licence": {"name": {"en": "-", "zh": "-"}, "text_allowed": False},
            "response": {"min": scale.low, "max": scale.high, "whole": scale.whole},
            "items": {item: {} for item in scale.items},
        }
    )
    order = list(scale.items)
    return sorted(suspects(answers, instrument, scale.name), key=lambda s: order.index(s.item))
