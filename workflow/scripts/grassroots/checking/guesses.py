"""The guesses that still stand in a drafted file: nobody has said yet that they are right."""

import re
from dataclasses import dataclass

# From here on a guess is not listed by itself: there are many, and they are hardly ever wrong.
SURE = 90

_MARK = re.compile(r"#\s*(?:GUESS|推测)\s+(?P<percent>\d{1,3})%\s*[:：]\s*(?P<reason>.*)$")


@dataclass(frozen=True)
class OpenGuess:
    """A guess in a file: its line, what stands there, how sure it is in percent, and why."""

    line: int
    written: str
    percent: int
    reason: str


def open_guesses(text: str) -> list[OpenGuess]:
    """The guesses that are marked as such, in the order of the lines."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark = _MARK.search(line)
        if mark:
            written = line[: mark.start()].strip().removeprefix("- ")
            found.append(OpenGuess(number, written, int(mark["percent"]), mark["reason"].strip()))
    return found
