"""Whether a response comes from where an earlier one came from; the address goes no further."""

from collections import Counter
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
    if not background:
        return [False] * len(addresses)
    # An address is only ever compared, and leaves this call by no way.
    known = {value: address_and_place(value)[0] for value in set(addresses) if has_value(value)}
    times = Counter(map(known.get, addresses))
    unanswered = (None,) * len(background)
    seen: set[tuple[object, ...]] = set()
    repeated = []
    answers = zip(*background.values(), strict=True)
    for address, answered in zip(map(known.get, addresses), answers, strict=True):
        if address is None or times[address] == 1 or answered == unanswered:
            repeated.append(False)
            continue
        before = len(seen)
        seen.add((address, answered))
        repeated.append(len(seen) == before)
    return repeated
