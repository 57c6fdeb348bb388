"""The outline of a mark in as few characters as it takes: places in tenths of a point."""

from collections.abc import Iterable, Sequence

from grassroots.figures.marks import Step


class Outline:
    """The steps of a mark, rounded to tenths of a point."""

    def __init__(self, steps: Iterable[Step], width: float) -> None:
        """`width`: of the line that follows the path."""
        self.steps = [
            (command, [round(number * 10) for number in numbers]) for command, numbers in steps
        ]
        xs = [x for _, numbers in self.steps for x in numbers[::2]]
        ys = [y for _, numbers in self.steps for y in numbers[1::2]]
        reach = 5 * width
        self._left, self._right = min(xs) - reach, max(xs) + reach
        self._top, self._bottom = min(ys) - reach, max(ys) + reach

    def touches(self, other: "Outline") -> bool:
        """Whether the rectangles around the two have a point in common."""
        return (
            self._left < other._right
            and other._left < self._right
            and self._top < other._bottom
            and other._top < self._bottom
        )


def path_of(outlines: Sequence[Outline]) -> str:
    """One path of all; each step from the corner of the sheet or from the step before."""
    told, x, y = "", 0, 0
    start = (0, 0)
    for command, numbers in (step for outline in outlines for step in outline.steps):
        if command == "Z":
            told += "z"
            x, y = start
            continue
        told += _shortest(command, numbers, x, y)
        x, y = numbers[-2:]
        if command == "M":
            start = (x, y)
    return told


def _shortest(command: str, numbers: list[int], x: int, y: int) -> str:
    """The step in its shortest form; a level or upright line by its one coordinate."""
    moved = [number - (y if index % 2 else x) for index, number in enumerate(numbers)]
    if command == "L" and not moved[1]:
        command, numbers, moved = "H", numbers[:1], moved[:1]
    elif command == "L" and not moved[0]:
        command, numbers, moved = "V", numbers[1:], moved[1:]
    forms = command + _joined(numbers), command.lower() + _joined(moved)
    # The first step of a path has nothing before it; where both are as long, the place is plainer.
    return min(forms, key=len)


def _joined(tenths: list[int]) -> str:
    """Numbers with a blank between them where there is no sign."""
    return " ".join(map(_number, tenths)).replace(" -", "-")


def _number(tenths: int) -> str:
    whole, tenth = divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{digits}" if tenths < 0 else digits
