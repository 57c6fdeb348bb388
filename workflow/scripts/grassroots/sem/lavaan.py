"""Models as R scripts for lavaan, and what lavaan then says of them.

A script holds the model and reads the covariances that it needs, and no respondent's row: whoever
runs it gets the numbers of our rows with estimator ML.
"""

import csv
import io
from collections.abc import Mapping

import pandas as pd

from grassroots.sem.fit import Fit
from grassroots.sem.quantities import parameter

SCRIPT = """\
# The model {name} in lavaan, by maximum likelihood from the covariances in {name}.csv.
# Run it in this folder:  Rscript {name}.R
{note}library(lavaan)

model <- '
{syntax}
'

# One row and one column a variable; the divisor of the covariances is n.
moments <- read.csv("{name}.csv", check.names = FALSE)
covariances <- as.matrix(moments[moments$variable])
rownames(covariances) <- moments$variable
fit <- sem(model, sample.cov = covariances, sample.nobs = moments$n[1], sample.cov.rescale = FALSE)

print(fitMeasures(fit, c("npar", "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea.ci.lower",
                         "rmsea.ci.upper", "srmr", "logl", "aic", "bic")))
print(parameterEstimates(fit, standardized = TRUE), nd = 6)
"""

# Runs the scripts of the folder that it is started in, and prints what they found as a table. A
# model on which lavaan gives up has no rows.
READER = """
suppressMessages(library(lavaan))
wanted <- c(chi2 = "chisq", df = "df", cfi = "cfi", tli = "tli", rmsea = "rmsea", srmr = "srmr",
            loglik = "logl", aic = "aic", bic = "bic")
read <- function(file) {
  place <- new.env()
  capture.output(suppressWarnings(sys.source(file, place)))
  if (!lavInspect(place$fit, "converged")) return(NULL)
  m <- fitMeasures(place$fit, wanted)
  est <- suppressWarnings(parameterEstimates(place$fit, standardized = TRUE))
  long <- lapply(c(est = "est", se = "se", std = "std.all"), function(column) est[[column]])
  rows <- lapply(names(long), function(column) data.frame(
    kind = column, lhs = est$lhs, op = est$op, rhs = est$rhs, value = long[[column]]))
  measures <- data.frame(kind = names(wanted), lhs = "", op = "", rhs = "", value = as.numeric(m))
  cbind(model = sub("[.]R$", "", file), rbind(measures, do.call(rbind, rows)))
}
found <- lapply(sort(list.files(pattern = "[.]R$")), function(f) try(read(f), silent = TRUE))
found <- do.call(rbind, Filter(is.data.frame, found))
if (!is.null(found)) {
  found$value <- sprintf("%.17g", found$value)
  write.csv(found, row.names = FALSE)
}
"""


def lavaan_files(name: str, syntax: str, fit: Fit, marks: Mapping[str, str]) -> dict[str, str]:
    """The text of each file, by file name; none for a model without estimates.

    `marks` are what tables say of the data behind them (see run.tables.write_table).
    """
    if not fit.usable:
        return {}
    covariances, _ = fit.sample_moments()
    moments = pd.DataFrame(covariances, columns=fit.observed)
    moments.insert(0, "variable", fit.observed)
    moments.insert(1, "n", int(fit.measures["n"]))
    note = "".join(f"# {about.capitalize()}: {what}.\n" for about, what in marks.items())
    return {
        f"{name}.R": SCRIPT.format(name=name, syntax=syntax, note=note),
        f"{name}.csv": moments.assign(**marks).to_csv(index=False, lineterminator="\n"),
    }


def lavaan_opinions(printed: str) -> dict[str, dict[str, float]]:
    """What `READER` printed: for each model its values by the names of `quantities`."""
    found: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(io.StringIO(printed)):
        name = row["kind"]
        if row["op"]:
            name += f" {parameter(row['lhs'], row['op'], row['rhs'])}"
        if row["value"] not in ("NA", "NaN"):
            found.setdefault(row["model"], {})[name] = float(row["value"])
    return found
