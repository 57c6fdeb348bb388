# Invariance between groups, moderated mediation, and structural models in given resamples, in R.
# Called as: Rscript models.R <folder>; the folder holds jobs.json and the tables that it names.
# Writes <folder>/found.json. tests/reference/models.json is what it wrote for the jobs of
# tests/sem/model_jobs.py (R 4.2, lavaan 0.6-14, boot 1.3): see test_models_parity.py.
suppressMessages({library(lavaan); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
jobs <- fromJSON(file.path(folder, "jobs.json"), simplifyVector = FALSE)
read <- function(name) read.csv(file.path(folder, name))
flat <- function(x) if (is.null(x)) NULL else unlist(x)

# The tightest stopping rule that the model lets lavaan reach.
tight <- function(...) {
  for (tolerance in c(1e-13, 1e-12, 1e-11, 1e-10)) {
    fit <- suppressWarnings(sem(..., control = list(rel.tol = tolerance, iter.max = 2000,
                                                   eval.max = 4000)))
    if (lavInspect(fit, "converged")) return(fit)
  }
  stop("lavaan did not converge")
}

STEPS <- list(configural = NULL, metric = "loadings", scalar = c("loadings", "intercepts"),
              strict = c("loadings", "intercepts", "residuals"))

invariance <- function(job) {
  data <- read(job$data)
  released <- lapply(job$release, flat)
  step <- function(name) {
    parts <- strsplit(name, "_")[[1]]
    equal <- STEPS[[tail(parts, 1)]]
    partial <- if (parts[1] == "partial") unlist(released[intersect(equal, names(released))])
    args <- list(job$syntax, quote(data), group = job$group, estimator = job$estimator,
                 meanstructure = TRUE)
    if (!is.null(equal)) args$group.equal <- equal
    if (!is.null(partial)) args$group.partial <- unname(partial)
    do.call(tight, args)
  }
  fits <- sapply(flat(job$steps), step, simplify = FALSE)
  scaled <- job$estimator == "MLR"
  rows <- lapply(names(fits), function(name) {
    m <- fitMeasures(fits[[name]])
    row <- list(chi2 = m[[if (scaled) "chisq.scaled" else "chisq"]], df = m[["df"]],
                cfi = m[[if (scaled) "cfi.robust" else "cfi"]],
                rmsea = m[[if (scaled) "rmsea.robust" else "rmsea"]],
                srmr = m[["srmr"]], bic = m[["bic"]])
    against <- job$against[[name]]
    if (!is.null(against)) {
      test <- lavTestLRT(fits[[against]], fits[[name]])
      row <- c(row, delta_chi2 = test[["Chisq diff"]][2], delta_df = test[["Df diff"]][2],
               p = test[["Pr(>Chisq)"]][2])
    }
    row
  })
  means <- subset(parameterEstimates(fits[[job$means]]), op == "~1" & group > 1 & !is.na(z))
  means <- means[means$lhs %in% lavNames(fits[[job$means]], "lv"), ]
  list(rows = setNames(rows, names(fits)),
       means = means[c("lhs", "group", "est", "se", "z", "pvalue", "ci.lower", "ci.upper")])
}

# Rows of the complete data, centred as asked, with their products; then plain lm.
moderation <- function(job) {
  data <- read(job$data)
  w <- job$moderator
  if (!is.null(job$levels)) data[[w]] <- as.numeric(data[[w]] == flat(job$levels)[2])
  data <- na.omit(data[unique(c(flat(job$variables), w))])
  raw <- data[[w]]
  sds <- sapply(data, sd)
  for (name in flat(job$multiplied)) data[[name]] <- data[[name]] - mean(data[[name]])
  if (is.null(job$levels)) data[[w]] <- data[[w]] - mean(data[[w]])
  points <- if (is.null(job$levels)) c(low = -sd(raw), mean = 0, high = sd(raw)) else c(0, 1)
  fits <- lapply(job$equations, function(f) lm(as.formula(f), data))
  coefficients <- lapply(fits, function(f) {
    s <- summary(f)
    list(b = coef(s), ci = confint(f), r2 = s$r.squared, terms = rownames(coef(s)))
  })
  slopes <- lapply(job$slopes, function(path) {
    f <- fits[[path$equation]]
    product <- names(coef(f))[names(coef(f)) %in% paste0(c(path$cause, w), ":", c(w, path$cause))]
    V <- vcov(f)
    at <- function(v) {
      g <- setNames(numeric(length(coef(f))), names(coef(f)))
      g[path$cause] <- 1
      g[product] <- v
      est <- sum(g * coef(f))
      se <- sqrt(drop(t(g) %*% V %*% g))
      c(est = est, se = se, t = est / se, p = 2 * pt(-abs(est / se), f$df.residual))
    }
    distance <- function(v) at(v)[["p"]] - .05
    grid <- seq(min(data[[w]]), max(data[[w]]), length.out = 400)
    sign <- sign(sapply(grid, distance))
    change <- which(diff(sign) != 0)
    roots <- sapply(change, function(i) uniroot(distance, grid[i + 0:1], tol = 1e-13)$root)
    # The outcome one standard deviation below and above the mean of the cause.
    ends <- sapply(points, function(v) {
      new <- as.data.frame(lapply(data, mean))[rep(1, 2), ]
      new[[path$cause]] <- c(-1, 1) * sds[[path$cause]]
      new[[w]] <- v
      predict(f, new)
    })
    list(points = t(sapply(points, at)), boundaries = as.list(unlist(roots)), ends = t(ends))
  })
  effects <- function(d) {
    path <- lapply(job$equations, function(f) coef(lm(as.formula(f), d)))
    b <- function(equation, term) {
      found <- path[[equation]]
      other <- paste(rev(strsplit(term, ":")[[1]]), collapse = ":")
      unname(found[if (term %in% names(found)) term else other])
    }
    sapply(job$effects, function(e) eval(parse(text = e), list(b = b, p = unname(points))))
  }
  rows <- as.matrix(read.csv(file.path(folder, job$rows), header = FALSE)) + 1
  draws <- t(apply(rows, 1, function(i) effects(data[i, ])))
  estimate <- effects(data)
  jack <- t(sapply(seq_len(nrow(data)), function(i) effects(data[-i, ])))
  intervals <- lapply(seq_along(estimate), function(k) {
    influence <- (nrow(jack) - 1) * (mean(jack[, k]) - jack[, k])
    a <- sum(influence^3) / (6 * sum(influence^2)^1.5)
    u <- qnorm(mean(draws[, k] < estimate[k]))
    z <- qnorm(c(.025, .975))
    list(percentile = boot:::norm.inter(draws[, k], c(.025, .975))[, 2],
         bca = boot:::norm.inter(draws[, k], pnorm(u + (u + z) / (1 - a * (u + z))))[, 2])
  })
  list(n = nrow(data), coefficients = coefficients, slopes = slopes, estimate = estimate,
       draws = draws, intervals = intervals)
}

# A structural model in the data and in each resample: its defined effects, plain and standardised.
replay <- function(job) {
  data <- read(job$data)
  rows <- as.matrix(read.csv(file.path(folder, job$rows), header = FALSE)) + 1
  whole <- tight(job$syntax, data)
  read_off <- function(fit) {
    est <- parameterEstimates(fit)
    std <- standardizedSolution(fit, se = FALSE)
    c(est$est[est$op == ":="], std$est.std[std$op == ":="])
  }
  est <- parameterEstimates(whole)
  list(chi2 = as.numeric(fitMeasures(whole, "chisq")), df = as.numeric(fitMeasures(whole, "df")),
       defined = est[est$op == ":=", c("lhs", "est", "se")],
       paths = est[est$op == "~", c("lhs", "rhs", "est", "se")],
       draws = t(apply(rows, 1, function(i) read_off(tight(job$syntax, data[i, ], start = whole)))))
}

kinds <- list(invariance = invariance, moderation = moderation, replay = replay)
found <- lapply(jobs, function(job) kinds[[job$kind]](job))
write_json(found, file.path(folder, "found.json"), digits = NA, auto_unbox = TRUE, na = "null",
           dataframe = "rows")
