# trend_r.R FILE: CPU seconds of R's cor.test (Kendall) over the series of a long CSV, reading left out.
d <- read.csv(commandArgs(TRUE)[1])
took <- system.time(for (s in split(d, d$series)) suppressWarnings(cor.test(s$time, s$value, method = "kendall", exact = FALSE)))
cat(sprintf("%.3f\n", took[["user.self"]] + took[["sys.self"]]))
