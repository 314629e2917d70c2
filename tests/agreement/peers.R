# peers.R - what R and its packages answer for the series of agreement.py.  Rscript peers.R FOLDER OUT [METHOD]
suppressPackageStartupMessages({
    has <- function(package) suppressWarnings(requireNamespace(package, quietly = TRUE))
})
args <- commandArgs(TRUE)
only <- if (length(args) > 2 && nzchar(args[3])) strsplit(args[3], ",")[[1]] else NULL
told <- file(args[2], "w")
quiet <- function(x) suppressWarnings(suppressMessages(tryCatch(x, error = function(e) NULL)))
back <- 0
say <- function(method, options, field, value, scale = 0, rule = "=") {
    if (field %in% c("fit", "trend", "mean", "lo80", "hi95", "lo95")) value <- value + back
    if (is.null(value) || length(value) == 0 || all(!is.finite(value))) return()
    writeLines(paste(method, dQuote(options, FALSE), field, name, paste(format(as.numeric(value), digits = 17, trim = TRUE), collapse = " "),
                     format(scale, digits = 17), rule, sep = ","), told)
}
wants <- function(...) is.null(only) || any(c(...) %in% only)

rank_tests <- function(t, y) {
    tied <- anyDuplicated(y) > 0
    if (!tied && length(y) < 170) {
        k <- quiet(cor.test(t, y, method = "kendall", exact = TRUE))
        if (!is.null(k) && k$p.value > 1e-6) say("mann-kendall", "--mk exact", "p", k$p.value)
    }
    k <- quiet(cor.test(t, y, method = "kendall", exact = FALSE, continuity = TRUE))
    # R says S - 1 where S is 0
    n <- length(y)
    s <- sum(sign(outer(y, y, "-")) * sign(outer(t, t, "-"))) / 2
    if (s != 0) say("mann-kendall", "--mk normal", "p", k$p.value)
    k <- quiet(cor.test(t, y, method = "kendall", exact = FALSE))
    say("mann-kendall", "--mk no-continuity", "z", k$statistic, 1e-9)
    say("mann-kendall", "", "tau_b", k$estimate, 1e-9)
    k <- quiet(cor.test(t, y, method = "spearman", exact = FALSE))
    say("spearman", "", "r", k$estimate, 1e-9)
    if (n > 3 && !is.null(k) && k$p.value > 1e-300) say("spearman", "", "p", k$p.value)
}

lines_of <- function(t, y) {
    if (length(y) < 5 || sd(y) == 0) return()
    fit <- lm(y ~ t)
    n <- length(y); s <- sd(y); per <- s / sd(t)
    co <- quiet(summary(fit)$coefficients)
    say("ols", "", "slope", co[2, 1], per * 1e-3)
    say("ols", "", "se_slope", co[2, 2])
    say("ols", "", "se_intercept", co[1, 2])
    say("ols", "", "p", if (co[2, 4] > 1e-300) co[2, 4])
    say("ols", "", "r2", quiet(summary(fit)$r.squared), 1e-3)
    say("ols", "", "sigma", quiet(summary(fit)$sigma))
    say("ols", "", "slope_lo", confint(fit)[2, 1], per * 1e-3)
    for (hc in 0:3) {
        v <- quiet(sandwich::vcovHC(fit, paste0("HC", hc)))
        say("ols", paste0("--ols-se hc", hc), "se_slope", sqrt(v[2, 2]))
        say("ols", paste0("--ols-se hc", hc), "se_intercept", sqrt(v[1, 1]))
    }
    for (lag in c(0, 1, 3)) if (lag < n - 2) {
        v <- quiet(sandwich::NeweyWest(fit, lag = lag, prewhite = FALSE))
        say("ols-hac", paste("--hac-lag", lag), "se_slope", sqrt(v[2, 2]))
    }
    rule <- floor(4 * (n / 100)^(2 / 9))
    v <- quiet(sandwich::NeweyWest(fit, lag = rule, prewhite = FALSE, adjust = TRUE))
    say("ols-hac", "--hac-lag rule --hac-adjust", "se_slope", sqrt(v[2, 2]))
    v <- quiet(sandwich::NeweyWest(fit))
    if (!is.null(v)) say("ols-hac", "--hac-lag auto", "se_slope", sqrt(v[2, 2]))
    if (n <= 60) {                               # above, Pan's algorithm no longer converges
    d <- function(side) quiet(lmtest::dwtest(fit, alternative = side, exact = TRUE, tol = 1e-14, iterations = 50))
    k <- d("greater")
    say("durbin-watson", "", "dw", k$statistic)
    if (!is.null(k) && k$p.value > 1e-7) say("durbin-watson", "", "p_positive", k$p.value)
    k <- d("two.sided")
    if (!is.null(k) && k$p.value > 1e-7) say("durbin-watson", "", "p", k$p.value)
    }
    for (order in c(1, 4)) if (n > order + 3) {
        o <- if (order == 1) "" else paste("--bg-order", order)
        k <- quiet(lmtest::bgtest(fit, order = order))
        say("breusch-godfrey", o, "LM", k$statistic)
        if (!is.null(k) && k$p.value > 1e-12) say("breusch-godfrey", o, "p", k$p.value)
        k <- quiet(lmtest::bgtest(fit, order = order, type = "F"))
        say("breusch-godfrey", o, "F", k$statistic)
        if (!is.null(k) && k$p.value > 1e-12) say("breusch-godfrey", o, "p_F", k$p.value)
    }
}

