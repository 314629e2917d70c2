"""peer_scipy.py - what scipy answers for the series of agreement.py.  peer_scipy.py FOLDER OUT"""
import csv, math, sys, warnings
from collections import defaultdict
import numpy as np
from scipy import stats

warnings.simplefilter("ignore")
folder, out = sys.argv[1:3]
told = csv.writer(open(out, "w", newline=""), lineterminator="\n")


def say(method, options, field, value, scale=0.0):
    values = [float(v) for v in np.atleast_1d(value)]
    if any(math.isfinite(v) for v in values):
        told.writerow([method, options, field, name, " ".join(map(repr, values)), scale, "="])




for m in (0, 4, 12):
    series = defaultdict(list)
    with open(f"{folder}/season{m}.csv") as f:
        for row in csv.DictReader(f):
            series[row["series"]].append((float(row["time"]), float(row["value"] or "nan")))
    for name, points in series.items():
        both = np.array(points)
        t, y = both[~np.isnan(both[:, 1])].T
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
