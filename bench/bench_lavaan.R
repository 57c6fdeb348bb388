# CPU seconds that lavaan needs: one fit with all measures, and one bootstrap resample.
# Arguments: data file, model file, number of resamples.
suppressMessages(library(lavaan))
args <- commandArgs(TRUE)
data <- read.csv(args[1])
model <- paste(readLines(args[2]), collapse = "\n")
draws <- as.integer(args[3])
cpu <- function(expression) { t <- proc.time(); force(expression); sum((proc.time() - t)[1:2]) }
invisible(sem(model, data))
single <- cpu({ f <- sem(model, data); fitMeasures(f); standardizedSolution(f) })
few <- cpu({set.seed(1); suppressWarnings(sem(model, data, se = "bootstrap", bootstrap = draws))})
many <- cpu({set.seed(1); suppressWarnings(sem(model, data, se = "bootstrap", bootstrap = 2 * draws))})
cat(single, (many - few) / draws, "\n")
