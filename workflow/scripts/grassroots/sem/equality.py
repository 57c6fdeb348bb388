"""Parameters that are held equal over groups, and those that are released from it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grassroots.sem.partable import Row

GROUP_EQUAL = (
    "loadings",
    "intercepts",
    "means",
    "regressions",
    "residuals",
    "residual.covariances",
    "lv.variances",
    "lv.covariances",
)


def hold_equal(
    rows: list["Row"], latent: set[str], equal: set[str], kept_free: set[tuple[str, str, str]]
) -> None:
    """Hold kinds of parameters equal over groups by giving them a common (hidden) label.

    Those that are `kept_free` stay free in each group. Equal intercepts free the factor means of
    all groups but the first, as in lavaan.
    """
    first = {row.key: row for row in rows if row.group == 0}
    for row in rows:
        own = row.lhs == row.rhs
        inside = row.lhs in latent
        kind = {
            "=~": "loadings",
            "~": "regressions",
            "~1": "means" if inside else "intercepts",
            "~~": ("lv.variances" if own else "lv.covariances")
            if inside
            else ("residuals" if own else "residual.covariances"),
        }[row.op]
        if row.op == "~1" and inside and not row.user and "intercepts" in equal:
            if row.group > 0 and "means" not in equal:
                row.free = 0
            continue
        partner = first.get(row.key)
        if row.key in kept_free:
            continue
        if kind in equal and partner is not None and partner.free >= 0 and row.free >= 0:
            row.label = partner.label = partner.label or f".{row.lhs}{row.op}{row.rhs}."


def released(texts: Iterable[str], rows: list["Row"]) -> set[tuple[str, str, str]]:
    """The parameters that `texts` name, a covariance under either order of its variables."""
    known = {row.key for row in rows}
    found = set()
    for text in texts:
        lhs, op, rhs = (part.strip() for part in re.split("(=~|~~|~)", text, maxsplit=1))
        keys = {(lhs, "~1", "") if (op, rhs) == ("~", "1") else (lhs, op, rhs)}
        if op == "~~":
            keys.add((rhs, op, lhs))
        if not keys & known:
            raise ValueError(f"group_partial: the model has no parameter {text!r}")
        found |= keys
    return found
