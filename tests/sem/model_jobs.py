"""What tests/parity/models.R is asked, and the data that it is asked about."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lavaan_models import HS

from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.structural_form import StructuralForm, structural_syntax

REFERENCE = Path(__file__).parents[1] / "reference"
RELEASE = {"loadings": ["speed =~ x8"], "intercepts": ["x3 ~ 1", "x7 ~ 1"], "residuals": []}
AGAINST = {
    "metric": "configural",
    "scalar": "metric",
    "strict": "scalar",
    "partial_metric": "configural",
    "partial_scalar": "partial_metric",
    "partial_strict": "partial_scalar",
}

# id -> form, levels of the moderator
MODERATED: dict[str, tuple[ModeratedForm, tuple[str, ...]]] = {
    "first": (ModeratedForm("X", ("M1", "M2"), "Y", "g2", ("first",), ("g3",)), ()),
    "second": (ModeratedForm("X", ("M1", "M2"), "Y", "g2", ("second",), ()), ()),
    "both": (ModeratedForm("X", ("M1", "M2"), "Y", "g2", ("first", "second"), ("g3",)), ()),
    "all": (
        ModeratedForm("X", ("M1",), "Y", "sex", ("first", "second", "direct"), ("g2", "g3")),
        ("a", "b"),
    ),
    "direct": (ModeratedForm("X", (), "Y", "g2", ("direct",), ("sex.b",)), ()),
}


def _items(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(f"{name}_{i}" for i in (1, 2, 3)) for name in names}


STRUCTURAL = {
    "three_serial": StructuralForm(
        "X1", ("M1", "M2", "Y1"), "Y2", "serial", (), _items("X1", "M1", "M2", "Y1", "Y2")
    ),
    "covariates": StructuralForm(
        "X1", ("M1", "M2"), "Y2", "parallel", ("sex.b", "g2"), _items("X1", "M1", "M2", "Y2")
    ),
    "serial_covariates": StructuralForm(
        "X1", ("M1", "M2"), "Y2", "serial", ("sex.b", "g2", "g3"), _items("X1", "M1", "M2", "Y2")
    ),
}


def tables() -> dict[str, pd.DataFrame]:
    """The data by file name; a respondent without a value stands in the middle of the scores."""
    scores = pd.read_csv(REFERENCE / "sim320_obs.csv")
    others = pd.read_csv(REFERENCE / "sim320_parcels_cov.csv")[["g1", "g2", "g3"]]
    others = others.rename(columns={"g1": "sex.b"})
    items = pd.read_csv(REFERENCE / "sim320x59.csv").join(others)
    scores = scores.join(others).assign(sex=np.where(others["sex.b"] > 0, "b", "a"))
    scores.loc[100, "M1"] = np.nan
    return {
        "HS.csv": pd.read_csv(REFERENCE / "HS.csv"),
        "scores.csv": scores,
        "items.csv": items,
        "rows319.csv": pd.DataFrame(rows(319, 60)),
        "rows320.csv": pd.DataFrame(rows(320, 60)),
        "few.csv": pd.DataFrame(rows(320, 10)),
    }


def rows(n: int, draws: int) -> np.ndarray:
    """Row positions of resamples, counted from 0."""
    return np.random.default_rng(n).integers(0, n, (draws, n))


def jobs() -> dict[str, dict[str, Any]]:
    """The jobs by their ids."""
    found: dict[str, dict[str, Any]] = {
        f"invariance_{estimator}": {
            "kind": "invariance",
            "data": "HS.csv",
            "syntax": HS,
            "group": "school",
            "estimator": estimator,
            "release": {kind: names for kind, names in RELEASE.items() if names},
            "steps": ["configural", *AGAINST],
            "against": AGAINST,
            "means": "partial_scalar",
        }
        for estimator in ("ML", "MLR")
    }
    for name, (form, levels) in MODERATED.items():
        found[f"moderation_{name}"] = moderation_job(form, levels)
    for name, form in STRUCTURAL.items():
        syntax = structural_syntax(form)
        found[f"replay_{name}"] = {
            "kind": "replay", "data": "items.csv", "rows": "few.csv", "syntax": syntax,
        }  # fmt: skip
    return found


def moderation_job(form: ModeratedForm, levels: tuple[str, ...]) -> dict[str, Any]:
    """The regressions and effects of a moderated model as R formulas, written out anew."""
    x, m, y, w = form.predictor, form.mediators, form.outcome, form.moderator
    covariates = "".join(f" + {name}" for name in form.covariates)
    stages = form.moderated
    first = f" + {w} + {x}:{w}" if "first" in stages else ""
    equations = [f"{mediator} ~ {x}{first}{covariates}" for mediator in m]
    moderated = [*(m if "second" in stages else ()), *([x] if "direct" in stages else ())]
    outcome = "".join([f" + {mediator}" for mediator in m])
    outcome += f" + {w}" if moderated else ""
    outcome += "".join(f" + {cause}:{w}" for cause in moderated)
    equations.append(f"{y} ~ {x}{outcome}{covariates}")
    last, points = len(equations), 2 if levels else 3

    def slope(equation: int, cause: str, moves: bool, k: int) -> str:
        own = f'b({equation}, "{cause}")'
        return f'({own} + p[{k}] * b({equation}, "{cause}:{w}"))' if moves else own

    effects = []
    for j, mediator in enumerate(m, 1):
        at = [
            slope(j, x, "first" in stages, k) + " * " + slope(last, mediator, "second" in stages, k)
            for k in range(1, points + 1)
        ]
        if {"first", "second"} & set(stages):
            both = {"first", "second"} <= set(stages)
            index = f"{at[-1]} - {at[0]}" if both or levels else (
                f'b({j}, "{x}:{w}") * b({last}, "{mediator}")' if "first" in stages
                else f'b({j}, "{x}") * b({last}, "{mediator}:{w}")'
            )  # fmt: skip
            effects += [*at, index]
    if "direct" in stages:
        effects += [slope(last, x, True, k) for k in range(1, points + 1)]
    slopes = [{"equation": j, "cause": x} for j in range(1, last) if "first" in stages]
    slopes += [{"equation": last, "cause": cause} for cause in moderated]
    complete = 320 - ("M1" in m)
    job = {
        "kind": "moderation",
        "data": "scores.csv",
        "rows": f"rows{complete}.csv",
        "variables": [*form.constructs, *form.covariates],
        "multiplied": list(dict.fromkeys([x] * ("first" in stages) + moderated)),
        "moderator": w,
        "equations": equations,
        "slopes": slopes,
        "effects": effects,
    }
    return job | ({"levels": list(levels)} if levels else {})
