"""What a case of bad input is: how a good small study is broken, and what must be seen of it."""

from collections.abc import Callable
from dataclasses import dataclass

from small_study import SmallStudy

Break = Callable[[SmallStudy], object]


@dataclass(frozen=True)
class Fault:
    """A case that a message must answer.

    `at` is the place: the file, and its line where there is one; `where` the path in the file;
    `says` what the English message must hold, and `zh` what the Chinese one must; `nearest` and
    `edit` their lines, empty where there can be none; `others` the codes that may stand beside it.
    """

    name: str
    broken: Break
    code: str
    at: str
    where: str = ""
    says: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    nearest: str = ""
    edit: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Same:
    """A case that must give exactly the scores of the study as it is, whatever was done to it."""

    name: str
    broken: Break
