# Writes psychTools::bfi as a raw csv, and what psych and lavaan say of it, into the folder given.
suppressMessages({library(psych); library(psychTools); library(lavaan); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
keys <- list(
  agreeableness = c("-A1", "A2", "A3", "A4", "A5"), conscientiousness = c("C1", "C2", "C3", "-C4", "-C5"),
  extraversion = c("-E1", "-E2", "E3", "E4", "E5"), neuroticism = c("N1", "N2", "N3", "N4", "N5"),
  openness = c("O1", "-O2", "O3", "O4", "-O5"))
write.csv(bfi, file.path(folder, "responses.csv"), row.names = FALSE, na = "")

turned <- bfi
for (key in unlist(keys)) if (startsWith(key, "-")) {
  item <- substring(key, 2)
  turned[[item]] <- 7 - turned[[item]]
}
scales <- lapply(keys, function(items) sub("-", "", items))
of_scale <- function(items) {
  x <- na.omit(turned[, items])
  a <- alpha(x, check.keys = FALSE)
  bartlett <- cortest.bartlett(cor(x), n = nrow(x))
  list(
    n = nrow(x), alpha = a$total$raw_alpha, low = a$feldt$lower.ci[[1]], high = a$feldt$upper.ci[[1]],
    item = items, citc = a$item.stats$r.drop, dropped = a$alpha.drop$raw_alpha,
    kmo = KMO(x)$MSA, chisq = bartlett$chisq, df = bartlett$df)
}
model <- paste(sapply(names(scales), function(s) paste(s, "=~", paste(scales[[s]], collapse = " + "))), collapse = "\n")
fit <- cfa(model, turned)
loadings <- subset(parameterEstimates(fit, standardized = TRUE), op == "=~")
measures <- c("npar", "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "srmr", "aic", "bic")
write_json(
  list(scales = lapply(scales, of_scale), n = nobs(fit), fit = as.list(fitMeasures(fit)[measures]),
       loadings = loadings[, c("lhs", "rhs", "est", "se", "std.all")]),
  file.path(folder, "expected.json"), digits = NA, auto_unbox = TRUE)
