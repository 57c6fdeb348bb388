"""Faults: what is wrong in a file that the user can mend, in words that tell how.

Each fault has a code, a place, what was found and expected, the nearest match and the edit to
make. Its sentence comes from workflow/messages/<language>.yaml, so that the text follows the
configured language; docs/errors.md explains every code.
"""

import difflib
import errno
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grassroots.intake.personal import looks_personal, masked
from grassroots.study.yaml_source import load_yaml

MESSAGES = Path(__file__).parents[3] / "messages"

# What a list of words is where there are none.
NOTHING = "-"

# What stands in place of a masked text; see `quoted`.
_MASK = re.compile(
    r"\[(?:(?P<digits>\d+) digits|(?P<kind>[A-Za-z -]+)(?:, (?P<n>\d+) characters)?)\]"
)


@dataclass(frozen=True)
class Fault:
    """One thing that the user must mend.

    `words` fills the placeholders of the message with this code, and `phrases` those that are
    sentences themselves, by their keys; a phrase may also stand in place of `where`, `nearest` or
    `edit`, which it then holds. `edit` is text to paste; `nearest` is the closest existing name.
    What looks personal in any of them is masked from the start: a fault is printed, logged,
    remembered and put into the index.
    """

    code: str
    file: str
    line: int | None = None
    where: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    nearest: str = ""
    edit: str = ""
    phrases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("file", "where", "nearest", "edit"):
            object.__setattr__(self, name, masked(getattr(self, name)))
        object.__setattr__(self, "words", {key: masked(word) for key, word in self.words.items()})

    def text(self, language: str) -> str:
        """The fault in words, over two to four lines, without a trailing newline.

        A character that nobody sees, or that a terminal would obey, stands as its number.
        """
        said = catalogue(language)
        words = {"where": self.where, "nearest": self.nearest, "edit": self.edit}
        words |= {
            name: said["nothing"] if word == NOTHING else word for name, word in self.words.items()
        }
        words |= {
            name: said[key].format(**words) if key else "" for name, key in self.phrases.items()
        }
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        lines = [f"[{self.code}] {place}" + (f"  {words['where']}" if words["where"] else "")]
        lines.append("  " + said[self.code].format(**words))
        if words["nearest"]:
            lines.append(f"  {said['nearest']} {words['nearest']}")
        if words["edit"]:
            lines.append(f"  {said['edit']} {words['edit']}")
        return "\n".join(_visible(masks_in(line, language)) for line in lines)


class StudyError(Exception):
    """Faults in config.yaml, a protocol or an instrument: nothing can be built."""

    def __init__(self, faults: Sequence[Fault], language: str) -> None:
        self.faults = list(faults)
        self.language = language
        super().__init__(faults_text(faults, language))


def faults_text(faults: Iterable[Fault], language: str) -> str:
    """All faults in words, in the order found, and the line that points to the explanations."""
    faults = list(faults)
    said = catalogue(language)
    codes = ", ".join(f"docs/errors.md#{code}" for code in sorted({f.code for f in faults}))
    closing = said["closing"].format(count=len(faults), explained=codes)
    return "\n".join([*(fault.text(language) for fault in faults), closing])


def left_out_text(dataset: str, faults: Sequence[Fault], language: str) -> str:
    """The faults of one dataset, and the line that says that it is left out of this run."""
    said = catalogue(language)
    closing = said["left_out"].format(dataset=dataset, count=len(faults))
    return f"{faults_text(faults, language)}\n{closing}"


def unopened(error: OSError) -> dict[str, dict[str, str]]:
    """Why the system does not open a file, as `words` and `phrases` of a fault with {detail}."""
    phrase = _UNOPENED.get(error.errno or 0, "os_other")
    return {"words": {"detail": str(error.strerror or error)}, "phrases": {"detail": phrase}}


_UNOPENED = {
    errno.EISDIR: "os_folder",
    errno.ENOTDIR: "os_no_folder",
    errno.EACCES: "os_denied",
    errno.EINVAL: "os_special",
    errno.ELOOP: "os_loop",
    errno.ENAMETOOLONG: "os_long",
}


def nearest_name(name: str, candidates: Iterable[str]) -> str:
    """The candidate that looks most like `name`, or an empty string if none does.

    A candidate that starts with the name comes first, whatever its length: a survey header starts
    with its question number.
    """
    candidates = [str(candidate) for candidate in candidates]
    longer = [c for c in candidates if name and c != name and c.startswith(name)]
    if longer:
        return min(longer, key=len)
    near = difflib.get_close_matches(name, candidates, n=1, cutoff=0.6)
    containing = [c for c in candidates if name and name in c]
    return (near or sorted(containing, key=len) or [""])[0]


def quoted(value: object, longest: int = 40) -> str:
    """A value as a message may quote it: masked if it looks personal, cut if it is long.

    Characters that nobody sees do not hide what is personal.
    """
    text = " ".join(str(value).split())
    seen = visible_part(text)
    kind = looks_personal(text) or looks_personal(seen)
    if kind or re.fullmatch(r"\d{7,}", seen):
        digits = re.fullmatch(r"\d+", text)
        return (
            f"[{len(text)} digits]" if digits else f"[{kind or 'number'}, {len(text)} characters]"
        )
    return f'"{text[:longest]}…"' if len(text) > longest else f'"{text}"'


def kind_key(kind: str) -> str:
    """The key of the message that names a kind of personal data."""
    return "kind_" + re.sub(r"\W", "_", kind).lower()


def masks_in(text: str, language: str) -> str:
    """A text in which what `quoted` and others put for what they mask is said in this language."""
    said = catalogue(language)

    def put(found: re.Match[str]) -> str:
        if found["digits"]:
            return said["masked_digits"].format(count=found["digits"])
        kind = said.get(kind_key(found["kind"]))
        if kind is None:
            return found[0]
        form = said["masked_characters"] if found["n"] else "[{kind}]"
        return form.format(kind=kind, count=found["n"])

    return _MASK.sub(put, text)


def visible_part(text: str) -> str:
    """A text without the characters that nobody sees."""
    return "".join(character for character in text if not _hidden(character))


def _hidden(character: str) -> bool:
    return not character.isprintable()


def _visible(text: str) -> str:
    """A text in which what nobody sees, or a terminal would obey, stands as its number."""
    return "".join(f"<U+{ord(c):04X}>" if _hidden(c) else c for c in text)


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """The messages for users in one language, by code or key."""
    path = MESSAGES / f"{language}.yaml"
    return load_yaml(path.read_text(encoding="utf-8"))[0]
