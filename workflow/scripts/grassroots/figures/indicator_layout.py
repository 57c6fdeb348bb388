"""Where factors and their indicators stand in the full path diagram.

Every factor has its indicators in a list of boxes outside of the structural part, where no arrow
between factors passes: above or below it in a column of its own, or at the side of the diagram.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grassroots.figures.path_layout import Edge, Position, Segment, segment
from grassroots.figures.sheet import Box

COLUMN = 156.0
TICK = 20.0
LOADING = 32.0
# Between two indicators, a factor and its list, two factors in a column, two columns.
GAP = 3.0
HANGING = 9.0
CARDS = 22.0
ARROWS = 86.0
MARGIN = 4.0
# From the direct path to the factors above and below it.
CLEAR = 44.0
# Serial models: two mediators stand across from predictor and outcome, more on an arc between
# lists of indicators.
ACROSS = 180.0
UP = 120.0
MIDDLE = 410.0
SMALL_NODE = 80.0
ARC_ROW = 74.0
AIR = 14.0
# How high the lower mediator of a side stands, as a share of the way from predictor to the upper
# one: the arrow between those two passes it by. And how far down predictor and outcome are.
SHOULDER = 0.56
FAR = 0.8


@dataclass(frozen=True)
class Card:
    """The heights of a factor's box and of the boxes of its indicators."""

    head: float
    rows: Sequence[float]

    @property
    def list(self) -> float:
        """The height of all indicators."""
        return sum(self.rows) + GAP * (len(self.rows) - 1)


@dataclass(frozen=True)
class Placed:
    """A factor, its indicators, the line from it along them, and to which side they lie of that."""

    head: Box
    rows: list[Box]
    stem: list[Position]
    side: int


@dataclass
class Layout:
    """All factors of a model; `upright` ones have their arrows at the sides of their boxes."""

    placed: dict[str, Placed]
    width: float
    height: float
    upright: bool = True
    segments: dict[Edge, Segment] = field(default_factory=dict)


def layout(
    predictor: str,
    mediators: Sequence[str],
    outcome: str,
    serial: bool,
    cards: Mapping[str, Card],
    edges: Sequence[Edge],
) -> Layout:
    """The places of all boxes and arrows, from the upper left corner of the diagram."""
    if serial and len(mediators) > 2:
        found = _arc([predictor, *mediators, outcome], cards)
    elif serial and len(mediators) == 2:
        found = _across([predictor, *mediators, outcome], cards)
    else:
        found = _columns(predictor, mediators, outcome, cards)
    heads = {scale: placed.head for scale, placed in found.placed.items()}
    if found.upright:
        found.segments = _between_sides(heads, edges)
    else:
        found.segments = {edge: segment(heads[edge[0]], heads[edge[1]]) for edge in edges}
    return found


def card_width(serial: bool, mediators: int) -> tuple[float, float]:
    """How wide the box of a factor and that of an indicator are."""
    inner = COLUMN - TICK - LOADING
    return (SMALL_NODE if serial and mediators > 2 else COLUMN), inner


