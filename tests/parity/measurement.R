# Values of psych (with GPArotation), semTools and lavaan for the measurement functions.
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

# psych::fa stops early by default (min.err = .001, 50 steps; oblimin at 1e-5, varimax at 1e-5): here
# it goes on. Its own default is written down too, to see how far off it is.
explored <- function(k, rotate, ...) {
  r <- cor(complete)
  solution <- suppressWarnings(fa(r, k, n.obs = nrow(complete), fm = "pa", rotate = rotate, ...))
  list(
    n_factors = k,
    rotation = rotate,
    loadings = unname(unclass(solution$loadings)),
    communality = unname(solution$communality),
    correlations = if (is.null(solution$Phi)) diag(k) else unname(solution$Phi),
    variance = unname(solution$Vaccounted[1, ]),
    rmsr = solution$rms
  )
}
tight <- function(k, rotate, ...) explored(k, rotate, min.err = 1e-12, max.iter = 1e5, ...)
# psych passes no eps to stats::varimax: the rotation goes on from its unrotated loadings.
varimax_of <- function(k) {
  solution <- tight(k, "none")
  solution$loadings <- unname(unclass(varimax(solution$loadings, eps = 1e-15)$loadings))
  solution$rotation <- "varimax"
  solution
}
several <- 2:length(dimensions)
exploration <- c(
  list(tight(1, "none")),
  lapply(several, function(k) tight(k, "oblimin", eps = 1e-9)),
  lapply(several, varimax_of)
)
set.seed(1)
parallel <- suppressWarnings(capture.output(
  horn <- fa.parallel(complete, fa = "pc", n.iter = 500, sim = TRUE, plot = FALSE)
))

# The correlated factors against simpler models.
fits <- function(estimator) {
  merged <- dimensions[-2]
  merged[[1]] <- c(dimensions[[1]], dimensions[[2]])
  models <- list(
    one_factor = measured_by("g", all_items),
    merged = mapply(measured_by, names(merged), merged),
    second_order = second_order
  )
  wide <- cfa(correlated, complete, estimator = estimator)
  test <- function(model) {
    table <- lavTestLRT(wide, cfa(model, complete, estimator = estimator))
    list(chi2 = table[2, "Chisq diff"], df = table[2, "Df diff"], p = table[2, "Pr(>Chisq)"])
  }
  # With three factors the second-order model is another way to write the first one.
  if (length(dimensions) < 4) models$second_order <- NULL
  lapply(models, test)
}

values <- list(
  made_by = paste("tests/parity/measurement.R", dataset),
  versions = sapply(c("psych", "GPArotation", "semTools", "lavaan"), function(p) as.character(packageVersion(p))),
  scales = c(lapply(dimensions, scale_values), list(total = scale_values(all_items))),
  loadings = loadings,
  omega = c(
    sapply(one_factor_fits, function(fit) old_reliability(fit)["omega2", 1]),
    total = sum(common) / sum(fitted(second_order_fit)$cov)
  ),
  omega_hierarchical = reliabilityL2(second_order_fit, "total")[["omegaL1"]],
  latent_correlations = unclass(lavInspect(correlated_fit, "cor.lv")),
  htmt = unclass(semTools::htmt(paste(correlated, collapse = "\n"), complete, htmt2 = FALSE)),
  mardia = multivariate[c("b1p", "skew", "p.skew", "b2p", "kurtosis", "p.kurt")],
  exploration = exploration,
  psych_defaults = explored(length(dimensions), "oblimin"),
  eigenvalues = list(observed = horn$pc.values, random_mean = horn$pc.sim, kept = horn$ncomp),
  differences = list(ML = fits("ML"), MLR = fits("MLR"))
)
values$omega <- as.list(values$omega)
values$versions <- as.list(values$versions)
write_json(values, file.path(target_folder, "values.json"), digits = NA, auto_unbox = TRUE,
           pretty = TRUE)
