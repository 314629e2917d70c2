"""libreoffice.py NINEFOLD BOOKS_GALLERY SOFFICE - workbooks of LibreOffice load with the figures they were made of, and what
ninefold writes shows the same figures there.

Fifteen documents are written as flat XML (.fods), LibreOffice makes workbooks (.xlsx) of them; fifteen more come from
books_gallery. One command loads the folder; its receipt has a row for each."""
import csv, io, os, subprocess, sys, tempfile
from xml.sax.saxutils import escape

ninefold, gallery, soffice = sys.argv[1:4]
work = tempfile.TemporaryDirectory(prefix="nf-libreoffice-")
os.chdir(work.name)
environment = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
environment.pop("NINEFOLD_STORE", None)
failures = []


def run(*command, status=0):
    done = subprocess.run(command, capture_output=True, env=environment, timeout=300)
    if done.returncode != status:
        sys.exit(f"libreoffice: {' '.join(command[:6])}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8-sig"), done.stderr.decode()


def convert(to, *files, options=()):
    run(soffice, f"-env:UserInstallation=file://{work.name}/profile", "--headless", *options, "--convert-to", to, "--outdir", "out", *files)


# ---- documents ----
STYLES = """<office:automatic-styles>
 <number:date-style style:name="D"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>
  <number:text>-</number:text><number:day number:style="long"/></number:date-style>
 <number:date-style style:name="M"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/></number:date-style>
 <number:date-style style:name="T"><number:day/><number:text>.</number:text><number:month/><number:text>.</number:text>
  <number:year number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>
  <number:minutes number:style="long"/></number:date-style>
 <number:percentage-style style:name="P"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
 <number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
 <style:style style:name="d" style:family="table-cell" style:data-style-name="D"/>
 <style:style style:name="m" style:family="table-cell" style:data-style-name="M"/>
 <style:style style:name="t" style:family="table-cell" style:data-style-name="T"/>
 <style:style style:name="p" style:family="table-cell" style:data-style-name="P"/>
 <style:style style:name="n" style:family="table-cell" style:data-style-name="N"/>
</office:automatic-styles>"""


def cell(kind, value="", inside="", **more):
    extra = "".join(f' table:{k.replace("_", "-")}="{escape(str(v), {chr(34): "&quot;"})}"' for k, v in more.items())
    if kind is None:
        return f"<table:table-cell{extra}/>"
    if kind == "string":
        return f'<table:table-cell office:value-type="string"{extra}><text:p>{inside or escape(value)}</text:p></table:table-cell>'
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"{extra}/>'


def auto(v):
    return v if isinstance(v, str) and v.startswith("<") else cell(None) if v is None else cell("string", v) if isinstance(v, str) else cell("float", repr(v))


def row(*cells, **more):
    extra = "".join(f' table:{k.replace("_", "-")}="{v}"' for k, v in more.items())
    return f"<table:table-row{extra}>{''.join(auto(c) for c in cells)}</table:table-row>"


def sheet(name, *rows):
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def document(name, *sheets, settings=""):
    space = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"' for p, u in
                     (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("number", "datastyle")))
    with open(f"{name}.fods", "w", encoding="utf-8") as f:
        f.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {space} xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
                f'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{STYLES}'
                f'<office:body><office:spreadsheet>{settings}{"".join(sheets)}</office:spreadsheet></office:body></office:document>')


expected = {}


def want(series, **figures):
    for period, value in figures.items():
        expected[series, period.lstrip("_").replace("__", ":").replace("_", "-")] = value


head = row("series", "time", "value")
covered = "<table:covered-table-cell/>"
document("lo01", sheet("Sheet1", head, row("lo01", 2020.0, 1234.5), row("lo01", 2021.0, -0.125), row("lo01", 2022.0, 1e-300), row("lo01", 2023.0, None)))
want("lo01", _2020=1234.5, _2021=-0.125, _2022=1e-300, _2023=None)
document("lo02", sheet("工业", row(cell("string", "各地区工业增加值（亿元）", number_columns_spanned=5), covered, covered, covered, covered),
                       row(cell("string", "地区", number_rows_spanned=2), cell("string", "2022年", number_columns_spanned=2), covered,
                           cell("string", "2023年", number_columns_spanned=2), covered),
                       row(covered, "上半年", "下半年", "上半年", "下半年"), row("东部", 1.5, 2.5, 3.5, 4.5), row("西部", 5.0, 6.0, 7.0, 8.25),
                       row("注：数据为初步核算数")))
