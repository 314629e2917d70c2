# trend_r.R FILE: CPU seconds and name of what R has for trends, over the series of a long CSV, reading left out.
d <- read.csv(commandArgs(TRUE)[1])
all <- split(d, d$series)
has <- function(p) requireNamespace(p, quietly = TRUE)
peer <- function(name, f) {
  took <- system.time(for (s in all) suppressWarnings(f(s)))
  cat(sprintf("%.3f %s\n", took[["user.self"]] + took[["sys.self"]], name))
}
peer("cor.test kendall (no slope)", function(s) cor.test(s$time, s$value, method = "kendall", exact = FALSE))
if (has("Kendall")) peer("Kendall::MannKendall (no slope)", function(s) Kendall::MannKendall(s$value))
if (has("trend")) peer("trend::mk.test + sens.slope", function(s) { trend::mk.test(s$value); trend::sens.slope(s$value) })
if (has("zyp")) peer("zyp::zyp.sen", function(s) zyp::zyp.sen(value ~ time, s))