robust_lines <- function(t, y) {
    if (length(y) < 5 || sd(y) == 0) return()
    per <- sd(y) / sd(t)
    for (m in c("huber", "bisquare")) {
        fit <- quiet(MASS::rlm(y ~ t, psi = if (m == "huber") MASS::psi.huber else MASS::psi.bisquare, maxit = 5000, acc = 1e-13))
        if (is.null(fit) || !fit$converged || fit$s < 1e-9 * sd(y)) next
        say(m, "", "slope", coef(fit)[2], per)
        say(m, "", "scale", fit$s, sd(y))
        say(m, "", "se_slope", summary(fit)$coefficients[2, 2], per / sqrt(length(y)))
    }
    if (has("quantreg")) for (q in c(0.1, 0.5, 0.9)) {
        fit <- quiet(quantreg::rq(y ~ t, tau = q))
        if (is.null(fit)) next
        e <- residuals(fit)
        say("quantile", paste("--quantile", q), "objective", sum(e * (q - (e < 0))), sd(y) * 1e-6, "<=")
        unique <- is.null(attr(fit, "nonunique"))
        warned <- FALSE
        withCallingHandlers(quantreg::rq(y ~ t, tau = q), warning = function(w) { warned <<- TRUE; invokeRestart("muffleWarning") })
        if (!warned) say("quantile", paste("--quantile", q), "slope", coef(fit)[2], per)
    }
}

smooth_lines <- function(t, y) {
    if (length(y) < 8 || sd(y) == 0) return()
    s <- sd(y)
    say("lowess", "", "fit", lowess(t, y, delta = 0)$y, s)
    say("lowess", "--span 0.4 --robust-steps 0", "fit", lowess(t, y, f = 0.4, iter = 0, delta = 0)$y, s)
    if (length(y) > 300) return()
    for (o in c("", "--degree 1 --span 0.5", "--degree 0 --span 0.9", "--degree 2 --span 1")) {
        degree <- as.numeric(sub(".*--degree ([0-9]).*", "\\1", paste(o, "--degree 2")))
        if (o != "") degree <- as.numeric(sub("--degree ([0-9]).*", "\\1", o))
        span <- if (o == "") 0.75 else as.numeric(sub(".*--span ", "", o))
        fit <- quiet(loess(y ~ t, span = span, degree = degree,
                           control = loess.control(surface = "direct", statistics = "exact")))
        if (is.null(fit) || !is.finite(fit$s)) next
        p <- quiet(predict(fit, se = TRUE))
        say("loess", o, "fit", p$fit, s)
        say("loess", o, "se", p$se.fit, s)
        say("loess", o, "sigma", fit$s, s * 1e-3)
        say("loess", o, "enp", fit$enp)
        say("loess", o, "dof", p$df)
    }
}

