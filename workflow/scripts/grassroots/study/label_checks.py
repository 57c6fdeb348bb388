"""Labels that figures show: every character of theirs must be one that the figures' font has."""

import functools
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, quoted
from grassroots.study.instrument import Instrument
from grassroots.study.model import Text
from grassroots.study.protocol import Protocol
from grassroots.study.protocol_interviews import Interviews
from grassroots.study.yaml_source import Path as Place

# The characters of the font beside it: reading that would take a library for fonts.
CHARACTERS = Path(__file__).parents[4] / "report" / "fonts" / "NotoSansSC-GB2312.txt"
# How many characters one message names.
NAMED = 8


@functools.cache
def drawable() -> frozenset[str]:
    """Every character that figures can show."""
    return frozenset(CHARACTERS.read_text(encoding="utf-8"))


def missing_characters(text: str) -> list[str]:
    """The characters of a text that figures cannot show, each once, in their order."""
    return [sign for sign in dict.fromkeys(text) if sign not in drawable()]


def instrument_label_faults(document: Document[Instrument]) -> list[Fault]:
    """Titles of scales, and wordings that may be shown, with a character that the font lacks."""
    instrument = document.model
    labels: dict[Place, Text] = {("title",): instrument.title}
    for name, dimension in instrument.dimensions.items():
        labels["dimensions", name, "title"] = dimension.title
    for name, item in instrument.items.items():
        if item.text is not None and instrument.licence.text_allowed:
            labels["items", name, "text"] = item.text
    return _faults(document, labels)


def protocol_label_faults(document: Document[Protocol]) -> list[Fault]:
    """Titles of variables, levels, models, themes and codes with a character that it lacks."""
    return _faults(document, dict(_protocol_labels(document.model)))


def _protocol_labels(protocol: Protocol) -> Iterator[tuple[Place, Text]]:
    for name, variable in protocol.background.items():
        path: Place = ("background", name)
        yield (*path, "title"), variable.title
        for level, title in variable.levels.items():
            if level not in variable.replaced:
                yield (*path, "levels", level), title
        for level, joined in variable.merge.items():
            yield (*path, "merge", level, "title"), joined.title
    for part in ("measurement", "regressions", "structural"):
        for name, model in getattr(protocol, part).items():
            yield (part, name, "title"), model.title
    if protocol.interviews:
        yield from _voice_labels(protocol.interviews)


def _voice_labels(design: Interviews) -> Iterator[tuple[Place, Text]]:
    for name, title in design.levels.items():
        yield ("interviews", "levels", name), title
    for name, theme in design.themes.items():
        yield ("interviews", "themes", name, "title"), theme.title
        for code, title in theme.codes.items():
            yield ("interviews", "themes", name, "codes", code), title


def _faults(document: Document, labels: dict[Place, Text]) -> list[Fault]:
    faults = []
    for path, label in labels.items():
        for language in ("en", "zh", "within"):
            text = getattr(label, language, "")
            if missing := missing_characters(text):
                words, edit = _words(text, missing), _edit(language, text, missing)
                faults.append(document.fault("F112", (*path, language), edit=edit, **words))
    return faults


def _words(text: str, missing: list[str]) -> dict[str, str]:
    named = [
        f"{sign} (U+{ord(sign):04X})" if sign.isprintable() else f"U+{ord(sign):04X}"
        for sign in missing[:NAMED]
    ]
    more = " …" if len(missing) > NAMED else ""
    return {"signs": ", ".join(named) + more, "label": quoted(text)}


def _edit(language: str, text: str, missing: list[str]) -> str:
    """The label in characters that are much the same, where there are such for all of them."""
    plain = {sign: _plain(sign) for sign in missing}
    mended = "".join(plain.get(sign, sign) for sign in text).strip()
    if not mended or missing_characters(mended):
        return ""
    return f"{language}: {json.dumps(mended, ensure_ascii=False)}"


def _plain(sign: str) -> str:
    """A form or ligature as the characters that it stands for; nothing for what nobody sees."""
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in ("Cc", "Cf", "Mn"):
        return ""
    return unicodedata.normalize("NFKC", sign)
