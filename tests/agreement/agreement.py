"""agreement.py - random series of many kinds through ninefold and through its peers: how far apart are they?

    tests/agreement/agreement.py build/ninefold [PEER...]      PEER: r scipy statsmodels formulas; none: all

Prints a Markdown table. A difference counts in units of the peer's value, or of a scale the peer gives where a value may
be next to 0 (the deviation of the values for a smooth line). Likelihoods and sums of squares count only where the peer's is
the better one. `agreement.py -v 1e-7 build/ninefold PEER` names every difference above 1e-7."""
import csv, json, math, os, random, subprocess, sys, tempfile
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTHS = (3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 36, 48, 60, 96, 120, 144, 240, 365, 500)


def ar(draw, n, phi):
    y = [draw.gauss(0, 1)]
    while len(y) < n:
        y.append(phi * y[-1] + draw.gauss(0, 1))
    return y


def walk(draw, n):
    y = [0.0]
    while len(y) < n:
        y.append(y[-1] + draw.gauss(0.1, 1))
    return y


def season(t, m):
    return 3 * math.sin(2 * math.pi * t / m) + (t % m == 1)


# kind: season length, values at 0 .. n-1
KINDS = {
    "noise": (0, lambda d, n: [d.gauss(0, 1) for _ in range(n)]),
    "trend": (0, lambda d, n: [0.05 * t + d.gauss(0, 1) for t in range(n)]),
    "strong": (0, lambda d, n: [t + d.gauss(0, 1) for t in range(n)]),
    "integers": (0, lambda d, n: [d.randrange(10) for _ in range(n)]),
    "binary": (0, lambda d, n: [d.randrange(2) for _ in range(n)]),
    "decimals": (0, lambda d, n: [round(d.gauss(20, 2) + 0.01 * t, 1) for t in range(n)]),
    "ar7": (0, lambda d, n: ar(d, n, 0.7)),
    "ar-5": (0, lambda d, n: ar(d, n, -0.5)),
    "walk": (0, walk),
    "heavy": (0, lambda d, n: [d.gauss(0, 1) / math.sqrt(d.expovariate(1)) for _ in range(n)]),
    "cauchy": (0, lambda d, n: [math.tan(math.pi * (d.random() - 0.5)) for _ in range(n)]),
    "lognormal": (0, lambda d, n: [math.exp(d.gauss(3, 1)) for _ in range(n)]),
    "step": (0, lambda d, n: [2.0 * (t > 0.4 * n) + d.gauss(0, 0.7) for t in range(n)]),
    "bend": (0, lambda d, n: [0.3 * min(t, n // 2) + d.gauss(0, 1) for t in range(n)]),
    "intermittent": (0, lambda d, n: [d.randrange(1, 9) if d.random() < 0.4 else 0 for _ in range(n)]),
    "offset": (0, lambda d, n: [1e9 + d.gauss(0, 1) for _ in range(n)]),
    "gaps": (0, lambda d, n: [0.02 * t + d.gauss(0, 1) if d.random() < 0.8 else None for t in range(n)]),
    "uneven": (0, lambda d, n: [0.02 * t + d.gauss(0, 1) for t in range(n)]),
    "month": (12, lambda d, n: [20 + 0.02 * t + season(t, 12) + d.gauss(0, 1) for t in range(n)]),
    "growing": (12, lambda d, n: [math.exp(4 + 0.004 * t + 0.1 * season(t, 12) + d.gauss(0, 0.05)) for t in range(n)]),
    "quarter": (4, lambda d, n: [100 + season(t, 4) + x for t, x in enumerate(ar(d, n, 0.6))]),
}


def write_series(folder):
    """One file a season length; the time is 1, 2, ... but where steps are uneven."""
    names = defaultdict(list)
    for kind, (m, values) in KINDS.items():
        for n in LENGTHS:
            if m and n < 2 * m:
                continue
            draw = random.Random(f"{kind} {n}")
            t = 0
            for k, y in enumerate(values(draw, n)):
                t += draw.choice((1, 1, 2, 3, 0.5)) if kind == "uneven" else 1
                names[m].append((f"{kind}.{n}", t, "" if y is None else repr(y)))
    files = {}
    for m, rows in names.items():
        files[m] = os.path.join(folder, f"season{m}.csv")
        with open(files[m], "w", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows([("series", "time", "value"), *rows])
    return files


def ours(ninefold, files, method, options):
    answers = {}
    for m, file in files.items():
        command = [ninefold, "trend", file, "--method", method, "--format", "jsonl", "--components"]
        if m:
            command += ["--season-length", str(m)]
        done = subprocess.run(command + options.split(), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} {options}: {done.stderr}")
        answers.update((row["series"], row) for row in map(json.loads, done.stdout.splitlines()))
    return answers


def distance(a, b, scale):
    if isinstance(a, bool) or isinstance(b, bool):
        return float(a != b)
    unit = max(abs(b), scale)
    return 0.0 if a == b else abs(a - b) / unit if unit else math.inf


def compare(ninefold, files, peer, rows, loud):
    """rows: method, options, field, series, value (numbers with blanks between), scale, rule: = or <= or >="""
    have, table = {}, {}
    for method, options, field, series, value, scale, rule in rows:
        if (method, options) not in have:
            have[method, options] = ours(ninefold, files, method, options)
        mine = have[method, options].get(series, {})
        got = mine.get(field)
        cell = table.setdefault((method, options, field, rule), [set(), 0.0, "", 0])
        if got is None:
            cell[3] += 1
            if loud:
                print(f"unanswered: {method} {options} {field} {series}: {mine.get('status')}, {peer} {value[:60]}")
            continue
        theirs = [float(v) if v not in ("NA", "NaN") else None for v in value.split()]
        mine = got if isinstance(got, list) else [got]
        if len(mine) != len(theirs):
            far = math.inf
        else:
            far = max((distance(a, b, float(scale)) for a, b in zip(mine, theirs) if a is not None and b is not None),
                      default=0.0)
        if rule == ">=" and mine[0] >= theirs[0] or rule == "<=" and mine[0] <= theirs[0]:
            far = 0.0
        cell[0].add(series)
        if loud and far > loud:
            print(f"differs: {method} {options} {field} {series}: {str(got)[:60]} {peer} {value[:60]}: {far:.2g}")
        if far > cell[1]:
            cell[1], cell[2] = far, series
    return table


PEERS = {"r": ["Rscript", "--vanilla", f"{HERE}/peers.R"], "scipy": ["/usr/bin/python3", f"{HERE}/peer_scipy.py"],
         "statsmodels": ["/usr/bin/python3", f"{HERE}/peer_statsmodels.py"],
         "formulas": ["/usr/bin/python3", f"{HERE}/peer_formulas.py"]}


def print_table(table, peer):
    """A row for each method and set of fields that are compared in the same way."""
    rows = {}
    for (method, options, field, rule), (series, far, worst, missing) in table.items():
        loud = " --robust" if "--robust" in options.split() else " --hac-lag auto" if "auto" in options else ""
        row = rows.setdefault((method + loud, rule), [[], 0, 0.0, ""])
        if field not in row[0]:
            row[0].append(field)
        row[1] += len(series)
        if far > row[2]:
            row[2:] = far, worst
    for (method, rule), (fields, answers, far, worst) in rows.items():
        what = {"=": "", ">=": ", never below", "<=": ", never above"}[rule]
        print(f"| {method} | {peer} | {' '.join(fields)}{what} | {answers} | {far:.0e} | {worst} |")


def main():
    loud, args = 0.0, sys.argv[1:]
    if args[0] == "-v":
        loud, args = float(args[1]), args[2:]
    ninefold, peers = args[0], args[1:] or list(PEERS)
    print("| method | peer | fields | answers | largest difference | of |\n|---|---|---|--:|--:|---|")
    with tempfile.TemporaryDirectory() as folder:
        files = write_series(folder)
        for peer in peers:
            name, _, only = peer.partition(":")
            told = os.path.join(folder, "told.csv")
            subprocess.run(PEERS[name] + [folder, told, only], check=True)
            with open(told) as f:
                print_table(compare(ninefold, files, name, csv.reader(f), loud), name)


if __name__ == "__main__":
    main()