want("东部", _2022_S1=1.5, _2022_S2=2.5, _2023_S1=3.5, _2023_S2=4.5)
want("西部", _2022_S1=5, _2022_S2=6, _2023_S1=7, _2023_S2=8.25)
document("lo03", sheet("Sheet1", head, row("lo03", "2020", "1,234.5"), row("lo03", "2021", " 99"), row("lo03", "2022", "7.25"), row("lo03", "2023", "NA")))
want("lo03", _2020=1234.5, _2021=99, _2022=7.25, _2023=None)
document("lo04", sheet("监测", row("日期", "产量(吨)"), *[row(cell("date", f"2024-01-{d:02d}", style_name="d"), 1000.0 + d) for d in range(1, 32)]))
want("产量", **{f"_2024_01_{d:02d}": 1000 + d for d in range(1, 32)})
document("lo05", sheet("Sheet1", head, *[row("lo05", cell("date", f"2024-{m:02d}-01", style_name="m"), m / 8) for m in range(1, 13)]))
want("lo05", **{f"_2024_{m:02d}": m / 8 for m in range(1, 13)})
document("lo06", sheet("Empty"), sheet("2022", head, row("lo06", 2022.0, 1.25)), sheet("2023", head, row("lo06", 2023.0, 2.25)),
         sheet("说明", row("联系人：统计科")))
want("lo06", _2022=1.25, _2023=2.25)
document("lo07", sheet("Sheet1", head, row("lo07", 2020.0, 1.5), row("lo07", 2021.0, 2.5),
                       row("lo07", 2022.0, cell("float", "4", formula="of:=[.C2]+[.C3]")),
                       row("lo07", cell("float", "2023", formula="of:=[.B4]+1"), cell("float", "8", formula="of:=[.C4]*2"))))
want("lo07", _2020=1.5, _2021=2.5, _2022=4, _2023=8)
document("lo08", sheet("Sheet1", head, row("lo08", 2020.0, cell("percentage", "0.125", style_name="p")), row("lo08", 2021.0, cell("percentage", "0.07", style_name="p"))))
want("lo08", _2020=12.5, _2021=7)
document("lo09", sheet("Sheet1", row(number_rows_repeated=3), head, row("lo09", 2020.0, 3.0), row(number_rows_repeated=40), row("lo09", 2021.0, 4.0),
                       row(cell(None, number_columns_repeated=1024), number_rows_repeated=1000000)))
want("lo09", _2020=3, _2021=4)
document("lo10", sheet("Sheet1", row("series", "time", cell("string", inside="val<text:span>ue</text:span>")),
                       row("lo10", 2020.0, 1.0, visibility="collapse"),
                       row(cell("string", inside='lo<text:span>10</text:span>'), 2021.0, cell("float", "123456", style_name="n"))))
want("lo10", _2020=1, _2021=123456)
document("lo11", sheet("Sheet1", head, *[row("lo11", cell("date", f"2024-03-{1 + h // 24:02d}T{h % 24:02d}:00:00", style_name="t"), float(h)) for h in range(40)]))
want("lo11", **{f"_2024_03_{1 + h // 24:02d}T{h % 24:02d}": h for h in range(40)})
document("lo12", sheet("Sheet1", head, row("lo12", 2020.0, cell("float", "0", formula="of:=NA()")), row("lo12", 2021.0, 5.0)))
want("lo12", _2020=None, _2021=5)
document("lo13", sheet("Sheet1", head, *[row("lo13", cell("date", f"2024-02-{d:02d}", style_name="d"), float(d)) for d in (1, 28, 29)]),
         settings='<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>')
want("lo13", _2024_02_01=1, _2024_02_28=28, _2024_02_29=29)
document("lo14", sheet("A &amp; B", row("地区", "2021年", "2022年", "2023年"), row("<table:table-cell/>", None, None, None), row("北", 1.0, None, 3.0), row("南", 4.0, 5.0, 6.0),
                       row("数据来源：统计局")))
