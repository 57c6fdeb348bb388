# Values of psych, semTools and lavaan for the measurement functions.
#
#   Rscript measurement.R <HS|HS_miss|bfi> <folder of HS.csv> <output folder>
#
# Writes answers.csv (reverse-keyed items turned, missing cells empty) and values.json. A scale is
# computed on the rows that are complete within it, a model on the rows complete over all items.
suppressMessages({
  library(psych)
  library(lavaan)
  library(semTools)
  library(jsonlite)
})

arguments <- commandArgs(trailingOnly = TRUE)
dataset <- arguments[1]
source_folder <- arguments[2]
target_folder <- arguments[3]

holzinger <- list(visual = 1:3, textual = 4:6, speed = 7:9)
holzinger <- lapply(holzinger, function(i) paste0("x", i))

read_bfi <- function() {
  data(bfi, package = "psychTools", envir = environment())
  answers <- bfi[, 1:25]
  turned <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
  answers[turned] <- 7 - answers[turned]
  answers
}

if (dataset == "bfi") {
  answers <- read_bfi()
  dimensions <- lapply(
    c(agree = "A", consc = "C", extra = "E", neuro = "N", open = "O"),
    function(letter) paste0(letter, 1:5)
  )
} else {
  dimensions <- holzinger
  answers <- read.csv(file.path(source_folder, paste0(dataset, ".csv")))
}
all_items <- unlist(dimensions, use.names = FALSE)
answers <- answers[, all_items]
write.csv(answers, file.path(target_folder, "answers.csv"), row.names = FALSE, na = "")

# Highest and lowest 27 % by total, ties at a cut included.
critical_ratio <- function(x) {
  total <- round(rowSums(x), 9)
  m <- floor(.27 * nrow(x) + .5)
  low <- total <= sort(total)[m]
  high <- total >= sort(total, decreasing = TRUE)[m]
  tests <- lapply(x, function(item) t.test(item[high], item[low], var.equal = TRUE))
  list(
    t = sapply(tests, function(test) unname(test$statistic)),
    p = sapply(tests, function(test) test$p.value),
    df = unname(tests[[1]]$parameter)
  )
}

scale_values <- function(items) {
  x <- na.omit(answers[, items])
  reliability <- suppressWarnings(psych::alpha(x, check.keys = FALSE, warnings = FALSE))
  correlations <- cor(x)
  adequacy <- KMO(correlations)
  sphericity <- cortest.bartlett(correlations, n = nrow(x))
  list(
    items = items,
    n = nrow(x),
    alpha = reliability$total$raw_alpha,
    alpha_low = reliability$feldt$lower.ci[[1]],
    alpha_high = reliability$feldt$upper.ci[[1]],
    alpha_if_deleted = reliability$alpha.drop$raw_alpha,
    citc = reliability$item.stats$r.drop,
    mean = reliability$item.stats$mean,
    sd = reliability$item.stats$sd,
    skew = unname(psych::skew(x, type = 2)),
    kurtosis = unname(psych::kurtosi(x, type = 2)),
    critical_ratio = lapply(critical_ratio(x), unname),
    kmo = adequacy$MSA,
    msa = unname(adequacy$MSAi),
    bartlett_chi2 = sphericity$chisq,
    bartlett_df = sphericity$df,
    bartlett_p = sphericity$p.value
  )
}

measured_by <- function(factor, items) paste(factor, "=~", paste(items, collapse = " + "))

loadings_of <- function(fit, model) {
  rows <- standardizedSolution(fit)
  rows <- rows[rows$op == "=~", ]
  data.frame(model = model, estimator = "ML", group = "", factor = rows$lhs, item = rows$rhs,
             std = rows$est.std)
}

# The implied reliability of the sum of standardised items needs standardised data.
complete <- na.omit(answers)
standardised <- as.data.frame(scale(complete))
correlated <- mapply(measured_by, names(dimensions), dimensions)
correlated_fit <- cfa(correlated, complete)
second_order <- c(correlated, measured_by("total", names(dimensions)))
second_order_fit <- cfa(second_order, standardised)
lambda <- lavInspect(second_order_fit, "est")$lambda
common <- lambda %*% lavInspect(second_order_fit, "cov.lv") %*% t(lambda)
one_factor_fits <- mapply(
  function(factor, items) cfa(measured_by(factor, items), standardised),
  names(dimensions), dimensions
)
old_reliability <- function(fit, ...) suppressMessages(suppressWarnings(reliability(fit, ...)))

loadings <- rbind(
  loadings_of(correlated_fit, "correlated"),
  loadings_of(second_order_fit, "second_order:total"),
  do.call(rbind, lapply(names(dimensions), function(dimension) {
    loadings_of(one_factor_fits[[dimension]], paste0("one_factor:", dimension))
  }))
)
multivariate <- psych::mardia(complete, plot = FALSE)

values <- list(
  made_by = paste("tests/parity/measurement.R", dataset),
  versions = sapply(c("psych", "semTools", "lavaan"), function(p) as.character(packageVersion(p))),
  scales = c(lapply(dimensions, scale_values), list(total = scale_values(all_items))),
  loadings = loadings,
  omega = c(
    sapply(one_factor_fits, function(fit) old_reliability(fit)["omega2", 1]),
    total = sum(common) / sum(fitted(second_order_fit)$cov)
  ),
  omega_hierarchical = reliabilityL2(second_order_fit, "total")[["omegaL1"]],
  latent_correlations = unclass(lavInspect(correlated_fit, "cor.lv")),
  htmt = unclass(semTools::htmt(paste(correlated, collapse = "\n"), complete, htmt2 = FALSE)),
  mardia = multivariate[c("b1p", "skew", "p.skew", "b2p", "kurtosis", "p.kurt")]
)
values$omega <- as.list(values$omega)
values$versions <- as.list(values$versions)
write_json(values, file.path(target_folder, "values.json"), digits = NA, auto_unbox = TRUE,
           pretty = TRUE)
