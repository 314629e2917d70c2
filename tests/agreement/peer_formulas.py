"""peer_formulas.py - the rank methods that no packaged program has, written anew from their sources with numpy.

    peer_formulas.py FOLDER OUT"""
import math
import numpy as np
from scipy.stats import norm, rankdata, chi2
from peer import say, series


def p_of(z):
    return 2 * norm.sf(abs(z))


def score(y):
    return np.sign(y[None, :] - y[:, None])[np.triu_indices(len(y), 1)].sum()


def variance(y):
    n, ties = len(y), np.unique(y, return_counts=True)[1]
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


def z_of(s, var):
    return (s - np.sign(s)) / math.sqrt(var) if var > 0 else 0.0


def sen(t, y):
    i, j = np.triu_indices(len(y), 1)
    return float(np.median((y[j] - y[i]) / (t[j] - t[i])))


def ranks(v, tol):
    """Mid-ranks; neighbours closer than tol are tied."""
    order = np.argsort(v, kind="stable")
    group = np.concatenate([[0], np.cumsum(np.diff(v[order]) > tol)])
    r = np.empty(len(v))
    r[order] = rankdata(group)
    return r


def lag(t, v, k):
    """Autocorrelation at lag k over the pairs there are: their sum over pairs + k, over the variance."""
    at, d = dict(zip(t, v - v.mean())), v - v.mean()
    products = [x * at[s + k] for s, x in zip(t, d) if s + k in at]
    return sum(products) / (len(products) + k) / (sum(d * d) / len(d)), len(products) + k


def whitened(t, v, r):
    at = dict(zip(t, v))
    pairs = [(s, x - r * at[s - 1]) for s, x in zip(t, v) if s - 1 in at]
    return np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])


def corrected(t, y):
    """Mann-Kendall with a corrected variance, or after whitening."""
    n, b, tol = len(y), sen(t, y), 1e-12 * np.max(np.abs(y))
    s, var, e = score(y), variance(y), y - b * (t - t[0])
    if var == 0:
        return
    sums = 0.0
    r = ranks(e, tol)
    for k in range(1, n):
        rho, weight = lag(t, r, k) if np.ptp(r) > 0 else (0, n)
        if abs(rho) > norm.ppf(0.975) / math.sqrt(weight):
            sums += (n - k) * (n - k - 1) * (n - k - 2) * rho
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * sums
    if factor > 0:
        say("hamed-rao", "", "z", z_of(s, var * factor), 1e-6)
    r1 = lag(t, e, 1)[0] if np.ptp(e) > tol else 0
    factor = 1 + 2 * sum((1 - k / n) * r1 ** k for k in range(1, n))
    if factor > 0:
        say("yue-wang", "", "z", z_of(s, var * factor), 1e-6)
    x, w = whitened(t, y, lag(t, y, 1)[0])
    if len(w) > 3 and np.ptp(w) > tol:
        say("prewhite", "", "z", z_of(score(w), variance(w)), 1e-6)
        say("prewhite", "", "slope_pw", sen(x, w), np.std(y) / n)
    x, w = whitened(t, e, r1)
    if len(w) > 3:
        q = ranks(w + b * x, tol)
        say("tfpw", "", "z", z_of(score(q), variance(q)), 1e-6)
    if n >= 8:
        at = dict(zip(t, y))
        rows = np.array([(1, u, at[u - 1], v) for u, v in zip(t, y) if u - 1 in at])
        if len(rows) > 4:
            c = np.linalg.lstsq(np.column_stack([rows[:, 0], rows[:, 1] - t[0], rows[:, 2] - y.mean()]), rows[:, 3], rcond=None)[0]
            x, w = whitened(t, y, (n * c[2] + 2) / (n - 4))
            if np.ptp(w) > tol:
                say("bcpw", "", "z", z_of(score(w), variance(w)), 1e-6)


def three(t, y):
    """Collaud Coen et al. (2020)."""
    n, limit, tol = len(y), norm.ppf(0.975) / math.sqrt(len(y)), 1e-12 * np.max(np.abs(y))
    r1, b = lag(t, y, 1)[0], sen(t, y)
    if r1 < 0.05 or r1 < limit:
        return say("3pw", "", "z", z_of(score(y), variance(y)), 1e-6)
    e = y - b * (t - t[0])
    re = lag(t, e, 1)[0] if np.ptp(e) > tol else 0
    if abs(re) <= limit:
        re = 0
    x, w = whitened(t, y, r1)
    if len(w) < 5:
        return
    z = [z_of(score(w), variance(w))]
    x, w = whitened(t, e, re) if re else (t, e)
    q = ranks(w + b * x, tol)
    z.append(z_of(score(q), variance(q)))
    say("3pw", "", "z", min(z, key=abs), 1e-6)
    vc = w * np.std(e, ddof=1) / np.std(w, ddof=1) + (b * math.sqrt((1 - re) / (1 + re)) if re > 0 else b) * x
    say("3pw", "", "slope", sen(x, vc), np.std(y) / n)


