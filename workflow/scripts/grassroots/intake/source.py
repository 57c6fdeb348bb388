"""Whether a response comes from where an earlier one came from; the address goes no further."""

from collections.abc import Mapping, Sequence

from grassroots.intake.reading import Value, has_value
from grassroots.intake.wenjuanxing import address_and_place


def repeated_source(
    addresses: Sequence[Value], background: Mapping[str, Sequence[str | float | None]]
) -> list[bool]:
    """For each response: was there an earlier one with its address and its background answers?

    Colleagues share an address, so the address alone says nothing. A response without an address
    or without any background answer repeats nobody.
    """
    # An address is only ever compared, and leaves this call by no way.
    known = {value: address_and_place(value)[0] for value in set(addresses) if has_value(value)}
    seen: set[tuple[object, ...]] = set()
    repeated = []
    for row, value in enumerate(addresses):
        answers = tuple(values[row] for values in background.values())
        address = known.get(value)
        if address is None or all(answer is None for answer in answers):
            repeated.append(False)
            continue
        before = len(seen)
        seen.add((address, answers))
        repeated.append(len(seen) == before)
    return repeated
