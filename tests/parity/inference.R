# Values of stats, car, effectsize and lavaan (the means and covariances of Little's test) for the
# inference functions and the examination of missing answers.
#
#   Rscript inference.R <HS|HS_miss|bfi> <folder of HS.csv> <output folder>
#
# Writes answers.csv (outcomes, background variables as texts, missing cells empty) and values.json.
# A comparison is computed on the rows with outcome and group, without the groups of fewer than
# `minimum_group`; a regression on the rows complete in everything that its last step holds.
suppressMessages({
  library(car)
  library(effectsize)
  library(jsonlite)
  library(lavaan)
})

arguments <- commandArgs(trailingOnly = TRUE)
dataset <- arguments[1]
source_folder <- arguments[2]
target_folder <- arguments[3]
alpha <- .05
minimum_group <- 10

mean_of <- function(data, items) rowMeans(data[, items])

if (dataset == "bfi") {
  data(bfi, package = "psychTools", envir = environment())
  answers <- data.frame(
    agree = mean_of(cbind(7 - bfi["A1"], bfi[paste0("A", 2:5)]), 1:5),
    neuro = mean_of(bfi, paste0("N", 1:5)),
    gender = bfi$gender, education = bfi$education, years = bfi$age
  )
  outcomes <- c("agree", "neuro")
  background <- list(gender = c("1", "2"), education = c("1", "2", "3", "4", "5"))
  models <- list(
    controls = list(outcome = "neuro", steps = list(c("gender", "years"), "education", "agree"))
  )
} else {
  tests <- read.csv(file.path(source_folder, paste0(dataset, ".csv")))
  # Missing cells are among the tests only; HS.csv has the same pupils in the same order.
  pupils <- read.csv(file.path(source_folder, "HS.csv"))
  answers <- data.frame(
    visual = mean_of(tests, c("x1", "x2", "x3")),
    textual = mean_of(tests, c("x4", "x5", "x6")),
    speed = mean_of(tests, c("x7", "x8", "x9")),
    sex = pupils$sex, school = pupils$school, age = pupils$ageyr,
    years = pupils$ageyr + pupils$agemo / 12
  )
  outcomes <- c("visual", "textual", "speed")
  # Of 11 and 16 years there are 8 and 7 pupils: left out of the comparisons.
  background <- list(sex = c("1", "2"), school = c("Grant-White", "Pasteur"),
                     age = c("11", "12", "13", "14", "15", "16"))
  models <- list(
    ability = list(outcome = "speed",
                   steps = list(c("sex", "years"), "visual", c("textual", "school"))),
    age = list(outcome = "textual", steps = list("age")),
    single = list(outcome = "visual", steps = list("speed"))
  )
}
write.csv(answers, file.path(target_folder, "answers.csv"), row.names = FALSE, na = "")
for (by in names(background)) answers[[by]] <- factor(answers[[by]], background[[by]])

# The exact roots of what effectsize minimises to about seven digits.
ncp_t <- function(t, df, probability) {
  uniroot(function(nc) suppressWarnings(pt(t, df, nc)) - probability, c(-37, 37), tol = 1e-12)$root
}
ncp_f <- function(f, df1, df2, probability) {
  if (pf(f, df1, df2) <= probability) return(0)
  uniroot(function(nc) pf(f, df1, df2, nc) - probability, c(0, 1e4), tol = 1e-12)$root
}

compared <- function(outcome, by) {
  rows <- na.omit(data.frame(y = answers[[outcome]], g = answers[[by]]))
  sizes <- table(rows$g)
  droplevels(rows[rows$g %in% names(sizes)[sizes >= minimum_group], ])
}

# Means that are equal on paper may differ in the last bit: as ranks they are equal.
as_on_paper <- function(scores) round(scores, 9)

test_values <- function(test, ...) {
  list(statistic = unname(test$statistic), p = test$p.value, ...)
}