def shifts(t, y):
    n = len(y)
    r = np.cumsum(rankdata(y))[:-1]
    k = np.arange(1, n)
    u = np.abs(2 * r - k * (n + 1))
    say("pettitt", "", "U", u.max())
    if not name.startswith("uneven"):
        say("pettitt", "", "k", t[np.argmax(u)])
    say("pettitt", "", "p", min(1, 2 * math.exp(-6 * u.max() ** 2 / (n ** 3 + n ** 2))))
    # a shift of 1e9 leaves few digits of the sums to either side: the values are centred first
    z = (y - y.mean()) / np.std(y, ddof=1)
    c = np.cumsum(z)
    T = c[:-1] ** 2 / k + (c[-1] - c[:-1]) ** 2 / (n - k)
    say("snht", "", "T", T.max())
    say("buishand", "", "R", (max(c.max(), 0) - min(c.min(), 0)) / math.sqrt(n))
    say("buishand", "", "Q", np.abs(c).max() / math.sqrt(n))
    say("buishand", "", "U", np.sum(c ** 2) / (n * (n + 1)))
    x, last = n // 3 + (n % 3 > 0), None
    d = np.sign(y[n - x:] - y[:x])
    if np.any(d):
        most = max((d > 0).sum(), (d < 0).sum())
        z = max(abs(most - n / 6) - (0.5 if n <= 30 else 0), 0) / math.sqrt(n / 12)
        say("cox-stuart", "", "z", z, 1e-9)


def seasonal(t, y, m):
    season = (t.astype(int) - 1) % m
    years = (t.astype(int) - 1) // m
    parts = [(t[season == g], y[season == g]) for g in range(m)]
    parts = [(a, b) for a, b in parts if len(b) > 1]
    s, var = [score(b) for _, b in parts], [variance(b) for _, b in parts]
    if sum(var) == 0:
        return
    say("seasonal-mann-kendall", "", "z", z_of(sum(s), sum(var)), 1e-9)
    zs = [a / math.sqrt(v) for a, v in zip(s, var) if v > 0]
    het = sum(z * z for z in zs) - len(zs) * np.mean(zs) ** 2
    say("seasonal-mann-kendall", "", "chi2_heterogeneity", het, 1e-9)
    slopes = np.concatenate([((b[None] - b[:, None]) / (a[None] - a[:, None] + np.eye(len(a))))[np.triu_indices(len(b), 1)] for a, b in parts])
    say("seasonal-sen", "", "slope", np.median(slopes), np.std(y) / len(y))
    C, N = norm.ppf(0.975) * math.sqrt(sum(var)), len(slopes)
    slopes.sort()
    lo, hi = (N - C) / 2, (N + C) / 2 + 1
    if lo >= 1:
        say("seasonal-sen", "", "slope_lo", np.interp(lo, np.arange(1, N + 1), slopes), np.std(y) / len(y))
        say("seasonal-sen", "", "slope_hi", np.interp(hi, np.arange(1, N + 1), slopes), np.std(y) / len(y))
    table = np.full((years.max() + 1, m), np.nan)
    table[years, season] = y
    n = len(table)
    known = ~np.isnan(table)
    R = np.full(table.shape, 0.0)
    for g in range(m):
        R[:, g] = (known[:, g].sum() + 1) / 2
        R[known[:, g], g] = rankdata(table[known[:, g], g])
    D = np.sign(np.nan_to_num(table[None] - table[:, None]))[np.triu_indices(n, 1)]
    counts = known.sum(0)
    cov = (D.T @ D + 4 * R.T @ R - n * np.outer(counts + 1, counts + 1)) / 3
    if cov.sum() > 0:
        say("seasonal-mann-kendall-correlated", "", "z", D.sum() / math.sqrt(cov.sum()), 1e-9)


for m, name, both, t, y in series():
    if len(y) < 6 or np.ptp(y) == 0:
        continue
    if name.startswith("offset"):
        y = y - 1e9
    shifts(t, y)
    if not name.startswith("uneven") and len(y) <= 250:
        corrected(t, y)
        three(t, y)
    if m and len(y) >= 3 * m:
        seasonal(t, y, m)
