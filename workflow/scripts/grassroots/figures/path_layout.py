"""Where the boxes of a path diagram stand and where the labels of its arrows go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grassroots.figures.sheet import Box

Edge = tuple[str, str]
Position = tuple[float, float]

ROW = 74.0
MARGIN = 30.0

# Where a label may stand: share of the way along its arrow and points aside, best first.
ASIDE = (0.0, 13.0, -13.0, 23.0, -23.0, 33.0, -33.0, 43.0, -43.0)
PLACES = sorted(
    ((index / 60, aside) for index in range(8, 53) for aside in ASIDE),
    key=lambda place: (abs(place[1]), abs(place[0] - 0.5)),
)


def positions(
    predictor: str, mediators: Sequence[str], outcome: str, form: str
) -> tuple[dict[str, tuple[float, float]], float]:
    """Box centres: x as a share of the width, y in points; and the height of the diagram.

    Columns follow the causal order. Parallel mediators stand above one another, with a row left
    free for the direct path. Two serial ones stand above predictor and outcome,
    more of them on an arc above the direct path.
    """
    if form == "parallel" or len(mediators) == 1:
        free = (len(mediators) + 1) // 2
        middle = MARGIN + ROW * free
        placed = {predictor: (0.0, middle), outcome: (1.0, middle)}
        for index, mediator in enumerate(mediators):
            row = index if index < free else index + 1
            placed[mediator] = (0.5, MARGIN + ROW * row)
        return placed, 2 * MARGIN + ROW * len(mediators)
    count = len(mediators)
    if count == 2:
        floor = MARGIN + 2 * ROW
        corners = [(0.0, floor), (0.0, MARGIN), (1.0, MARGIN), (1.0, floor)]
        return dict(zip([predictor, *mediators, outcome], corners, strict=True)), floor + MARGIN
    height = ROW * (1.0 + count)
    floor, rise = height - MARGIN, height - 2 * MARGIN
    placed = {predictor: (0.0, floor), outcome: (1.0, floor)}
    for index, mediator in enumerate(mediators, 1):
        angle = math.pi * index / (count + 1)
        placed[mediator] = ((1 - math.cos(angle)) / 2, floor - rise * math.sin(angle))
    return placed, height


@dataclass(frozen=True)
class Segment:
    """An arrow between the borders of two boxes."""

    start: Position
    end: Position

    def at(self, share: float, aside: float = 0.0) -> Position:
        """The point at a share of the way, `aside` points to the left of it."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        length = math.hypot(dx, dy)
        return (
            self.start[0] + share * dx + aside * dy / length,
            self.start[1] + share * dy - aside * dx / length,
        )

    def crosses(self, box: Box) -> bool:
        """Whether the arrow passes through the box: part of it lies between both pairs of sides."""
        first, last = 0.0, 1.0
        sides = ((box.left, box.right), (box.top, box.bottom))
        for start, end, (low, high) in zip(self.start, self.end, sides, strict=True):
            if start == end:
                if not low < start < high:
                    return False
                continue
            enters, leaves = sorted(((low - start) / (end - start), (high - start) / (end - start)))
            first, last = max(first, enters), min(last, leaves)
        return first < last


def segment(source: Box, target: Box) -> Segment:
    """The arrow from border to border, along the line between the two centres."""
    return Segment(_border(source, target.centre), _border(target, source.centre, 1.5))


def _border(box: Box, towards: Position, gap: float = 0.0) -> Position:
    x, y = box.centre
    dx, dy = towards[0] - x, towards[1] - y
    half_width, half_height = (box.right - box.left) / 2 + gap, (box.bottom - box.top) / 2 + gap
    scale = min(half_width / abs(dx) if dx else math.inf, half_height / abs(dy) if dy else math.inf)
    return x + dx * scale, y + dy * scale


def label_boxes(
    segments: dict[Edge, Segment],
    sizes: dict[Edge, tuple[float, float]],
    boxes: Sequence[Box],
    width: float,
    top: float = 0.0,
) -> dict[Edge, Box]:
    """A place on its arrow for each label, clear of boxes and labels and, if it can be, of arrows.

    Arrows with least room choose first. The middle is tried first, then ever further from it, then
    places beside the arrow. Labels stay between 0 and `width` and below `top`.
    """
    placed: dict[Edge, Box] = {}
    order = sorted(segments, key=lambda edge: math.dist(segments[edge].start, segments[edge].end))
    for edge in order:
        others = [one for other, one in segments.items() if other != edge]
        candidates = [_around(segments[edge].at(*place), sizes[edge], width) for place in PLACES]
        candidates = [box for box in candidates if box.top >= top] or candidates
        taken = [*boxes, *placed.values()]
        placed[edge] = _least_bad(candidates, taken, others)
    return placed


def _least_bad(candidates: Sequence[Box], taken: Sequence[Box], arrows: Sequence[Segment]) -> Box:
    """The first candidate that is in nobody's way, else the first of those least in the way.

    Overlap with a box or a label is worse than any number of arrows.
    """
    bad = {}
    for box in candidates:
        hits = sum(box.overlaps(other, 3.0) for other in taken)
        bad[box] = 100 * hits + sum(arrow.crosses(box) for arrow in arrows)
        if not bad[box]:
            break
    return min(bad, key=bad.__getitem__)


def _around(point: Position, size: tuple[float, float], sheet: float) -> Box:
    """A box of a size about a point, moved sideways if it would leave the sheet."""
    x, y = point
    width, height = size
    left = min(max(x - width / 2, 0.0), sheet - width)
    return Box(left, y - height / 2, left + width, y + height / 2)
