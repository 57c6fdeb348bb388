# Indices of careless answering as the careless package 1.2.2 defines them: by the package itself
# where it is installed, else by the definitions of its documentation, written out.
#
#   Rscript careless.R <csv of items, empty cells missing> <lengths of the scales, as 3,3,3>
#                      <critical correlation> <output json>
#
# Within-person correlations that are undefined stay NA (resample_na = FALSE).
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1])
lengths <- as.integer(strsplit(arguments[2], ",")[[1]])
critical <- as.numeric(arguments[3])
x <- as.matrix(answers)

own_correlation <- function(given, pairs) {
  later <- given[pairs[, 1]]
  earlier <- given[pairs[, 2]]
  if (sum(!is.na(later) & !is.na(earlier)) < 3) return(NA_real_)
  suppressWarnings(cor(later, earlier, use = "pairwise.complete.obs"))
}

over_pairs <- function(direction) {
  r <- cor(x, use = "pairwise.complete.obs")
  pairs <- which(lower.tri(r) & direction * r > critical, arr.ind = TRUE)
  list(pairs = nrow(pairs), values = unname(apply(x, 1, own_correlation, pairs)))
}

halves <- function(given) {
  ends <- cumsum(lengths)
  means <- mapply(function(from, to) {
    items <- given[from:to]
    c(mean(items[c(FALSE, TRUE)], na.rm = TRUE), mean(items[c(TRUE, FALSE)], na.rm = TRUE))
  }, ends - lengths + 1, ends)
  r <- suppressWarnings(cor(means[1, ], means[2, ], use = "pairwise.complete.obs"))
  -max(2 * r / (1 + r), -1)
}

if (requireNamespace("careless", quietly = TRUE)) {
  through <- "package"
  synonyms <- function(anto) {
    found <- careless::psychsyn(answers, critical, anto = anto, resample_na = FALSE)
    list(pairs = NULL, values = found)
  }
  found <- list(
    longstring = careless::longstring(answers), irv = careless::irv(answers),
    mahad = careless::mahad(answers, plot = FALSE), synonyms = synonyms(FALSE),
    antonyms = synonyms(TRUE), evenodd = suppressWarnings(careless::evenodd(answers, lengths))
  )
} else {
  through <- "definitions"
  found <- list(
    longstring = unname(apply(x, 1, function(given) max(rle(unname(given))$lengths))),
    irv = unname(apply(x, 1, sd, na.rm = TRUE)),
    mahad = as.numeric(psych::outlier(x, plot = FALSE)), synonyms = over_pairs(1),
    antonyms = over_pairs(-1), evenodd = unname(apply(x, 1, halves))
  )
}
jsonlite::write_json(c(found, through = through), arguments[4], digits = NA, na = "null",
                     auto_unbox = TRUE)
