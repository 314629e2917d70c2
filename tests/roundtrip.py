"""roundtrip.py NINEFOLD [SOFFICE] - a store exported in every format and taken back must be the same store.

The figures are awkward on purpose: 17-digit and extreme doubles, every frequency and span, every status, units and names that a
spreadsheet would run, vintages. JSON has no loader: it is turned into CSV here, by Python's json module, and loaded."""
import csv, json, math, os, random, subprocess, sys, tempfile

ninefold, soffice = sys.argv[1], (sys.argv[2] if len(sys.argv) > 2 else "")
work = tempfile.TemporaryDirectory(prefix="nf-roundtrip-")
os.chdir(work.name)
environment = dict(os.environ, LC_ALL="C", TZ="UTC")
environment.pop("NINEFOLD_STORE", None)
HEAD = ["series", "time", "value", "unit", "status", "published", "publisher", "document"]
failures = []


def run(*arguments, to=None):
    out = open(to, "wb") if to else subprocess.PIPE
    done = subprocess.run([ninefold, *arguments], stdout=out, stderr=subprocess.PIPE, env=environment)
    if done.returncode:
        sys.exit(f"roundtrip: {' '.join(arguments)}: {done.stderr.decode()}")
    return None if to else done.stdout


def exported(store, *options):
    return run("-s", store, "export", *options)


def check(name, want, got):
    if want == got:
        print(f"  {name}: the same, {len(want)} bytes")
        return
    failures.append(name)
    a, b = want.decode().split("\n"), got.decode().split("\n")
    shown = [f"    {x!r}\n    {y!r}" for x, y in zip(a, b) if x != y][:3]
    print(f"  {name}: {len(a)} lines became {len(b)}", *shown, sep="\n")


def back(name, *files, vintages=True):
    store = f"{name}.db"
    run("-s", store, "load", *files)
    return exported(store, "--vintages") if vintages else exported(store)


def guard(text):
    return "'" + text if text.lstrip("'")[:1] in list("=+-@＝") else text


# ---- the figures ----
chance = random.Random(9)
doubles = [0.1 + 0.2, 5e-324, -5e-324, 1.7976931348623157e308, -1.7976931348623157e308, 2.2250738585072014e-308, 1 / 3, -1e-7, 0.0, 1.0,
           123456789012345680.0, 9007199254740993.0, 12.4, 1e22, 4.9e-300, 100.0] + [
           math.ldexp(chance.random() - 0.5, chance.randint(-200, 200)) for _ in range(400)]
times = {"year": [f"{y:04d}" for y in range(1901, 2100)], "half": [f"{y}-S{h}" for y in range(1990, 2020) for h in (1, 2)],
         "third": [f"{y}-T{h}" for y in range(1990, 2010) for h in (1, 2, 3)],
         "quarter": [f"{y}-Q{q}" for y in range(1990, 2020) for q in (1, 2, 3, 4)] + ["2020-Q1/P6M"],
         "month": [f"{y}-{m:02d}" for y in range(1990, 2010) for m in range(1, 13)] + ["2015-01/P2M", "2015-01/P12M"],
         "week": [f"{y}-W{w:02d}" for y in range(2000, 2005) for w in range(1, 53)] + ["2010-W10/P2W"],
         "day": [f"2024-{m:02d}-{d:02d}" for m in range(1, 13) for d in range(1, 29)] + ["1969-12-30/P2D"],
         "hour": [f"2024-02-28T{h:02d}" for h in range(24)] + ["1969-12-31T22/PT2H"],
         "minute": [f"2024-02-29T{h:02d}:{m:02d}" for h in range(3) for m in range(60) if m] + ["2024-02-29T12:00/PT15M"],
         "years": ["2001/P3Y"]}
names = ["plain", "=cmd|'/C calc'!A0", "+1", "-1+2", "@sum", "'quoted", "''=twice", "＝full", "a,b;c\"d", "石家庄.生产总值", "  two  words", "x" * 200]
statuses = ["", "break", "estimated|provisional", "unreliable", "forecast", "confidential", "not-available", "imputed", "below-limit",
            "break|estimated|provisional|unreliable|forecast|confidential|imputed"]