want("北", _2021=1, _2023=3)
want("南", _2021=4, _2022=5, _2023=6)
document("lo15", sheet("Sheet1", head, *[row("lo15", 2000.0 + i, v) for i, v in enumerate((0.1 + 0.2, 1 / 3, 123456789.123456789, 9007199254740991.0, 5e-324))]))
want("lo15", _2000=0.1 + 0.2, _2001=1 / 3, _2002=123456789.123456789, _2003=9007199254740991.0, _2004=5e-324)

documents = sorted(f for f in os.listdir(".") if f.endswith(".fods"))
convert("xlsx:Calc MS Excel 2007 XML", *documents)
os.mkdir("gallery")
run(gallery, "gallery")
figures = [f for f in sorted(os.listdir("gallery")) if f.endswith(".xlsx")]
for i in range(15):                                                     # three of each kind
    kinds = figures[i * len(figures) // 15]
    os.rename(f"gallery/{kinds}", f"out/{kinds}")
books = sorted(os.listdir("out"))
receipts, said = run(ninefold, "-s", "a.db", "load", "out", "--published", "2025-01-01", "--format", "csv", status=2)
receipts = list(csv.DictReader(io.StringIO(receipts)))
print(f"libreoffice: {len(books)} workbooks, {len(receipts)} receipts, {sum(r['outcome'] == 'loaded' for r in receipts)} loaded")
if len(books) != 30 or len(receipts) != 30:
    failures.append("a receipt for each of 30")
for r in receipts:
    if r["outcome"] != "loaded" and "lo" in os.path.basename(r["file"])[:2]:
        failures.append(r["file"])
print(said if failures else "", end="")
store, _ = run(ninefold, "-s", "a.db", "export")
got = {(r["series"], r["time"]): r["value"] for r in csv.DictReader(io.StringIO(store))}
for key, value in expected.items():
    exact = key[0] != "lo15"                                            # LibreOffice itself writes 15 digits into workbooks
    if key not in got or (value is None) != (got[key] == "") or (value is not None and abs(float(got[key]) - value) > (0 if exact else 1e-14 * value)):
        failures.append(f"{key}: {value!r} became {got.get(key)!r}")
print(f"  {len(expected)} figures of LibreOffice's workbooks, {len(got)} in the store")

# ---- what ninefold writes, seen by LibreOffice ----
with open("nasty.csv", "w", encoding="utf-8") as f:
    f.write("series,time,value,unit\n'=1+1,2020,0.1,亿元\n\"a,b\",2020,-12345.678,%\n'@x,2021-Q1,1e-5,\n名,2024-02,3,\n")
run(ninefold, "-s", "a.db", "load", "--published", "2025-01-01", "nasty.csv")
store, _ = run(ninefold, "-s", "a.db", "export")
plain, _ = run(ninefold, "-s", "a.db", "export", "--format", "jsonl")
with open("shown.xlsx", "wb") as f:
    f.write(subprocess.run([ninefold, "-s", "a.db", "export", "--format", "xlsx"], capture_output=True, env=environment, check=True).stdout)
with open("marked.csv", "w", encoding="utf-8") as f:
    f.write("\ufeff" + store)


def seen(name, source, guarded):
    convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", source, options=() if source.endswith("xlsx") else ("--infilter=CSV:44,34,76,1,2/2",))
    with open(f"out/{source.rsplit('.', 1)[0]}.csv", encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f))
    ours = list(csv.reader(io.StringIO(store)))
    wrong = 0
    for a, b in zip(ours, rows):
        name_ = a[0] if guarded else a[0][1:] if a[0][:2] in ("'=", "'@") else a[0]
        same = b[0] == name_ and (a[2] == b[2] if not a[2] or not b[2] or a[0] == "series" else abs(float(a[2]) - float(b[2])) <= 1e-14 * abs(float(a[2])) + 1e-307)
        if not same and not wrong:
            print("   ", a, b)
        wrong += not same
    if wrong or len(rows) != len(ours):
        failures.append(f"{name}: {wrong} rows of {len(ours)} differ")
    print(f"  {name}: {len(ours) - 1} figures shown")


seen("an exported workbook", "shown.xlsx", False)
seen("exported CSV with a byte order mark", "marked.csv", True)
for f in failures:
    print("  wrong:", f)
sys.exit(1 if failures else 0)
