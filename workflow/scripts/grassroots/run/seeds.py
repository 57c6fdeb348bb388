"""Seeds: one for the whole study, one derived from it for each rule and dataset."""

import hashlib


def derived_seed(seed: int, rule: str, dataset: str) -> int:
    """A seed of 63 bits for one job, the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{rule}/{dataset}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