correlations <- function(y) {                    # of the grid, gaps and all
    n <- sum(!is.na(y))
    if (n < 6 || sd(y, na.rm = TRUE) == 0) return()
    for (lags in c(0, 3)) {
        L <- if (lags) lags else max(1, min(10, floor(n / 5)))
        if (L >= length(y)) next
        a <- quiet(acf(y, lag.max = L, plot = FALSE, na.action = na.pass))$acf[-1]
        o <- if (lags) paste("--lags", lags) else ""
        if (all(abs(a) < 1)) say("acf", o, "acf", a, 1)
        if (all(abs(a) < 1)) say("acf", o, "pacf", as.numeric(pacf(y, lag.max = L, plot = FALSE, na.action = na.pass)$acf), 1)
        k <- quiet(Box.test(y, L, "Ljung-Box"))
        say("acf", o, "Q", k$statistic)
        say("acf", o, "p", if (k$p.value > 1e-6) k$p.value)
    }
}

breaks <- function(t, y) {
    n <- length(y)
    if (n < 20 || n > 250 || sd(y) == 0) return()
    for (m in c("mean", "trend")) {
        f <- if (m == "mean") y ~ 1 else y ~ t
        b <- quiet(strucchange::breakpoints(f, h = 0.15))
        if (is.null(b)) next
        rss <- quiet(summary(b)$RSS)
        o <- paste("--model", m)
        say("bai-perron", o, "rss", rss[1, ], sd(y)^2 * n * 1e-9)
        say("bai-perron", o, "bic", rss[2, ], n)
        if (!anyNA(b$breakpoints)) say("bai-perron", o, "changes", if (grepl("uneven", name)) b$breakpoints else t[b$breakpoints])
        k <- quiet(strucchange::Fstats(f, from = 0.15))
        if (is.null(k)) next
        say("andrews", o, "sup_F", max(k$Fstats))
        k <- quiet(strucchange::sctest(k, type = "supF"))
        if (!is.null(k) && k$p.value > 1e-5) say("andrews", o, "p", k$p.value)
    }
    if (n <= 120) for (npsi in 1) {
        set.seed(1)
        k <- quiet(segmented::segmented(lm(y ~ t), seg.Z = ~t, npsi = npsi))
        if (!is.null(k$psi)) say("segmented", "--breaks 1 --least-points 2", "sse", sum(residuals(k)^2), sd(y)^2 * 1e-9, "<=")
    }
}

seasons <- function(y, m) {
    if (!m || anyNA(y) || length(y) < 3 * m) return()
    z <- ts(y, frequency = m)
    s <- sd(y)
    for (w in c("11", "7", "periodic")) for (robust in c(FALSE, TRUE)) {
        k <- quiet(stl(z, s.window = if (w == "periodic") w else as.numeric(w), robust = robust, s.jump = 1, t.jump = 1,
                       l.jump = 1))
        o <- trimws(paste(if (w == "periodic") "--seasonal-window 0" else if (w == "7") "--seasonal-window 7" else "",
                          if (robust) "--robust" else ""))
        if (!is.null(k)) {
            say("stl", o, "trend", k$time.series[, 2], s)
            say("stl", o, "seasonal", k$time.series[, 1], s)
        }
    }
}

# The least sum of squares of simple smoothing, first level free: forecast's may stop at a local optimum.
least_ses <- function(y) {
    sse <- function(alpha) {
        e <- numeric(length(y)); w <- numeric(length(y)); l <- 0; u <- 1
        for (i in seq_along(y)) { e[i] <- y[i] - l; w[i] <- u; l <- l + alpha * e[i]; u <- u * (1 - alpha) }
        sum((e - w * sum(e * w) / sum(w * w))^2)
    }
    a <- seq(1e-4, 0.9999, length.out = 40)
    near <- a[which.min(sapply(a, sse))]
    min(sapply(a, sse), optimize(sse, pmin(pmax(near + c(-0.03, 0.03), 1e-4), 0.9999), tol = 1e-9)$objective)
}

