# What stats, car, effectsize, psych and lavaan say of a study's scores: scores.csv in, expected.json out.
suppressMessages({library(car); library(effectsize); library(psych); library(lavaan); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
plan <- fromJSON(file.path(folder, "plan.json"), simplifyVector = FALSE)
d <- read.csv(file.path(folder, "scores.csv"), check.names = FALSE, na.strings = "")
for (v in names(plan$background)) d[[v]] <- factor(d[[v]], levels = unlist(plan$background[[v]]))

# The interval of d or eta squared: effectsize looks for both limits at once and now and then stops
# short of them, so each is sought alone, by R's own noncentral distributions.
root <- function(f) uniroot(f, c(-60, 60), tol = 1e-12)$root
limits_of_d <- function(t, n) {
  scale <- sqrt(sum(1 / n))
  sapply(c(.975, .025), function(p) root(function(ncp) pt(t, sum(n) - 2, ncp) - p)) * scale
}
limits_of_eta2 <- function(f, df1, df2) sapply(c(.95, .05), function(p) {
  if (pf(f, df1, df2) < p) return(0)
  ncp <- uniroot(function(ncp) pf(f, df1, df2, ncp) - p, c(0, 400), tol = 1e-12)$root
  ncp / (ncp + df2)
})

groups <- list()
for (y in plan$outcomes) for (v in names(plan$background)) {
  x <- d[, c(y, v)]; names(x) <- c("y", "g")
  x <- x[complete.cases(x), ]
  x <- x[x$g %in% names(which(table(x$g) >= plan$minimum_group)), ]; x$g <- droplevels(x$g)
  welch <- oneway.test(y ~ g, x)
  fit <- aov(y ~ g, x)
  two <- nlevels(x$g) == 2
  size <- if (two) cohens_d(y ~ g, data = x) else eta_squared(fit)
  f <- summary(fit)[[1]][1, "F value"]
  limits <- if (two) limits_of_d(t.test(y ~ g, x, var.equal = TRUE)$statistic[[1]], as.vector(table(x$g))) else
    limits_of_eta2(f, nlevels(x$g) - 1, nrow(x) - nlevels(x$g))
  groups[[length(groups) + 1]] <- list(
    outcome = y, by = v, n = nrow(x),
    welch = if (two) t.test(y ~ g, x)$statistic[[1]] else welch$statistic[[1]], p = welch$p.value,
    classical = if (two) t.test(y ~ g, x, var.equal = TRUE)$statistic[[1]] else f,
    classical_p = if (two) t.test(y ~ g, x, var.equal = TRUE)$p.value else summary(fit)[[1]][1, "Pr(>F)"],
    levene_mean = leveneTest(y ~ g, x, center = mean)[1, "F value"],
    levene_median = leveneTest(y ~ g, x, center = median)[1, "F value"],
    effect = size[[if (two) "Cohens_d" else "Eta2"]], low = limits[1], high = limits[2],
    corrected = if (two) hedges_g(y ~ g, data = x)$Hedges_g else omega_squared(fit, alternative = "two.sided")$Omega2,
    means = as.list(tapply(x$y, x$g, mean)))
}

regression <- lapply(plan$regressions, function(r) {
  terms <- unlist(r$steps)
  x <- d[complete.cases(d[, c(r$outcome, terms)]), ]
  for (v in intersect(terms, names(plan$background))) x[[v]] <- droplevels(x[[v]])
  fit <- lm(reformulate(terms, r$outcome), x)
  s <- summary(fit)$coefficients
  # R calls a dummy by its variable and its level in one word; here: variable=level.
  called <- rownames(s)
  for (v in intersect(terms, names(plan$background))) for (l in levels(x[[v]]))
    called[called == paste0(v, l)] <- paste0(v, "=", l)
  called[called == "(Intercept)"] <- "intercept"
  named <- function(values) setNames(as.list(unname(values)), called)
  ends <- confint(fit)
  list(n = nrow(x), r2 = summary(fit)$r.squared, adjusted = summary(fit)$adj.r.squared,
       f = summary(fit)$fstatistic[[1]], dw = durbinWatsonTest(fit, simulate = FALSE)$dw,
       b = named(s[, 1]), se = named(s[, 2]), t = named(s[, 3]), p = named(s[, 4]),
       ci_low = named(ends[, 1]), ci_high = named(ends[, 2]),
       se_hc3 = named(sqrt(diag(hccm(fit, type = "hc3")))))
})

alphas <- lapply(plan$scales, function(items) {
  x <- na.omit(d[, unlist(items)])
  a <- alpha(x, check.keys = FALSE)
  list(n = nrow(x), alpha = a$total$raw_alpha, low = a$feldt$lower.ci[[1]])
})
r <- lapply(plan$pairs, function(pair) {
  found <- cor.test(d[[pair[[1]]]], d[[pair[[2]]]])
  list(x = pair[[1]], y = pair[[2]], r = found$estimate[[1]], ci_low = found$conf.int[1],
       ci_high = found$conf.int[2], p = found$p.value)
})

latent <- NULL
if (!is.null(plan$syntax)) {
  measures <- c("chisq", "df", "cfi", "tli", "rmsea", "srmr", "chisq.scaled", "cfi.robust", "tli.robust", "rmsea.robust")
  variables <- lavNames(lavaanify(plan$syntax), "lv")
  fit <- sem(plan$syntax, d[, setdiff(names(d), variables)], estimator = "MLR")
  e <- parameterEstimates(fit)
  latent <- list(n = nobs(fit), fit = as.list(fitMeasures(fit)[measures]),
                 effects = setNames(as.list(e$est[e$op == ":="]), e$lhs[e$op == ":="]))
}
write_json(
  list(groups = groups, regression = regression, alphas = alphas, r = r, latent = latent),
  file.path(folder, "expected.json"), digits = NA, auto_unbox = TRUE, null = "null")
