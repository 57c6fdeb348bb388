"""Bootstrap draws and what is read off them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from grassroots.sem import intervals

METHODS = ("percentile", "bc", "bca")


@dataclass
class Effect:
    """One parameter or defined effect: estimate, draws, and everything read off the draws."""

    name: str
    est: float
    std: float
    draws: np.ndarray
    std_draws: np.ndarray
    se: float
    p: float
    interval: dict[str, tuple[float, float]]
    std_se: float
    std_interval: dict[str, tuple[float, float]]


@dataclass
class Draws:
    """All draws of one bootstrap.

    `theta` (draws x free parameters), `raw` and `std` (draws x rows of `parameters`, which are the
    rows of the fit's table with its definitions last); failed draws are NaN.
    """

    parameters: pd.DataFrame
    theta: np.ndarray
    raw: np.ndarray
    std: np.ndarray
    counts: list[np.ndarray]
    inadmissible: np.ndarray
    names: list[str]
    n: int
    jackknife: Callable[[], tuple[np.ndarray, np.ndarray]]
    _acceleration: tuple[np.ndarray, np.ndarray] | None = field(default=None, repr=False)

    @property
    def draws(self) -> int:
        """How many resamples were drawn, failed ones included."""
        return len(self.theta)

    @property
    def failed(self) -> np.ndarray:
        """Which draws could not be estimated."""
        return np.isnan(self.theta).any(axis=1)

    @property
    def n_failed(self) -> int:
        """How many draws could not be estimated."""
        return int(self.failed.sum())

    @property
    def n_inadmissible(self) -> int:
        """Draws with a negative variance; they are kept."""
        return int(self.inadmissible.sum())

    def acceleration(self) -> tuple[np.ndarray, np.ndarray]:
        """BCa's acceleration of every row, unstandardised and standardised.

        From the regression of the draws on the resampling frequencies, as boot and lavaan do, where
        there are more valid draws than cases; else from the jackknife.
        """
        if self._acceleration is None:
            valid = ~self.failed
            if valid.sum() > self.n:
                influence = _influence(self.counts, valid)
                self._acceleration = (
                    _skew(influence(self.raw)),
                    _skew(influence(self.std)),
                )
            else:
                raw, std = self.jackknife()
                self._acceleration = (intervals.acceleration(raw), intervals.acceleration(std))
        return self._acceleration

    def effect(self, name: str, level: float = 0.95) -> Effect:
        """An effect by its defined name, its label, or as "lhs op rhs" (first group).

        Raises KeyError for an unknown name.
        """
        at = self._row(name)
        frame = self.table(level, rows=[at]).iloc[0]
        pairs = {m: (frame[f"{m}_low"], frame[f"{m}_high"]) for m in METHODS}
        std_pairs = {m: (frame[f"std_{m}_low"], frame[f"std_{m}_high"]) for m in METHODS}
        return Effect(
            name, frame["est"], frame["std"], self.raw[:, at], self.std[:, at],
            frame["se"], frame["p"], pairs, frame["std_se"], std_pairs,
        )  # fmt: skip

    def _row(self, name: str) -> int:
        table = self.parameters
        by_name = np.flatnonzero((table["label"] == name) & (name != ""))
        if not by_name.size:
            text = (table["lhs"] + " " + table["op"] + " " + table["rhs"]).str.strip()
            turned = (table["rhs"] + " " + table["op"] + " " + table["lhs"]).str.strip()
            by_name = np.flatnonzero((text == name) | ((turned == name) & (table["op"] == "~~")))
        if not by_name.size:
            raise KeyError(name)
        return int(by_name[0])

    def table(self, level: float = 0.95, rows: list[int] | None = None) -> pd.DataFrame:
        """All rows with estimate, bootstrap standard error, p and the three intervals.

        Columns: group, lhs, op, rhs, label, est, se, p, <method>_low, <method>_high, and the same
        with std_ in front; method is percentile, bc or bca.
        """
        places = list(range(len(self.parameters))) if rows is None else rows
        out = self.parameters.iloc[places][["group", "lhs", "op", "rhs", "label"]].copy()
        accelerations = self.acceleration()
        for prefix, column, draws, acceleration in (
            ("", "est", self.raw, accelerations[0]),
            ("std_", "std", self.std, accelerations[1]),
        ):
            part = draws[:, places]
            estimate = self.parameters[column].to_numpy(dtype=float)[places]
            part = np.where(np.isfinite(part), part, np.nan)
            # what is fixed has draws that differ from it by rounding only
            fixed = _constant(part)
            out[column] = estimate
            out[prefix + "se"] = np.where(fixed, 0.0, intervals.bootstrap_se(part))
            if not prefix:
                out["p"] = np.where(fixed, np.nan, intervals.bootstrap_p(part))
            for method, (low, high) in (
                ("percentile", intervals.percentile(part, level)),
                ("bc", intervals.bias_corrected(part, estimate, level)),
                ("bca", intervals.bca(part, estimate, acceleration[places], level)),
            ):
                out[f"{prefix}{method}_low"] = np.where(fixed, estimate, low)
                out[f"{prefix}{method}_high"] = np.where(fixed, estimate, high)
        return out


def _constant(draws: np.ndarray) -> np.ndarray:
    """Columns whose draws do not vary beyond rounding."""
    with np.errstate(all="ignore"):
        top = np.fmax.reduce(draws, axis=0, initial=-np.inf)
        bottom = np.fmin.reduce(draws, axis=0, initial=np.inf)
        size = np.maximum(np.abs(top), np.abs(bottom))
        return (top - bottom) <= 1e-12 * np.maximum(size, 1e-12)


def _influence(counts: list[np.ndarray], valid: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Empirical influence values by regression on frequencies (Davison & Hinkley 1997, 2.7.4)."""
    n = sum(c.shape[1] for c in counts)
    # one column of each group is redundant: the frequencies of a group add up
    columns = [c[valid][:, 1:] * (n / c.shape[1]) / n for c in counts]
    X = np.concatenate([np.ones((int(valid.sum()), 1)), *columns], axis=1)
    gram = np.linalg.pinv(X.T @ X, hermitian=True)

    def of(draws: np.ndarray) -> np.ndarray:
        y = draws[valid]
        usable = np.isfinite(y).all(axis=0)
        y = np.where(usable, y, 0.0)
        slopes = gram @ (X.T @ (y - y.mean(axis=0)))
        parts, at = [], 1
        for c in counts:
            k = c.shape[1]
            L = np.vstack([np.zeros((1, y.shape[1])), slopes[at : at + k - 1]])
            parts.append(L - L.mean(axis=0))
            at += k - 1
        out = np.concatenate(parts)
        out[:, ~usable] = np.nan
        return out

    return of


def _skew(influence: np.ndarray) -> np.ndarray:
    """Acceleration sum L^3 / (6 (sum L^2)^1.5); 0 where nothing varies."""
    with np.errstate(all="ignore"):
        squares = (influence**2).sum(axis=0)
        a = (influence**3).sum(axis=0) / (6 * squares**1.5)
    return np.where(squares > 0, a, np.where(np.isnan(squares), np.nan, 0.0))