levene_values <- function(rows, center) {
  found <- leveneTest(y ~ g, rows, center = center)
  list(statistic = found[1, "F value"], df1 = found[1, "Df"], df2 = found[2, "Df"],
       p = found[1, "Pr(>F)"])
}

t_values <- function(first, second, equal) {
  test <- t.test(first, second, var.equal = equal, conf.level = 1 - alpha)
  test_values(test, df1 = unname(test$parameter), difference = mean(first) - mean(second),
              ci_low = test$conf.int[1], ci_high = test$conf.int[2])
}

two_groups <- function(rows) {
  samples <- split(rows$y, rows$g)
  first <- samples[[1]]
  second <- samples[[2]]
  d <- cohens_d(first, second, pooled_sd = TRUE, ci = 1 - alpha)
  g <- hedges_g(first, second, pooled_sd = TRUE, ci = NULL)
  rank <- rank_biserial(as_on_paper(first), as_on_paper(second), ci = 1 - alpha)
  unit <- sqrt(1 / length(first) + 1 / length(second))
  student <- t_values(first, second, TRUE)
  limits <- sapply(c(1 - alpha / 2, alpha / 2), function(probability) {
    ncp_t(student$statistic, student$df1, probability) * unit
  })
  list(
    welch_t = t_values(first, second, FALSE),
    student_t = student,
    mann_whitney = test_values(wilcox.test(as_on_paper(first), as_on_paper(second),
                                           exact = FALSE, correct = TRUE)),
    effect = list(size = d$Cohens_d, low = d$CI_low, high = d$CI_high, exact_low = limits[1],
                  exact_high = limits[2], corrected = g$Hedges_g),
    rank_effect = list(size = rank$r_rank_biserial, low = rank$CI_low, high = rank$CI_high)
  )
}

several_groups <- function(rows) {
  classical <- aov(y ~ g, rows)
  table <- summary(classical)[[1]]
  welch <- oneway.test(y ~ g, rows)
  ranked <- transform(rows, y = as_on_paper(y))
  kruskal <- kruskal.test(y ~ g, ranked)
  df1 <- table[1, "Df"]
  df2 <- table[2, "Df"]
  f <- table[1, "F value"]
  # The two-sided 90 % interval; its lower limit is that of the one-sided 95 % default.
  eta <- eta_squared(classical, ci = 1 - 2 * alpha, alternative = "two.sided", verbose = FALSE)
  default <- eta_squared(classical, verbose = FALSE)
  omega <- omega_squared(classical, ci = NULL, verbose = FALSE)
  limits <- sapply(c(1 - alpha, alpha), function(probability) {
    nc <- ncp_f(f, df1, df2, probability)
    nc / (nc + df2)
  })
  list(
    welch_anova = test_values(welch, df1 = unname(welch$parameter[1]),
                              df2 = unname(welch$parameter[2])),
    anova = list(statistic = f, df1 = df1, df2 = df2, p = table[1, "Pr(>F)"]),
    kruskal = test_values(kruskal, df1 = unname(kruskal$parameter)),
    effect = list(size = eta$Eta2, low = eta$CI_low, high = eta$CI_high, exact_low = limits[1],
                  exact_high = limits[2], corrected = omega$Omega2,
                  default_low = default$CI_low),
    rank_effect = list(size = rank_epsilon_squared(y ~ g, data = ranked, ci = NULL)[[1]]),
    post_hoc = post_hoc_values(rows, table[2, "Mean Sq"], df2)
  )
}