rows = []
for i, (frequency, periods) in enumerate(times.items()):
    for k, name in enumerate(names):
        if frequency != "year" and k % 4 != i % 4:
            continue
        unit = ["", "亿元", "µg/m3", "%", "=unit"][(i + k) % 5]
        for n, period in enumerate(periods):
            value = doubles[(n * 7 + i + k) % len(doubles)]
            status = statuses[(n + k) % len(statuses)] if n % 3 == 0 else ""
            text = "" if status == "not-available" or n % 17 == 5 else repr(value)
            who = ["Bureau, of", "https://example.org/a=1"] if n % 2 else ["", "=doc"] if n % 5 == 0 else ["", ""]
            rows.append([f"{name}@{frequency}", period, text, unit, status, "2021-05-06T07:08:09Z", *who])
            if n % 10 == 1:                                             # published again, with another value
                rows.append([f"{name}@{frequency}", period, repr(value / 3 or 7.0), unit, "", "2022-01-02T00:00:00Z", "", "b"])
extra = {"place": "石家庄", "quantity": "air.pm25", "title": "=title", "title_zh": "标题", "licence": "CC BY 4.0"}
with open("in.csv", "w", newline="", encoding="utf-8") as f:
    out = csv.writer(f, quoting=csv.QUOTE_ALL)                          # spaces within quotes are data
    out.writerow(HEAD + list(extra))
    for row in rows:
        guarded = [guard(t) if i in (0, 7) else t for i, t in enumerate(row)]
        out.writerow(guarded + (list(extra.values()) if row[0].startswith("plain") else [""] * len(extra)))
run("-s", "one.db", "load", "--dataset", "d", "in.csv")
all_versions, latest = exported("one.db", "--vintages"), exported("one.db")
print(f"roundtrip: {len(rows)} figures of {len(set(r[0] for r in rows))} series")
seen = {(r[0], r[1], r[5]): r for r in csv.reader(all_versions.decode().splitlines())}
for row in rows:                                                        # the store has what was written, bit for bit
    got = seen.get((guard(row[0]), row[1], row[5]))
    if not got or (got[2] != row[2] if not (got[2] and row[2]) else float(got[2]) != float(row[2])) or got[4] != row[4] or got[6] != row[6]:
        failures.append("in")
        print("  in:", row, got)
        break

# ---- out and back ----
open("a.csv", "wb").write(all_versions)
check("csv", all_versions, back("csv", "a.csv"))


def as_csv(objects, path):
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, quoting=csv.QUOTE_ALL)
        out.writerow(HEAD)
        for o in objects:
            value = "" if o["value"] is None else repr(float(o["value"]))
            out.writerow([value if name == "value" else guard(o[name] or "") if name in ("series", "document") else o[name] or "" for name in HEAD])


as_csv(json.loads(exported("one.db", "--vintages", "--format", "json")), "json.csv")
check("json", all_versions, back("json", "json.csv"))
as_csv([json.loads(line) for line in exported("one.db", "--vintages", "--format", "jsonl").splitlines()], "jsonl.csv")
check("jsonl", all_versions, back("jsonl", "jsonl.csv"))
run("-s", "one.db", "export", "--vintages", "--format", "xlsx", to="a.xlsx")
check("xlsx", all_versions, back("xlsx", "a.xlsx"))
run("-s", "one.db", "export", "--vintages", "--sdmx", to="a.sdmx.csv")
check("sdmx", all_versions, back("sdmx", "a.sdmx.csv"))
check("sdmx again", exported("one.db", "--vintages", "--sdmx"), exported("sdmx.db", "--vintages", "--sdmx"))
run("-s", "one.db", "export", "--vintages", "--package", "package")
check("package", all_versions, back("package", "package/datapackage.json"))
run("-s", "package.db", "export", "--vintages", "--package", "again")
for part in ("observations.csv", "datapackage.json"):                   # names, places, licences too
    check(f"package {part}", open(f"package/{part}", "rb").read(), open(f"again/{part}", "rb").read())
run("-s", "one.db", "export", "--sdmx", to="b.sdmx.csv")
check("sdmx, latest only", latest, back("latest", "b.sdmx.csv", vintages=False))
sys.exit(f"roundtrip: {', '.join(failures)} differ" if failures else 0)
