"""Whether a response comes from where an earlier one came from; the address goes no further."""

from collections import Counter
from collections.abc import Mapping, Sequence

from grassroots.intake.indexed import Texts, distinct, rows_of
from grassroots.intake.reading import Value, has_value
from grassroots.intake.wenjuanxing import address_and_place

# What `_start` takes off: the place of an address, and all blanks of Unicode before and behind.
_BLANK = r"[\s\p{Z}\x0B\x1C-\x1F\x{85}]"
_AROUND = rf"^{_BLANK}+|{_BLANK}*(?:[(（](?s:.*))?$"


def repeated_source(
    addresses: Sequence[Value], background: Mapping[str, Sequence[str | float | None]]
) -> list[bool]:
    """For each response: was there an earlier one with its address and its background answers?

    Colleagues share an address, so the address alone says nothing. A response without an address
    or without any background answer repeats nobody.
    """
    if not background:
        return [False] * len(addresses)
    repeated = [False] * len(addresses)
    unanswered = (None,) * len(background)
    seen: set[tuple[object, ...]] = set()
    # An address is only ever compared, and leaves this call by no way.
    shared = _shared(addresses)
    columns = [rows_of(values, list(shared)) for values in background.values()]
    for (row, address), answered in zip(shared.items(), zip(*columns, strict=True), strict=True):
        if answered != unanswered:
            before = len(seen)
            seen.add((address, answered))
            repeated[row] = len(seen) == before
    return repeated


def _shared(addresses: Sequence[Value]) -> dict[int, str]:
    """The addresses that may stand in several rows, by the places of those rows, in their order.

    Cells of one address begin alike, and are told apart only where others begin as they do.
    """
    rows = _with_common_start(addresses)
    values = rows_of(addresses, rows)
    known = {value: address_and_place(value)[0] for value in distinct(values) if has_value(value)}
    return {row: known[value] for row, value in zip(rows, values, strict=True) if value in known}


def _with_common_start(addresses: Sequence[Value]) -> list[int]:
    """The rows whose address begins as that of another row does."""
    if isinstance(addresses, Texts):
        return addresses.replaced(_AROUND, "").recurring()
    starts = {value: _start(value) for value in distinct(addresses)}
    times = Counter(map(starts.__getitem__, addresses))
    return [row for row, value in enumerate(addresses) if times[starts[value]] > 1]


def _start(value: Value) -> str:
    """What stands before the place of an address: all of a cell without one."""
    return str(value).replace("（", "(").partition("(")[0].strip()