post_hoc_values <- function(rows, mean_square, df) {
  samples <- split(rows$y, rows$g)
  pairs <- combn(names(samples), 2)
  pooled <- function(adjust) {
    found <- pairwise.t.test(rows$y, rows$g, p.adjust.method = adjust, pool.sd = TRUE)$p.value
    apply(pairs, 2, function(pair) found[pair[2], pair[1]])
  }
  one <- function(pair) {
    x <- samples[[pair[1]]]
    y <- samples[[pair[2]]]
    difference <- mean(x) - mean(y)
    se <- sqrt(mean_square * (1 / length(x) + 1 / length(y)))
    v <- c(var(x) / length(x), var(y) / length(y))
    own_se <- sqrt(sum(v))
    own_df <- sum(v)^2 / sum(v^2 / (c(length(x), length(y)) - 1))
    k <- length(samples)
    # qtukey stops at four digits.
    q <- uniroot(function(q) ptukey(q, k, own_df) - (1 - alpha), c(1, 20), tol = 1e-12)$root
    list(level_a = pair[1], level_b = pair[2], difference = difference,
         lsd = list(se = se, statistic = difference / se,
                    ci_low = difference - qt(1 - alpha / 2, df) * se,
                    ci_high = difference + qt(1 - alpha / 2, df) * se),
         games_howell = list(se = own_se, df = own_df, statistic = difference / own_se,
                             p = ptukey(abs(difference) / own_se * sqrt(2), k, own_df,
                                        lower.tail = FALSE),
                             ci_low = difference - q / sqrt(2) * own_se,
                             ci_high = difference + q / sqrt(2) * own_se))
  }
  list(pairs = apply(pairs, 2, one, simplify = FALSE), lsd_p = pooled("none"),
       holm_p = pooled("holm"))
}

mean_values <- function(outcome, by) {
  samples <- split(answers[[outcome]], answers[[by]])
  lapply(samples, function(sample) {
    sample <- sample[!is.na(sample)]
    interval <- t.test(sample, conf.level = 1 - alpha)$conf.int
    list(n = length(sample), mean = mean(sample), sd = sd(sample), ci_low = interval[1],
         ci_high = interval[2])
  })
}

comparison <- function(outcome, by) {
  rows <- compared(outcome, by)
  found <- if (nlevels(rows$g) == 2) two_groups(rows) else several_groups(rows)
  c(list(n = nrow(rows), groups = levels(rows$g), levene_mean = levene_values(rows, mean),
         levene_median = levene_values(rows, median), means = mean_values(outcome, by)), found)
}

shapiro_values <- function(fit) {
  test <- shapiro.test(residuals(fit))
  list(statistic = unname(test$statistic), p = test$p.value)
}

# As tseries::jarque.bera.test: moments with divisor n.
jarque_bera <- function(residual) {
  d <- residual - mean(residual)
  s <- mean(d^3) / mean(d^2)^1.5
  k <- mean(d^4) / mean(d^2)^2 - 3
  statistic <- length(d) / 6 * (s^2 + k^2 / 4)
  list(statistic = statistic, p = pchisq(statistic, 2, lower.tail = FALSE))
}

# Lowess of the standardised residuals on the fitted values, at ten places; without the
# down-weighting of outliers, which is not defined between the points.
smooth_values <- function(fit) {
  found <- lowess(fitted(fit), rstandard(fit), f = 2 / 3, iter = 0, delta = 0)
  at <- round(seq(1, length(found$x), length.out = 10))
  list(x = found$x[at], y = found$y[at])
}

# Little's (1988) test with the means and covariances that lavaan estimates by EM; naniar has the
# same formula.
little_values <- function(items) {
  model <- paste(paste(names(items), "~~", names(items)), collapse = "\n")
  h1 <- lavInspect(cfa(model, items, missing = "ml", meanstructure = TRUE,
                       em.h1.iter.max = 5000, em.h1.tol = 1e-12), "sampstat")
  key <- apply(is.na(items), 1, paste, collapse = "")
  d2 <- 0
  df <- -ncol(items)
  for (rows in split(items, key)) {
    seen <- !is.na(rows[1, ])
    away <- colMeans(rows[, seen, drop = FALSE]) - h1$mean[seen]
    d2 <- d2 + nrow(rows) * sum(away * solve(h1$cov[seen, seen], away))
    df <- df + sum(seen)
  }
  list(statistic = d2, df = df, p = pchisq(d2, df, lower.tail = FALSE),
       n_patterns = length(unique(key)))
}

