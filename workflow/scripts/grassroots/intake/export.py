"""A raw export and what was recognised of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grassroots.intake.reading import RawTable

_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class Export:
    """A raw export and what was recognised of it.

    `platform` is wenjuanxing, qualtrics, limesurvey, kobo or plain; `variant` says for Wenjuanxing
    whether answers are words (by text) or numbers (by number). `format` is csv (any delimiter),
    xlsx or sav; `encoding` and `delimiter` are empty unless it is csv, `sheet` and `sheet_place`
    (such as 1/3) unless it is xlsx. `width` counts the columns of the file.

    The headers of `raw` occur once each. `questions` says what a column asks (header: text),
    `matrices` the question that it is a row of, `options` the columns of the options of a
    multiple choice or a ranking (header: {option: header}). `meta` gives the headers of duration,
    submitted and address as far as there are any; `ignored` the columns that are no question or
    that ask for personal data, each with the reason. `notes` are what a person should know of the
    reading: the key of a sentence (workflow/messages, note_<key>) and what fills it.
    """

    platform: str
    format: str
    raw: RawTable
    variant: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheet_place: str = ""
    header_row: int = 1
    width: int = 0
    questions: Mapping[str, str] = field(default_factory=dict)
    matrices: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Value labels: header, code as text, label."""
        return self.raw.labels

    def record(self) -> dict[str, str]:
        """What was recognised, as it is printed and kept: texts alone, and nothing from a cell."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "rows": str(len(self.raw.row_numbers)),
            "columns": str(self.width),
            "platform": self.platform,
            "variant": self.variant,
            "delimiter": _DELIMITER_NAMES.get(self.delimiter, ""),
            "sheet": self.sheet_place,
            "header_row": str(self.header_row),
            "notes": "; ".join(f"{key}: {value}" for key, value in self.notes.items()),
        }