forecasts <- function(y, m) {
    n <- length(y)
    if (anyNA(y) || n < 12 || n > 250 || sd(y) == 0) return()
    z <- ts(y, frequency = max(m, 1))
    s <- sd(y)
    if (wants("drift")) {
        k <- quiet(forecast::rwf(z, h = 6, drift = TRUE))
        say("drift", "--horizon 6", "mean", k$mean, s)
        if (y[1] != y[n]) {                      # R counts no coefficient where the drift is 0
            say("drift", "--horizon 6", "lo80", k$lower[, 1], s)
            say("drift", "--horizon 6", "hi95", k$upper[, 2], s)
        }
    }
    if (wants("theta") && !m) {
        k <- quiet(forecast::thetaf(z, h = 6))
        if (!is.null(k) && sum(k$residuals^2) < (1 + 1e-7) * least_ses(y)) say("theta", "--horizon 6", "mean", k$mean, s)
    }
    if (wants("ses", "holt", "damped", "ets")) {
        for (model in c("ann", "aan", "aadn", "ana", "aaa", "aada", "mnn", "man", "madn", "mna", "maa", "mada", "mnm", "mam", "madm")) {
            seasonal <- substr(model, nchar(model), nchar(model)) != "n"
            if (seasonal && !m || substr(model, 1, 1) == "m" && any(y <= 0)) next
            k <- quiet(forecast::ets(z, toupper(gsub("d", "", model)), damped = grepl("d", model)))
            if (is.null(k)) next
            say("ets", paste("--ets-model", model), "loglik", k$loglik, 1, ">=")
            if (model %in% c("ann", "aan", "aadn"))
                say(c(ann = "ses", aan = "holt", aadn = "damped")[model], "", "sse", sum(k$residuals^2), s^2 * 1e-6, "<=")
        }
        k <- quiet(forecast::ets(z))
        say("ets", "", "aicc", k$aicc, 1, "<=")
        k <- quiet(HoltWinters(z, beta = FALSE, gamma = FALSE))
        say("ses", "", "sse", k$SSE, s^2 * 1e-6, "<=")
        k <- quiet(HoltWinters(z, gamma = FALSE))
        say("holt", "", "sse", k$SSE, s^2 * 1e-6, "<=")
    }
    if (wants("arima")) for (o in list(c(1, 0, 0), c(0, 1, 1), c(2, 0, 1), c(1, 1, 1), c(2, 1, 2))) {
        if (n < 20) next
        k <- quiet(arima(z, o, method = "ML", optim.control = list(maxit = 2000, reltol = 1e-12)))
        # next to a unit root R leaves the first values out of its likelihood (those of a gain above 1e4)
        if (is.null(k) || o[1] && max(Mod(1 / polyroot(c(1, -coef(k)[seq_len(o[1])])))) > 0.995) next
        say("arima", paste0("--arima-order ", paste(o, collapse = ",")), "loglik", k$loglik, 1, ">=")
    }
    if (wants("airline") && m && n >= 4 * m) {
        k <- quiet(arima(z, c(0, 1, 1), list(order = c(0, 1, 1), period = m), method = "ML"))
        say("airline", "", "loglik", k$loglik, 1, ">=")
        k <- quiet(forecast::forecast(forecast::Arima(z - z[1], c(0, 1, 1), c(0, 1, 1), kappa = 1e8, method = "ML"), h = 6))
        if (!is.null(k)) {
            say("airline", "--horizon 6", "mean", k$mean + z[1], s)
            say("airline", "--horizon 6", "lo95", k$lower[, 2] + z[1], s)
        }
    }
    if (wants("mstl") && m && n >= 4 * m) {
        k <- quiet(forecast::mstl(z))
        say("mstl", paste("--cycles", m), "trend", k[, 2], s)
    }
}

for (m in c(0, 4, 12)) {
    all <- read.csv(file.path(args[1], paste0("season", m, ".csv")))
    for (one in split(all, factor(all$series, unique(all$series)))) {
        name <- one$series[1]
        known <- one[!is.na(one$value), ]
        t <- known$time; y <- known$value
        # R keeps seven digits of a slope at an offset of 1e9; taking it away is exact
        back <- if (grepl("offset", name)) 1e9 else 0
        y <- y - back
        one$value <- one$value - back
        if (length(y) < 3) next
        if (wants("rank")) rank_tests(t, y)
        if (wants("lines")) lines_of(t, y)
        if (wants("robust")) robust_lines(t, y)
        if (wants("smooth")) smooth_lines(t, y)
        if (!grepl("uneven", name)) {
            if (wants("acf")) correlations(one$value)
            if (wants("seasons")) seasons(one$value, m)
            if (wants("forecasts", "drift", "theta", "ses", "ets", "arima", "airline", "mstl")) {
                if ("forecasts" %in% only) { keep <- only; only <- NULL }
                forecasts(one$value, m)
                if (exists("keep")) only <- keep
            }
        }
        if (wants("breaks")) breaks(t, y)
    }
}
close(told)