regression_step <- function(data, outcome, variables) {
  # Dummies as columns of their own: car::vif then has one value for each.
  design <- as.data.frame(model.matrix(reformulate(variables), data))[, -1, drop = FALSE]
  fit <- lm(data[[outcome]] ~ ., design)
  found <- summary(fit)
  interval <- confint(fit, level = 1 - alpha)
  robust <- sqrt(diag(hccm(fit, type = "hc3")))
  squared <- residuals(fit)^2
  koenker <- nrow(data) * summary(lm(squared ~ ., design))$r.squared
  k <- ncol(design)
  list(
    b = unname(coef(fit)), se = unname(found$coefficients[, 2]),
    beta = unname(coef(fit)[-1] * sapply(design, sd) / sd(data[[outcome]])),
    t = unname(found$coefficients[, 3]), p = unname(found$coefficients[, 4]),
    ci_low = unname(interval[, 1]), ci_high = unname(interval[, 2]),
    vif = if (k > 1) unname(vif(fit)) else 1,
    se_hc3 = unname(robust),
    p_hc3 = unname(2 * pt(-abs(coef(fit) / robust), fit$df.residual)),
    fit = list(
      n = nrow(data), r2 = found$r.squared, r2_adjusted = found$adj.r.squared,
      f = found$fstatistic[["value"]], df1 = k, df2 = fit$df.residual,
      p = pf(found$fstatistic[["value"]], k, fit$df.residual, lower.tail = FALSE),
      residual_se = found$sigma,
      durbin_watson = durbinWatsonTest(fit, simulate = FALSE)$dw,
      breusch_pagan = koenker, breusch_pagan_df = k,
      breusch_pagan_p = pchisq(koenker, k, lower.tail = FALSE),
      max_leverage = max(hatvalues(fit)), max_cook = max(cooks.distance(fit))
    ),
    checks = list(shapiro_wilk = shapiro_values(fit), jarque_bera = jarque_bera(residuals(fit)),
                  max_vif = list(statistic = if (k > 1) max(vif(fit)) else 1)),
    smooth = smooth_values(fit),
    model = fit
  )
}

regression_values <- function(model) {
  variables <- unlist(model$steps)
  data <- na.omit(answers[, c(model$outcome, variables)])
  before <- lm(reformulate("1", model$outcome), data)
  steps <- list()
  for (place in seq_along(model$steps)) {
    entered <- unlist(model$steps[seq_len(place)])
    step <- regression_step(data, model$outcome, entered)
    fit <- lm(reformulate(entered, model$outcome), data)
    change <- anova(before, fit)
    step$fit$delta_r2 <- summary(fit)$r.squared - summary(before)$r.squared
    step$fit$delta_f <- change[2, "F"]
    step$fit$delta_p <- change[2, "Pr(>F)"]
    step$model <- NULL
    before <- fit
    steps[[place]] <- step
  }
  list(outcome = model$outcome, variables = lapply(model$steps, as.list), steps = steps)
}

comparisons <- lapply(setNames(nm = outcomes), function(outcome) {
  lapply(setNames(nm = names(background)), function(by) comparison(outcome, by))
})
judged_p <- function(found) c(found$welch_t$p, found$welch_anova$p)
packages <- c("car", "effectsize", "lavaan")
values <- list(
  made_by = paste("tests/parity/inference.R", dataset),
  versions = c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
               lapply(setNames(nm = packages), function(p) as.character(packageVersion(p)))),
  alpha = alpha, minimum_group = minimum_group, background = background,
  comparisons = comparisons,
  holm = lapply(comparisons, function(of) as.list(p.adjust(sapply(of, judged_p), "holm"))),
  regressions = lapply(models, regression_values)
)
if (dataset == "HS_miss") values$little <- little_values(tests[paste0("x", 1:9)])
write_json(values, file.path(target_folder, "values.json"), digits = NA, auto_unbox = TRUE,
           pretty = TRUE)
