"""Saturation: how many codes are new in each further interview."""

import math
from collections.abc import Sequence

from grassroots.interviews.coding import Coding

SATURATION_COLUMNS = ["order", "interview", "new_codes", "cumulative_codes", "expected_codes"]


def saturation_table(codings: Sequence[Coding]) -> list[dict[str, str]]:
    """A row an interview in the order of the file: its new codes, and all codes so far.

    `expected_codes` does not depend on the order: the mean over all orders of how many codes the
    first k of K interviews have, sum over the codes of 1 - C(K - n, k)/C(K, k), n the interviews
    that have the code (Mao's tau: Colwell, Mao & Chang 2004, eq. 5).
    """
    codes: dict[str, set[str]] = {}
    for each in codings:
        codes.setdefault(each.interview, set()).add(each.code)
    seen: set[str] = set()
    rows = []
    for order, (interview, own) in enumerate(codes.items(), 1):
        new = own - seen
        seen |= own
        rows.append(
            {
                "order": str(order),
                "interview": interview,
                "new_codes": str(len(new)),
                "cumulative_codes": str(len(seen)),
                "expected_codes": repr(expected_codes(list(codes.values()), order)),
            }
        )
    return rows


def expected_codes(interviews: Sequence[set[str]], size: int) -> float:
    """The mean number of codes in `size` of the interviews, over all ways to choose them."""
    total = len(interviews)
    ways = math.comb(total, size)
    having = [sum(code in own for own in interviews) for code in set().union(*interviews)]
    return sum(1 - math.comb(total - n, size) / ways for n in sorted(having))
