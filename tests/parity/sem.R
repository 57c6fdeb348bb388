# Fits the models that a test asks for with lavaan, and repeats its bootstrap with lm.
# Called as: Rscript sem.R <folder>; the folder holds jobs.json and the tables that it names.
# Writes <folder>/found.json.
suppressMessages({library(lavaan); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
jobs <- fromJSON(file.path(folder, "jobs.json"), simplifyVector = FALSE)

model <- function(job) {
  data <- read.csv(file.path(folder, job$data))
  fit <- suppressWarnings(sem(job$syntax, data))
  est <- parameterEstimates(fit, remove.nonfree = FALSE)
  std <- standardizedSolution(fit)
  measures <- fitMeasures(fit)
  list(
    parameters = data.frame(
      lhs = est$lhs, op = est$op, rhs = est$rhs, est = est$est, se = est$se, p = est$pvalue,
      std = std$est.std, std_se = std$se
    ),
    measures = as.list(setNames(as.numeric(measures), names(measures)))
  )
}

# The effects of a mediation by lm in each resample; positions are counted from 0.
regressions <- function(job) {
  data <- read.csv(file.path(folder, job$data))
  rows <- as.matrix(read.csv(file.path(folder, job$rows), header = FALSE)) + 1
  effects <- function(d) {
    path <- list()
    for (equation in job$equations) {
      b <- coef(lm(as.formula(equation$formula), d))
      for (label in names(equation$labels)) path[[label]] <- unname(b[equation$labels[[label]]])
    }
    plain <- sapply(job$effects, function(e) eval(parse(text = e), path))
    c(plain, plain * sd(d[[job$predictor]]) / sd(d[[job$outcome]]))
  }
  list(
    estimate = effects(data),
    draws = t(apply(rows, 1, function(i) effects(data[i, ]))),
    jackknife = t(sapply(seq_len(nrow(data)), function(i) effects(data[-i, ])))
  )
}

# Intervals as boot computes them.
bootstrap_intervals <- function(job) {
  draws <- as.numeric(unlist(job$draws))
  t0 <- job$estimate
  jack <- as.numeric(unlist(job$jackknife))
  influence <- (length(jack) - 1) * (mean(jack) - jack)
  a <- sum(influence^3) / (6 * sum(influence^2)^1.5)
  w <- qnorm(mean(draws < t0))
  z <- qnorm(c(.025, .975))
  list(
    percentile = boot:::norm.inter(draws, c(.025, .975))[, 2],
    bca = boot:::norm.inter(draws, pnorm(w + (w + z) / (1 - a * (w + z))))[, 2]
  )
}

kinds <- list(model = model, regressions = regressions, intervals = bootstrap_intervals)
found <- lapply(jobs, function(job) kinds[[job$kind]](job))
write_json(found, file.path(folder, "found.json"), digits = NA, auto_unbox = TRUE, na = "null",
           dataframe = "rows")