def _columns(
    predictor: str, mediators: Sequence[str], outcome: str, cards: Mapping[str, Card]
) -> Layout:
    """Predictor, mediators and outcome in three columns, a row free for the direct path."""
    lefts = [index * (COLUMN + ARROWS) for index in range(3)]
    tops: dict[str, float] = {}
    upper = mediators[: (len(mediators) + 1) // 2]
    up = {scale: scale in upper for scale in mediators}
    edge = -CLEAR
    for scale in reversed(upper):
        tops[scale] = edge - cards[scale].head
        edge = tops[scale] - HANGING - cards[scale].list - CARDS
    above = -edge - CARDS
    edge = CLEAR
    for scale in mediators[len(upper) :]:
        tops[scale] = edge
        edge += cards[scale].head + HANGING + cards[scale].list + CARDS
    below = edge - CARDS
    for scale in (predictor, outcome):
        card = cards[scale]
        reach = card.head / 2 + HANGING + card.list
        up[scale] = max(reach - above, 0) <= max(reach - below, 0)
        tops[scale] = -card.head / 2
    columns = {predictor: 0, outcome: 2} | dict.fromkeys(mediators, 1)
    placed = {
        scale: _hung(lefts[columns[scale]], tops[scale], cards[scale], up[scale])
        for scale in (predictor, *mediators, outcome)
    }
    return _moved(placed, lefts[2] + COLUMN)


def _across(scales: Sequence[str], cards: Mapping[str, Card]) -> Layout:
    """Two mediators in a row above predictor and outcome; the lists above and below."""
    predictor, first, second, outcome = scales
    right = COLUMN + ACROSS
    placed = {}
    for scale, left, up in (
        (predictor, 0.0, False), (first, 0.0, True), (second, right, True), (outcome, right, False)
    ):  # fmt: skip
        card = cards[scale]
        placed[scale] = _hung(left, -UP / 2 - card.head if up else UP / 2, card, up)
    return _moved(placed, right + COLUMN)


def _hung(left: float, top: float, card: Card, up: bool) -> Placed:
    """A factor with its list above or below it in a column."""
    head = Box(left, top, left + COLUMN, top + card.head)
    first = top - HANGING - card.list if up else head.bottom + HANGING
    rows = _rows(left + TICK, left + COLUMN - LOADING, first, card)
    spine = left + 4
    end = rows[0] if up else rows[-1]
    stem = [(spine, head.top if up else head.bottom), (spine, end.centre[1])]
    return Placed(head, rows, stem, 1)


def _rows(left: float, right: float, top: float, card: Card) -> list[Box]:
    rows = []
    for height in card.rows:
        rows.append(Box(left, top, right, top + height))
        top += height + GAP
    return rows


def _moved(placed: dict[str, Placed], width: float) -> Layout:
    """All of it below the upper edge of the diagram."""
    top = min(box.top for each in placed.values() for box in (each.head, *each.rows)) - MARGIN
    moved = {
        scale: Placed(
            _down(each.head, top),
            [_down(box, top) for box in each.rows],
            [(x, y - top) for x, y in each.stem],
            each.side,
        )
        for scale, each in placed.items()
    }
    bottom = max(box.bottom for each in moved.values() for box in (each.head, *each.rows))
    return Layout(moved, width, bottom + MARGIN)


def _down(box: Box, top: float) -> Box:
    return Box(box.left, box.top - top, box.right, box.bottom - top)


def _arc(scales: Sequence[str], cards: Mapping[str, Card]) -> Layout:
    """Mediators on an arc from predictor to outcome, the lists in a column at either side."""
    half = (len(scales) + 1) // 2
    sides = list(reversed(scales[:half])), list(scales[half:])
    lists = [sum(cards[scale].list + AIR for scale in side) - AIR for side in sides]
    height = max(*lists, ARC_ROW * len(scales)) + 2 * MARGIN
    width = 2 * (COLUMN + AIR) + MIDDLE
    tops = [_stacked(side, cards, height) for side in sides]
    upper = _level([own[0] for own in tops], [cards[side[0]] for side in sides], height, False)
    lower = _level([own[-1] for own in tops], [cards[side[-1]] for side in sides], height, True)
    levels = {3: (upper, lower - SHOULDER * (lower - upper), lower), 2: (upper, lower)}
    placed = {}
    for side, own, sign in zip(sides, tops, (-1, 1), strict=True):
        inside = 0.0 if len(side) < 3 else 0.5 if len(scales) % 2 else 0.28
        for scale, top, level in zip(side, own, levels[len(side)], strict=True):
            share = inside if level == upper else 0.0
            placed[scale] = _beside(share, level, top, cards[scale], sign, width)
    return Layout({scale: placed[scale] for scale in scales}, width, height, upright=False)


def _stacked(side: Sequence[str], cards: Mapping[str, Card], height: float) -> list[float]:
    """Where the lists of a side begin: the uppermost at the top, the lowest ends at the bottom."""
    room = height - 2 * MARGIN - sum(cards[scale].list for scale in side)
    tops = [MARGIN]
    for scale in side[:-1]:
        tops.append(tops[-1] + cards[scale].list + room / (len(side) - 1))
    return tops


def _level(tops: Sequence[float], cards: Sequence[Card], height: float, low: bool) -> float:
    """The height at which the outermost factors of both sides stand: level, and near their lists.

    Far enough from the other outermost ones that the arrows between have room.
    """
    middles = [top + card.list / 2 for top, card in zip(tops, cards, strict=True)]
    reach = max(card.head for card in cards) / 2 + MARGIN
    level = sum(middles) / len(middles)
    if low:
        return min(max(level, FAR * height), height - reach)
    return max(min(level, (1 - FAR) * height), reach)


def _beside(share: float, y: float, top: float, card: Card, side: int, width: float) -> Placed:
    """A factor with its list at the left (-1) or the right (1) edge of the diagram.

    `share`: how far inside it stands. Its line meets the list as level as it can.
    """
    start = COLUMN + AIR + share * (MIDDLE - SMALL_NODE)
    if side > 0:
        start = width - start - SMALL_NODE
    head = Box(start, y - card.head / 2, start + SMALL_NODE, y + card.head / 2)
    if side > 0:
        rows = _rows(width - COLUMN + TICK, width - LOADING, top, card)
        spine, edge = width - COLUMN, head.right
    else:
        rows = _rows(LOADING, COLUMN - TICK, top, card)
        spine, edge = COLUMN, head.left
    first, last = rows[0].centre[1], rows[-1].centre[1]
    stem = [(edge, y), (spine, min(max(y, first), last)), (spine, first), (spine, last)]
    return Placed(head, rows, stem, side)


def _between_sides(heads: Mapping[str, Box], edges: Sequence[Edge]) -> dict[Edge, Segment]:
    """Arrows from side to side, so that they pass no list; in a column from top to bottom.

    Arrows at one side of a box keep apart, in the order in which they come.
    """
    ends: dict[tuple[str, int], list[tuple[float, Edge]]] = {}
    segments = {}
    for source, target in edges:
        one, other = heads[source], heads[target]
        if one.left == other.left:
            up = other.top < one.top
            start = (one.centre[0], one.top if up else one.bottom)
            end = (one.centre[0], other.bottom + 1.5 if up else other.top - 1.5)
            segments[source, target] = Segment(start, end)
            continue
        ends.setdefault((source, 1), []).append((_slope(one, other), (source, target)))
        ends.setdefault((target, -1), []).append((_slope(other, one), (source, target)))
    ports: dict[tuple[Edge, int], Position] = {}
    for (scale, side), arrows in ends.items():
        box = heads[scale]
        for index, (_, edge) in enumerate(sorted(arrows), 1):
            y = box.top + (box.bottom - box.top) * index / (len(arrows) + 1)
            ports[edge, side] = (box.right if side > 0 else box.left - 1.5, y)
    for edge in edges:
        if edge not in segments:
            segments[edge] = Segment(ports[edge, 1], ports[edge, -1])
    return segments


def _slope(box: Box, other: Box) -> float:
    """How steeply down the way to the other box goes."""
    dx = abs(other.centre[0] - box.centre[0])
    return (other.centre[1] - box.centre[1]) / (dx or math.inf)
