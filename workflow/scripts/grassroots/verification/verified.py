"""What `verify` says of a dataset: its raw files, its numbers, the findings published about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grassroots.verification.golden import Moved, count, moved, same_raw_files
from grassroots.verification.printed_p import Printed, consistent, p_range

# The states of a claim that count as failures; a difference that is explained is none.
FAILED_STATES = {"differs", "conclusion_changes", "not_computed", "not_as_simulated"}


@dataclass(frozen=True)
class Claim:
    """A published finding beside what was found."""

    id: str
    claimed: str
    found: str
    state: str
    note: str

    @property
    def failed(self) -> bool:
        """Whether it counts as a failure."""
        return self.state in FAILED_STATES


@dataclass(frozen=True)
class Verified:
    """All that can be said of one dataset.

    `raw` is same, other (nothing can be said about numbers and claims then) or unknown (nothing to
    compare with); `contradictory` holds the published tests whose p cannot come from their
    statistic: a fault of the publication, not of this run.
    """

    dataset: str
    simulated: bool
    raw: str
    n_expected: int = 0
    moved: list[Moved] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    consistent: int = 0
    contradictory: dict[str, tuple[Printed, float, float]] = field(default_factory=dict)

    @property
    def states(self) -> Counter[str]:
        """How many claims are in each state."""
        return Counter(claim.state for claim in self.claims)

    @property
    def failed(self) -> bool:
        """Whether a number has moved or a claim has failed."""
        return bool(self.moved) or any(claim.failed for claim in self.claims)


def verified(
    numbers: Mapping[str, Any],
    expected: Mapping[str, Any] | None,
    claims: Sequence[Mapping[str, str]],
    tests: Mapping[str, Mapping[str, Any]],
) -> Verified:
    """Compare a run with the published run's numbers and with the published findings.

    `numbers`: numbers.json; `expected`: the golden numbers, None where there are none; `claims`:
    the rows of claims.csv; `tests`: claim: its published test.
    """
    raw, differing, wanted = "unknown", [], 0
    if expected is not None:
        raw = "same" if same_raw_files(expected, numbers) else "other"
        if raw == "same":
            differing, wanted = moved(expected, numbers), count(expected)
    printed = {name: _printed(test) for name, test in tests.items()}
    wrong = [name for name, each in printed.items() if not consistent(each)]
    return Verified(
        dataset=numbers["dataset"],
        simulated=numbers["simulated"],
        raw=raw,
        n_expected=wanted,
        moved=differing,
        claims=[
            Claim(row["id"], row["claimed"], row["found"], row["state"], row["note"])
            for row in claims
        ],
        consistent=len(printed) - len(wrong),
        contradictory={name: (printed[name], *p_range(printed[name])) for name in wrong},
    )


def _printed(test: Mapping[str, Any]) -> Printed:
    """A test of claims.yaml: {"statistic", "value", "df", "df2", "p"}, p perhaps after < or >."""
    symbol = "χ²" if test["statistic"] == "chi2" else test["statistic"]
    freedom = tuple(f"{test[key]:g}" for key in ("df", "df2") if test.get(key))
    sign = test["p"][0] if test["p"][0] in "<>" else "="
    return Printed(symbol, test["value"], freedom, sign, test["p"].lstrip("<> "))
