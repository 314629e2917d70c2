"""peer.py - what the peers in Python share: the series of agreement.py, and the table that their answers go into.

    peer_NAME.py FOLDER OUT"""
import csv, math, sys
from collections import defaultdict
import numpy as np

folder, out = sys.argv[1:3]
told = csv.writer(open(out, "w", newline=""), lineterminator="\n")
current = None


def series():
    """(period, name, points that are there and are not, times, values) of each; say() is about the one given last."""
    global current
    for m in (0, 4, 12):
        points = defaultdict(list)
        with open(f"{folder}/season{m}.csv") as f:
            for row in csv.DictReader(f):
                points[row["series"]].append((float(row["time"]), float(row["value"] or "nan")))
        for current, of in points.items():
            both = np.array(of)
            t, y = both[~np.isnan(both[:, 1])].T
            yield m, current, both, t, y


def say(method, options, field, value, scale=0.0, rule="="):
    values = [float(v) for v in np.atleast_1d(value)]
    if any(math.isfinite(v) for v in values):
        told.writerow([method, options, field, current, " ".join(map(repr, values)), scale, rule])
