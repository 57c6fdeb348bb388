"""Agreement of coders: percent agreement, Cohen's kappa, Krippendorff's nominal alpha.

All three work on values of any kind: here 1 and 0, whether a coder gave a code to a unit or not.
"""

import itertools
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from grassroots.interviews.coding import Coding

AGREEMENT_COLUMNS = ["code", "coders", "n", "percent_agreement", "kappa", "alpha", "unit"]

Values = Sequence[Hashable | None]


def percent_agreement(first: Values, second: Values) -> float | None:
    """The share of units with the same value, as a fraction; None without a unit of both.

    A unit that one of the two lacks (None) does not count.
    """
    pairs = _pairs(first, second)
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def cohen_kappa(first: Values, second: Values) -> float | None:
    """Cohen's kappa (1960): (p_o - p_e)/(1 - p_e), p_e from each coder's own distribution.

    None if it is not defined: no unit of both, or both gave one and the same value throughout.
    """
    pairs = _pairs(first, second)
    if not pairs:
        return None
    n = len(pairs)
    by_first, by_second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # In whole numbers: whether chance alone would agree throughout must not hang on rounding.
    chance = sum(count * by_second[value] for value, count in by_first.items())
    if chance == n * n:
        return None
    observed = sum(a == b for a, b in pairs)
    return (observed * n - chance) / (n * n - chance)


def krippendorff_alpha(coders: Sequence[Values]) -> float | None:
    """Krippendorff's alpha for nominal values (2011, section C): 1 - D_o/D_e.

    `coders`: one sequence of values a coder, over the same units; None where a coder has none. A
    unit with fewer than two values does not count. None if all values that count are the same.
    """
    units = [[value for value in unit if value is not None] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in units for value in unit)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if expected == 0:
        return None
    observed = 0.0
    for unit in units:
        same = sum(count * (count - 1) for count in Counter(unit).values())
        observed += (len(unit) * (len(unit) - 1) - same) / (len(unit) - 1)
    return 1 - (n - 1) * observed / expected


def agreement_table(
    codings: Sequence[Coding], codes: Sequence[str], unit: str
) -> list[dict[str, str]]:
    """A row for each pair of coders and each code, and one over all codes (`code` empty).

    `unit` is `excerpt` (a passage that either of the two coded, in the interviews that both coded)
    or `interview`. More than two coders have a row for all of them, with alpha alone. The row over
    all codes takes every decision, unit by unit and code by code. Empty if nobody coded twice.
    """
    given = _decisions(codings, unit)
    coders = sorted({each.coder for each in codings if each.coder})
    groups: list[tuple[str, ...]] = list(itertools.combinations(coders, 2))
    if len(coders) > 2:
        groups.append(tuple(coders))
    rows = []
    for group in groups:
        units = _shared_units(codings, group, unit)
        if not units:
            continue
        by_code = {
            code: [
                [_decision(given, coder, each, code, coders_of) for each, coders_of in units]
                for coder in group
            ]
            for code in codes
        }
        pooled = [
            [value for code in codes for value in by_code[code][place]]
            for place in range(len(group))
        ]
        rows += [_row(code, group, by_code[code], unit) for code in codes]
        rows.append(_row("", group, pooled, unit))
    return rows


Unit = Hashable


def _unit_of(each: Coding, unit: str) -> Unit:
    return each.interview if unit == "interview" else (each.interview, each.passage)


def _decisions(codings: Sequence[Coding], unit: str) -> set[tuple[str, Unit, str]]:
    return {(each.coder, _unit_of(each, unit), each.code) for each in codings}


def _shared_units(
    codings: Sequence[Coding], group: Sequence[str], unit: str
) -> list[tuple[Unit, set[str]]]:
    """The units of interviews that at least two of the group coded, with who coded those."""
    who: dict[str, set[str]] = {}
    for each in codings:
        if each.coder in group:
            who.setdefault(each.interview, set()).add(each.coder)
    units: dict[Unit, set[str]] = {}
    for each in codings:
        if each.coder in group and len(who[each.interview]) > 1:
            units.setdefault(_unit_of(each, unit), who[each.interview])
    return list(units.items())


def _decision(
    given: set[tuple[str, Unit, str]], coder: str, unit: Unit, code: str, coded_by: set[str]
) -> int | None:
    """1 or 0; None where the coder did not code the unit's interview."""
    return int((coder, unit, code) in given) if coder in coded_by else None


def _row(
    code: str, group: Sequence[str], values: Sequence[Sequence[int | None]], unit: str
) -> dict[str, str]:
    pair = len(group) == 2
    numbers: Mapping[str, float | None] = {
        "percent_agreement": percent_agreement(*values) if pair else None,
        "kappa": cohen_kappa(*values) if pair else None,
        "alpha": krippendorff_alpha(values),
    }
    return {
        "code": code,
        "coders": "; ".join(group),
        "n": str(len(values[0])),
        **{name: "" if value is None else repr(float(value)) for name, value in numbers.items()},
        "unit": unit,
    }


def _pairs(first: Values, second: Values) -> list[tuple[Hashable, Hashable]]:
    pairs = zip(first, second, strict=True)
    return [(a, b) for a, b in pairs if a is not None and b is not None]
