# lavaan's values for a measurement model with a method factor behind all items.
#
#   Rscript method_factor.R <answers.csv> <output file>
#
# Answers: four factors a to d of five items each, and what all items share.
suppressMessages({
  library(lavaan)
  library(jsonlite)
})

arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1])
factors <- lapply(c(a = "a", b = "b", c = "c", d = "d"), function(letter) paste0(letter, 1:5))
items <- unlist(factors, use.names = FALSE)
declared <- mapply(function(f, own) paste(f, "=~", paste(own, collapse = " + ")), names(factors), factors)
with_method <- c(
  declared,
  paste("method =~ NA*", items[1], "+", paste0("start(.2)*", items, collapse = " + ")),
  "method ~~ 1*method",
  paste("method ~~ 0*", names(factors))
)
wide <- cfa(with_method, answers)
narrow <- cfa(declared, answers)
test <- lavTestLRT(wide, narrow)
standardised <- standardizedSolution(wide)
on_method <- standardised[standardised$lhs == "method" & standardised$op == "=~", "est.std"]
measures <- c("chisq", "df", "cfi", "tli", "rmsea", "srmr")
values <- list(
  made_by = "tests/parity/method_factor.R",
  lavaan = as.character(packageVersion("lavaan")),
  declared = as.list(fitMeasures(narrow, measures)),
  fit = as.list(fitMeasures(wide, measures)),
  difference = list(chi2 = test[2, "Chisq diff"], df = test[2, "Df diff"], p = test[2, "Pr(>Chisq)"]),
  loadings = on_method
)
write_json(values, arguments[2], digits = NA, auto_unbox = TRUE, pretty = TRUE)
