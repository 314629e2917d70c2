"""peer_statsmodels.py - what statsmodels answers for the series of agreement.py.  peer_statsmodels.py FOLDER OUT"""
import math, warnings
import numpy as np
import statsmodels.api as sm
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.stattools import acf, pacf
from peer import say, series

warnings.simplefilter("ignore")
ETS = {"ann": ("add", None, False, None), "aan": ("add", "add", False, None), "aadn": ("add", "add", True, None),
       "mnn": ("mul", None, False, None), "man": ("mul", "add", False, None),
       "ana": ("add", None, False, "add"), "aaa": ("add", "add", False, "add"), "mnm": ("mul", None, False, "mul"),
       "mam": ("mul", "add", False, "mul")}


def lines(t, y, per):
    X = sm.add_constant(t)
    fit = sm.OLS(y, X).fit()
    for lag in (1, 3):
        for options, correct in (("", False), (" --hac-adjust", True)):
            k = fit.get_robustcov_results("HAC", maxlags=lag, use_correction=correct)
            say("ols-hac", f"--hac-lag {lag}{options}", "se_slope", k.bse[1], per * 1e-6)
    k = sm.RLM(y, X, M=sm.robust.norms.HuberT()).fit(maxiter=2000, tol=1e-13)
    say("huber", "", "slope", k.params[1], per)
    for q in (0.1, 0.5, 0.9):
        k = sm.QuantReg(y, X).fit(q=q, max_iter=5000, p_tol=1e-10)
        e = y - X @ k.params
        say("quantile", f"--quantile {q}", "objective", np.sum(e * (q - (e < 0))), np.std(y) * 1e-3, "<=")
    # its weights differ from R's where the median residual is next to 0
    if len(y) >= 12 and not name.startswith(("binary", "intermittent")):
        say("lowess", "", "fit", sm.nonparametric.lowess(y, t, return_sorted=False) + back, np.std(y))


def grid(y, m):
    if len(y) >= 10:
        lags = min(10, len(y) // 5)
        say("acf", "", "acf", acf(y, nlags=lags, fft=False)[1:], 1)
        say("acf", "", "pacf", pacf(y, nlags=lags, method="ldb")[1:], 1)
        k = acorr_ljungbox(y, lags=[lags])
        say("acf", "", "Q", k.lb_stat.iloc[0])
        if k.lb_pvalue.iloc[0] > 1e-300:
            say("acf", "", "p", k.lb_pvalue.iloc[0])
    if m and len(y) >= 3 * m:
        for options, robust in (("", False), (" --robust", True)):
            k = STL(y, period=m, seasonal=7, seasonal_deg=0, robust=robust).fit(inner_iter=1 if robust else 2,
                                                                outer_iter=15 if robust else 0)
            say("stl", "--seasonal-window 7" + options, "trend", k.trend + back, np.std(y))
    if 20 <= len(y) <= 150:
        for model, (error, trend, damped, season) in ETS.items():
            if season and (not m or len(y) < 3 * m) or error == "mul" and min(y) <= 0:
                continue
            try:
                k = ETSModel(y, error=error, trend=trend, damped_trend=damped, seasonal=season,
                             seasonal_periods=m or None).fit(disp=False, maxiter=1000)
            except Exception:
                continue
            ours = k.llf + len(y) / 2 * (math.log(2 * math.pi) + 1 - math.log(len(y)))
            say("ets", f"--ets-model {model}", "loglik", ours, 1, ">=")
    if 20 <= len(y) <= 150:
        for p, d, q in ((1, 0, 0), (0, 1, 1), (2, 0, 1), (1, 1, 1)):
            k = sm.tsa.SARIMAX(y, order=(p, d, q), trend="c" if d == 0 else "n", simple_differencing=True).fit(disp=False, maxiter=500)
            if k.llf == 0:                       # it failed
                continue
            say("arima", f"--arima-order {p},{d},{q}", "loglik", k.llf, 1, ">=")


for m, name, both, t, y in series():
    if len(y) < 6 or np.std(y) == 0:
        continue
    back = 1e9 if name.startswith("offset") else 0   # its sums lose digits there; the difference is exact
    y = y - back
    lines(t, y, np.std(y) / np.std(t))
    if len(y) == len(both) and not name.startswith("uneven"):
        grid(y, m)
