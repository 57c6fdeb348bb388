"""Whether a response comes from where an earlier one came from; the address goes no further."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from grassroots.intake.reading import Value, has_value
from grassroots.intake.wenjuanxing import address_and_place


def repeated_source(
    addresses: Sequence[Value], background: Mapping[str, Sequence[str | float | None]]
) -> list[bool]:
    """For each response: was there an earlier one with its address and its background answers?

    Colleagues share an address, so the address alone says nothing. A response without an address
    or without any background answer repeats nobody. Addresses are compared as digests with a salt
    that is drawn for this call and never stored.
    """
    salt = secrets.token_bytes(16)
    seen: set[bytes] = set()
    repeated = []
    for row, value in enumerate(addresses):
        answers = [values[row] for values in background.values()]
        if not has_value(value) or all(answer is None for answer in answers):
            repeated.append(False)
            continue
        address, _, _ = address_and_place(value)
        digest = hashlib.blake2b(repr((address, answers)).encode(), key=salt).digest()
        repeated.append(digest in seen)
        seen.add(digest)
    return repeated
