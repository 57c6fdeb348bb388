"""What tests/parity/models.R is asked, and the data that it is asked about."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lavaan_models import HS

from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.structural_form import StructuralForm, structural_syntax

REFERENCE = Path(__file__).parents[1] / "reference"
STEPS = ("configural", "metric", "scalar", "strict")
RELEASE = {"loadings": ["speed =~ x8"], "intercepts": ["x3 ~ 1", "x7 ~ 1"], "residuals": []}
PARTIAL = {**dict.fromkeys(STEPS), "metric": "configural", "scalar": "metric", "strict": "scalar"}
AGAINST = {
    **{step: before for step, before in PARTIAL.items() if before},
    "partial_metric": "configural",
    "partial_scalar": "partial_metric",
    "partial_strict": "partial_scalar",
}
ITEMS = {
    name: tuple(f"{name}_{i}" for i in (1, 2, 3)) for name in ("X1", "M1", "M2", "Y1", "Y2", "X2")
}
SERIAL = StructuralForm("X1", ("M1", "M2", "Y1"), "Y2", "serial", (), ITEMS_USED := {
    name: ITEMS[name] for name in ("X1", "M1", "M2", "Y1", "Y2")
})  # fmt: skip
COVARIATES = StructuralForm("X1", ("M1", "M2"), "Y2", "serial", ("sex.b", "age"), {
    name: ITEMS[name] for name in ("X1", "M1", "M2", "Y2")
})  # fmt: skip
