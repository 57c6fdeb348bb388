"""Random models and data sets for the live comparison with lavaan."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass
class RandomCase:
    """A model text, its data and the options, in our names."""

    name: str
    model: str
    data: pd.DataFrame
    options: dict = field(default_factory=dict)


def _factors(rng: np.random.Generator, n: int, count: int) -> tuple[np.ndarray, list[np.ndarray]]:
    mix = np.tril(rng.uniform(0.1, 0.5, (count, count)), -1) + np.eye(count)
    eta = rng.standard_normal((n, count)) @ mix.T
    return eta, list(mix)


def random_case(seed: int) -> RandomCase:  # noqa: C901, PLR0915 (a branch a kind)
    """One case; its kind goes round with the seed, everything else is drawn."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(150, 500))
    # lavaan takes minutes where many variables are incomplete
    count = 2 if seed % 8 == 6 else int(rng.integers(2, 5))
    eta, _ = _factors(rng, n, count)
    skewed = rng.random() < 0.5
    columns, measures, items = {}, [], []
    for f in range(count):
        k = int(rng.integers(3, 7))
        names = [f"f{f}_{i}" for i in range(k)]
        for name in names:
            noise = rng.standard_normal(n)
            if skewed:
                noise = (noise**2 - 1) / np.sqrt(2)
            scale = rng.uniform(0.5, 3.0)
            columns[name] = scale * (
                rng.uniform(0.5, 1.0) * eta[:, f] + rng.uniform(0.4, 0.9) * noise + rng.normal()
            )
        measures.append(f"F{f} =~ " + " + ".join(names))
        items.append(names)
    model = "\n".join(measures)
    kind = ("cfa", "residuals", "paths", "covariates", "second", "groups", "missing", "equal")[
        seed % 8
    ]
    options: dict = {}
    if kind == "residuals":
        model += f"\n{items[0][0]} ~~ {items[1][0]}\n{items[0][1]} ~~ {items[-1][1]}"
        options["estimator"] = "MLR"
    if kind in ("paths", "covariates"):
        extra = ""
        if kind == "covariates":
            for g in range(2):
                columns[f"g{g}"] = rng.integers(0, 3 + g, n) + 0.3 * eta[:, 0]
            extra = " + g0 + g1"
            options["fixed_x"] = bool(rng.random() < 0.7)
        for f in range(1, count):
            model += f"\nF{f} ~ " + " + ".join(f"b{f}{h}*F{h}" for h in range(f)) + extra
        model += "\nind := b10*" + (f"b{count - 1}1" if count > 2 else "2")
        if rng.random() < 0.5:
            options["estimator"] = "MLR"
    if kind == "second":
        if count == 2:
            model = "\n".join([*measures, f"F2 =~ {items[0][0]} + {items[1][0]} + {items[1][1]}"])
            model = "\n".join(measures)
        else:
            model += "\nG =~ " + " + ".join(f"F{f}" for f in range(count))
    if kind == "groups":
        columns["where"] = rng.choice(["south", "north", "east"][: int(rng.integers(2, 4))], n)
        kinds = ("loadings", "intercepts", "residuals")
        options |= {"group": "where", "group_equal": kinds[: int(rng.integers(0, 4))]}
        if rng.random() < 0.5:
            options["estimator"] = "MLR"
    if kind == "equal":
        names = items[0]
        model += f"\nF0 ~~ NA*F0\n{names[0]} ~~ v*{names[0]}\n{names[1]} ~~ v*{names[1]}"
        model = model.replace("F1 =~ ", "F1 =~ NA*", 1) + "\nF1 ~~ 1*F1"
        options |= {"meanstructure": True, "likelihood": "wishart"}
    data = pd.DataFrame(columns)
    if kind == "missing":
        holes = rng.random(data.shape) < rng.uniform(0.02, 0.15)
        holes[:, 4:] = False
        data = data.mask(holes)
        options["missing"] = "fiml"
        if seed % 16 >= 8:
            options["estimator"] = "MLR"
    return RandomCase(f"{seed}-{kind}", model, data.round(4), options)
