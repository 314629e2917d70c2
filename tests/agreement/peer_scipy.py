"""peer_scipy.py - what scipy answers for the series of agreement.py.  peer_scipy.py FOLDER OUT"""
import warnings
import numpy as np
from scipy import stats
from peer import say, series

warnings.simplefilter("ignore")


for m, name, both, t, y in series():
    if len(y) < 3:
        continue
    per = np.std(y) / np.std(t)
    if len(set(y)) == len(y) and len(y) <= 144:
        say("mann-kendall", "--mk exact", "p", stats.kendalltau(t, y, method="exact").pvalue)
    k = stats.kendalltau(t, y, method="asymptotic")
    say("mann-kendall", "--mk no-continuity", "p", k.pvalue)
    say("mann-kendall", "", "tau_b", k.statistic, 1e-9)
    k = stats.theilslopes(y, t)
    say("sen", "--sen-ci round", "slope", k.slope, per * 1e-6)
    say("sen", "--sen-ci round", "intercept", k.intercept, np.std(y))
    if len(y) > 5:
        say("sen", "--sen-ci round", "slope_lo", k.low_slope, per * 1e-6)
        say("sen", "--sen-ci round", "slope_hi", k.high_slope, per * 1e-6)
    k = stats.theilslopes(y, t, method="joint")
    say("sen", "--sen-intercept joint", "intercept", k.intercept, np.std(y))
    k = stats.siegelslopes(y, t)
    say("siegel", "", "slope", k.slope, per * 1e-6)
    say("siegel", "", "intercept", k.intercept, np.std(y))
    k = stats.linregress(t, y)
    say("ols", "", "slope", k.slope, per * 1e-3)
    say("ols", "", "se_slope", k.stderr, per * 1e-6)
    if len(y) > 3:
        k = stats.spearmanr(t, y)
        if k.pvalue > 1e-300:
            say("spearman", "", "p", k.pvalue)
