# lavaan's discrepancy F for each of the 500 stored resamples of political democracy, and where its
# optimiser stopped: tests/reference/pd_boot_fmin.csv. Takes about two minutes.
#   Rscript tests/parity/pd_boot_fmin.R tests/reference
suppressMessages(library(lavaan))
folder <- commandArgs(trailingOnly = TRUE)[1]
data <- read.csv(file.path(folder, "PD.csv"))
rows <- as.matrix(read.csv(file.path(folder, "pd_boot_idx0.csv"))) + 1

model <- "
 ind60 =~ x1 + x2 + x3
 dem60 =~ y1 + y2 + y3 + y4
 dem65 =~ y5 + y6 + y7 + y8
 dem60 ~ ind60
 dem65 ~ ind60 + dem60
 y1 ~~ y5
 y2 ~~ y4 + y6
 y3 ~~ y7
 y4 ~~ y8
 y6 ~~ y8
"
whole <- sem(model, data)

# Started at the whole sample's estimates, as lavaan's own bootstrap is; the stopping rule is
# tightened as far as each resample lets it be. fmin is F / 2.
one <- function(i) {
  for (tolerance in c(1e-14, 1e-13, 1e-12, 1e-11, 1e-10)) {
    fit <- suppressWarnings(sem(model, data[i, ], start = whole, se = "none", baseline = FALSE,
      control = list(rel.tol = tolerance, iter.max = 2000, eval.max = 4000)))
    if (lavInspect(fit, "converged")) return(2 * as.numeric(fitMeasures(fit, "fmin")))
  }
  NA
}
F <- apply(rows, 1, one)
write.csv(data.frame(F = sprintf("%.15g", F)), file.path(folder, "pd_boot_fmin.csv"),
          row.names = FALSE, quote = FALSE)
