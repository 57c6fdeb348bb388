"""What a codebook must satisfy before its raw file is opened."""

from collections.abc import Mapping

from grassroots.intake.personal import looks_personal
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import NOTHING, Fault, nearest_name, quoted
from grassroots.study.file_checks import leaves_folder
from grassroots.study.instrument import Instrument, Response
from grassroots.study.personal_checks import personal_faults
from grassroots.study.protocol import Protocol


def codebook_faults(
    document: Document[Codebook], protocol: Protocol, instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Scales, variables and levels that the protocol lacks or that the codebook forgot."""
    return [
        *_file_faults(document),
        *personal_faults(document),
        *_meta_faults(document, protocol),
        *_scale_faults(document, instruments),
        *_variable_faults(document, protocol),
        *_shared_columns(document),
    ]


def _file_faults(document: Document[Codebook]) -> list[Fault]:
    names = {"file": document.model.file, "second_file": document.model.second_file or ""}
    return [
        document.fault("S108", (key,), file=quoted(name))
        for key, name in names.items()
        if leaves_folder(name)
    ]


def _shared_columns(document: Document[Codebook]) -> list[Fault]:
    """Columns that answer two items, or an item and a variable; two variables may share one."""
    taken = {part.column: name for name, part in document.model.background.items()}
    faults = []
    for scale, part in document.model.scales.items():
        for index, column in enumerate(part.items):
            if column in taken:
                words = {"column": quoted(column), "other": taken[column]}
                faults.append(document.fault("S117", ("scales", scale, "items", index), **words))
            taken[column] = f"scales.{scale}.items[{index}]"
    return faults


def _meta_faults(document: Document[Codebook], protocol: Protocol) -> list[Fault]:
    """What removes respondents must be in the file; a flag that cannot be computed is only said."""
    meta = document.model.meta
    mapped = {"no_consent": meta.consent, "failed_attention_check": meta.attention_checks}
    keys = {"no_consent": "consent", "failed_attention_check": "attention_checks"}
    return [
        document.fault("S107", ("meta",), name=keys[reason])
        for reason in protocol.screening.exclude
        if reason in mapped and not mapped[reason]
    ]


def _scale_faults(
    document: Document[Codebook], instruments: Mapping[str, Instrument]
) -> list[Fault]:
    faults: list[Fault] = []
    scales = document.model.scales
    for name, part in scales.items():
        path = ("scales", name)
        if name not in instruments:
            near = nearest_name(name, instruments)
            faults.append(
                document.fault("S105", path, near, name=name, known=", ".join(instruments))
            )
            continue
        expected = len(instruments[name].items)
        if len(part.items) != expected:
            faults.append(
                document.fault(
                    "S106", (*path, "items"), scale=name, found=len(part.items), expected=expected
                )
            )
        faults += _answer_faults(document, name, instruments[name].response)
    missing = [name for name in instruments if name not in scales]
    return faults + [document.fault("S107", ("scales",), name=name) for name in missing]


def _answer_faults(document: Document[Codebook], scale: str, response: Response) -> list[Fault]:
    """Words that look personal, numbers outside the range, a list that does not fill it."""
    part = document.model.scales[scale]
    path = ("scales", scale, "answers")
    places = part.answers if isinstance(part.answers, dict) else range(len(part.answers))
    faults = [
        document.fault("S109", (*path, place), value=quoted(words))
        for place, words in zip(places, part.answers, strict=True)
        if looks_personal(words)
    ]
    low, high = f"{response.min:g}", f"{response.max:g}"
    if isinstance(part.answers, list):
        distinct = len(set(part.answers))
        fills = response.whole and distinct == len(part.answers) == response.max - response.min + 1
        if part.answers and not fills:
            faults.append(document.fault("S114", path, found=distinct, low=low, high=high))
        return faults
    return faults + [
        document.fault(
            "S110",
            (*path, answer),
            value=quoted(answer),
            number=f"{code:g}",
            low=low,
            high=high,
        )
        for answer, code in part.answers.items()
        if not response.min <= code <= response.max
    ]


def _variable_faults(document: Document[Codebook], protocol: Protocol) -> list[Fault]:
    faults: list[Fault] = []
    for name, part in document.model.background.items():
        path = ("background", name)
        if name not in protocol.background:
            near = nearest_name(name, protocol.background)
            known = ", ".join(protocol.background) or NOTHING
            faults.append(document.fault("S105", path, near, name=name, known=known))
            continue
        levels = protocol.background[name].levels
        if bool(levels) != bool(part.levels):
            code = "S111" if levels else "S112"
            faults.append(document.fault(code, path, name=name, levels=", ".join(levels)))
        for value, level in part.levels.items():
            if levels and level not in levels:
                faults.append(
                    document.fault(
                        "S113",
                        (*path, "levels", value),
                        nearest_name(level, levels),
                        level=level,
                        known=", ".join(levels),
                    )
                )
    missing = [name for name in protocol.background if name not in document.model.background]
    return faults + [document.fault("S107", ("background",), name=name) for name in missing]
