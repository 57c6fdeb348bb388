# What stats, car, effectsize, psych and lavaan say of City S's scores: scores.csv in, expected.json out.
suppressMessages({library(car); library(effectsize); library(psych); library(lavaan); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
plan <- fromJSON(file.path(folder, "plan.json"), simplifyVector = FALSE)
d <- read.csv(file.path(folder, "scores.csv"), check.names = FALSE, na.strings = "")
for (v in names(plan$background)) d[[v]] <- factor(d[[v]], levels = unlist(plan$background[[v]]))

groups <- list()
for (y in plan$outcomes) for (v in names(plan$background)) {
  x <- d[, c(y, v)]; names(x) <- c("y", "g")
  x <- x[complete.cases(x), ]
  x <- x[x$g %in% names(which(table(x$g) >= plan$minimum_group)), ]; x$g <- droplevels(x$g)
  welch <- oneway.test(y ~ g, x)
  fit <- aov(y ~ g, x)
  two <- nlevels(x$g) == 2
  groups[[length(groups) + 1]] <- list(
    outcome = y, by = v, n = nrow(x),
    welch = if (two) t.test(y ~ g, x)$statistic[[1]] else welch$statistic[[1]], p = welch$p.value,
    classical = if (two) t.test(y ~ g, x, var.equal = TRUE)$statistic[[1]] else summary(fit)[[1]][1, "F value"],
    levene_mean = leveneTest(y ~ g, x, center = mean)[1, "F value"],
    levene_median = leveneTest(y ~ g, x, center = median)[1, "F value"],
    effect = if (two) cohens_d(y ~ g, data = x)$Cohens_d else eta_squared(fit)$Eta2)
}

regression <- lapply(plan$regressions, function(r) {
  terms <- unlist(r$steps)
  x <- d[complete.cases(d[, c(r$outcome, terms)]), ]
  for (v in intersect(terms, names(plan$background))) x[[v]] <- droplevels(x[[v]])
  fit <- lm(reformulate(terms, r$outcome), x)
  numeric <- setdiff(terms, names(plan$background))
  list(n = nrow(x), r2 = summary(fit)$r.squared, f = summary(fit)$fstatistic[[1]],
       dw = durbinWatsonTest(fit, simulate = FALSE)$dw, term = as.list(numeric),
       b = as.list(coef(fit)[numeric]), se = as.list(sqrt(diag(vcov(fit)))[numeric]),
       hc3 = as.list(sqrt(diag(hccm(fit, type = "hc3")))[numeric]))
})

alphas <- lapply(plan$scales, function(items) {
  x <- na.omit(d[, unlist(items)])
  a <- alpha(x, check.keys = FALSE)
  list(n = nrow(x), alpha = a$total$raw_alpha, low = a$feldt$lower.ci[[1]])
})
r <- cor.test(d$public_service_motivation, d$job_burnout)

measures <- c("chisq", "df", "cfi", "tli", "rmsea", "srmr", "chisq.scaled", "cfi.robust", "tli.robust", "rmsea.robust")
latent <- lavNames(lavaanify(plan$syntax), "lv")
fit <- sem(plan$syntax, d[, setdiff(names(d), latent)], estimator = "MLR")
e <- parameterEstimates(fit)
write_json(
  list(groups = groups, regression = regression, alphas = alphas,
       r = list(r = r$estimate[[1]], low = r$conf.int[1], high = r$conf.int[2], p = r$p.value),
       n = nobs(fit), fit = as.list(fitMeasures(fit)[measures]),
       effects = setNames(as.list(e$est[e$op == ":="]), e$lhs[e$op == ":="])),
  file.path(folder, "expected.json"), digits = NA, auto_unbox = TRUE, null = "null")
