"""What `verify` prints: a block a dataset, claimed against found, and the sentence at the end."""

from collections.abc import Mapping, Sequence

from grassroots.verification.golden import FINDINGS, Moved
from grassroots.verification.verified import Claim, Verified

# More differences than a person reads; how many there are is said.
LONGEST = 20

Words = Mapping[str, str]


def verified_text(results: Sequence[Verified], words: Words, left_out: Sequence[str] = ()) -> str:
    """All datasets, and whether anything failed; `words` are the messages of one language.

    A dataset that was left out of the run is named: nothing can be said of it, so it fails.
    """
    blocks = ["\n".join(_dataset(result, words)) for result in results]
    blocks += [f"{name}\n  {words['verify_left_out']}" for name in left_out]
    failed = [*(result.dataset for result in results if result.failed), *left_out]
    closing = words["verify_failed"].format(names=", ".join(failed))
    return "\n\n".join([*blocks, closing if failed else words["verify_passed"]])


def moved_lines(moved: Sequence[Moved], words: Words) -> list[str]:
    """Each number that moved, with both values; of many the first, and how many more there are."""
    lines = []
    for each in moved[:LONGEST]:
        share = "" if each.relative is None else f"  ({each.relative:+.2g})"
        values = f"{_shown(each.expected, words)} → {_shown(each.found, words)}{share}"
        lines.append(f"    {each.table} [{each.row}] {each.column}: {values}")
    if len(moved) > LONGEST:
        lines.append("    " + words["verify_more"].format(count=len(moved) - LONGEST))
    return lines


def _dataset(result: Verified, words: Words) -> list[str]:
    title = words["verify_simulated"] if result.simulated else ""
    lines = [f"{result.dataset}{title}", "  " + words[f"verify_raw_{result.raw}"]]
    if result.raw == "same":
        numbers = [each for each in result.moved if each.table not in FINDINGS]
        key = "verify_numbers_moved" if numbers else "verify_numbers_same"
        lines.append("  " + words[key].format(count=result.n_expected, moved=len(numbers)))
        lines += moved_lines(numbers, words)
        for table in FINDINGS:
            lines += _findings(table, [e for e in result.moved if e.table == table], words)
    if not result.claims:
        return [*lines, "  " + words["verify_no_claims"]]
    states = ", ".join(f"{n} {words[f'state_{state}']}" for state, n in result.states.items())
    lines.append("  " + words["verify_claims"].format(count=len(result.claims), states=states))
    lines += _claims(result.claims, words)
    if result.consistent or result.contradictory:
        n = result.consistent + len(result.contradictory)
        key = words["verify_p"].format(count=n, agree=result.consistent)
        lines.append(f"  {key}")
    for name, (test, low, high) in result.contradictory.items():
        values = {"name": name, "test": str(test), "low": f"{low:.3g}", "high": f"{high:.3g}"}
        lines.append("    " + words["verify_p_contradicts"].format(**values))
    return lines


def _findings(table: str, moved: Sequence[Moved], words: Words) -> list[str]:
    """Which verdicts or published findings are not those of the published run, and how."""
    if not moved:
        return []
    names = list(dict.fromkeys(each.row for each in moved))
    said = words[f"verify_{table}_moved"].format(count=len(names), names=", ".join(names))
    return [f"  {said}", *moved_lines(moved, words)]


def _claims(claims: Sequence[Claim], words: Words) -> list[str]:
    """A line a claim: its id, claimed against found, its state; failures are marked."""
    width = max(len(claim.id) for claim in claims)
    return [
        f"  {'✗' if claim.failed else ' '} {claim.id:<{width}}  {claim.claimed} | "
        f"{_short(claim.found)} | {words[f'state_{claim.state}']}"
        + (f" ({claim.note})" if claim.note else "")
        for claim in claims
    ]


def _short(found: str) -> str:
    """The found values with six digits; all of them stand in claims.csv."""
    return "; ".join(_six(part) for part in found.split("; ")) or "–"


def _six(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text


def _shown(value: str | float | None, words: Words) -> str:
    if value is None:
        return words["verify_absent"]
    return f"{value:.9g}" if isinstance(value, float) else str(value)
