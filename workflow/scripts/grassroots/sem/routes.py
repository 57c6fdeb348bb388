"""The effects of a mediation model by name: what leads from where to where, through what.

Nothing but names, so that a protocol can be checked against them before anything is computed.
"""

from collections.abc import Sequence
from itertools import combinations

ARROW = " -> "


def indirect_routes(
    predictor: str, mediators: Sequence[str], outcome: str, form: str
) -> list[tuple[str, ...]]:
    """All ways from predictor to outcome through at least one mediator.

    Shorter ones first, then in the order of the mediators; only in the serial form does one
    mediator lead to another.
    """
    sizes = range(1, len(mediators) + 1) if form == "serial" else (1,)
    return [
        (predictor, *chosen, outcome) for size in sizes for chosen in combinations(mediators, size)
    ]


def effect_paths(
    predictor: str, mediators: Sequence[str], outcome: str, form: str
) -> list[tuple[str, str]]:
    """(effect, path) of every row that the mediation table has for a model.

    Total, direct, each specific indirect, total indirect, and all contrasts of two indirects. With
    a single indirect effect there is neither a total indirect effect (it would be the same number
    twice) nor a contrast.
    """
    texts = [ARROW.join(r) for r in indirect_routes(predictor, mediators, outcome, form)]
    ends = ARROW.join((predictor, outcome))
    found = [("total", ends), ("direct", ends), *(("indirect", text) for text in texts)]
    if len(texts) > 1:
        found.append(("total_indirect", ARROW.join((predictor, "*", outcome))))
    return found + [("contrast", f"{one} minus {other}") for one, other in combinations(texts, 2)]
