"""trend_scipy.py FILE: CPU seconds of scipy.stats.theilslopes over the series of a long CSV, reading left out."""
import csv, sys, time
from scipy.stats import theilslopes
series = {}
for row in csv.DictReader(open(sys.argv[1])):
    series.setdefault(row["series"], ([], []))
    series[row["series"]][0].append(float(row["time"]))
    series[row["series"]][1].append(float(row["value"]))
start = time.process_time()
for x, y in series.values():
    theilslopes(y, x)
print("%.3f" % (time.process_time() - start))
