"""Whether a response comes from where an earlier one came from; the address goes no further."""

from collections import Counter
from collections.abc import Mapping, Sequence

from grassroots.intake.indexed import distinct, rows_of
from grassroots.intake.reading import Value, has_value
from grassroots.intake.wenjuanxing import address_and_place


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
    starts = {value: _start(value) for value in distinct(addresses) if has_value(value)}
    times = Counter(map(starts.get, addresses))
    known = {
        value: address_and_place(value)[0] for value, start in starts.items() if times[start] > 1
    }
    found = enumerate(map(known.get, addresses))
    return {row: address for row, address in found if address is not None}


def _start(value: Value) -> str:
    """What stands before the place of an address: all of a cell without one."""
    return str(value).replace("（", "(").partition("(")[0].strip()
