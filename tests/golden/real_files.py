#!/usr/bin/python3
"""real_files.py DIR - what real files hold, read by Python's csv module alone: the numbers of real_files_test.c.

For each file: series, observations with a value, their sum. Written without a look at the loaders; each file has
its few lines, so that no shared rule can be wrong in both readings."""
import csv, re, sys, math
D = sys.argv[1]
def rows(f, enc='utf-8-sig', d=','): return list(csv.reader(open(f'{D}/{f}', encoding=enc, newline=''), delimiter=d))
def num(s):
    try: v = float(s)
    except ValueError: return None
    return v if math.isfinite(v) else None
out = {}
def give(f, pairs):
    seen = {}
    for key, t, v in pairs: seen.setdefault(key, {})[t] = v
    vals = [v for s in seen.values() for v in s.values() if v is not None]
    print(f'    {{ "{f}", {len(seen)}, {len(vals)}, {math.fsum(vals)!r} }},')
def columns(f, r, cols, key=lambda x: (), time=lambda x: x[0]): give(f, [((c,) + key(x), time(x), num(x[c])) for x in r for c in cols])
f = 'air_china_cities_monthly.csv'; r = [[c.replace('\ufeff', '') for c in x] for x in rows(f) if len(x) > 1]
columns(f, r, (2, 5, 6, 7, 8, 9, 10), lambda x: (x[0],), lambda x: x[1])
f = 'air_openair_mydata_hourly.csv'; columns(f, rows(f)[1:], range(1, 10))
f = 'air_prsa_aotizhongxin_hourly.csv'; columns(f, rows(f)[1:], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16], time=lambda x: tuple(x[1:5]))
f = 'air_shijiazhuang_daily_2013_2017.csv'; columns(f, rows(f), (2, 5, 6, 7, 8, 9, 10), time=lambda x: x[1])
f = 'air_shijiazhuang_station_hourly_202004.csv'; columns(f, rows(f)[1:], [3] + list(range(6, 13)), lambda x: (x[2],), lambda x: (x[0], x[1]))
f = 'econ_frb_h15_daily_multirow_header.csv'; columns(f, rows(f)[6:], range(1, 12))
f = 'econ_fred_indpro_monthly.csv'; columns(f, rows(f)[1:], [1])
f = 'econ_nbs_monthly_cpi_trade_gb18030.csv'; columns(f, [x for x in rows(f, 'gb18030') if re.match(r'\d{4}年\d+月$', x[0])], range(1, 12))
f = 'econ_nbs_monthly_m2_gb18030.csv'; columns(f, [x for x in rows(f, 'gb18030') if re.match(r'\d{4}年\d+月$', x[0])], range(1, 7))
for f, h in (('econ_nbs_province_monthly_no_january.csv', 0), ('econ_nbs_province_population_gb18030.csv', 3)):
    r = rows(f, 'gb18030'); n = len(r[h]); give(f, [(x[0], r[h][i], num(x[i])) for x in r[h + 1:] if len(x) == n for i in range(1, n) if num(x[i]) is not None])
f = 'econ_worldbank_gdp_wide.csv'; r = [x for x in rows(f) if len(x) > 50]; give(f, [(x[1], i, num(x[i])) for x in r[1:] for i in range(4, 61) if x[i]])
for f, d in (('eurostat_ilc_di03_glued_flags.csv', ','), ('eurostat_gov_10dd_edpt1.tsv', '\t'), ('eurostat_teina200.tsv', '\t')):
    r = rows(f, d=d); give(f, [(x[0], i, num(x[i].split(' ')[0])) for x in r[1:] for i in range(1, len(x)) if x[i].strip() != ':'])
for f in ('11-6-1', '11-6-2', '8-1-1', '9-2-1'):
    f = f'opensdg_uk_indicator_{f}.csv'; r = rows(f); drop = {'Year', 'Observation status', 'GeoCode', 'Value', 'Unit multiplier'}
    give(f, [(tuple(c for c, h in zip(x, r[0]) if h not in drop), x[0], num(x[-1])) for x in r[1:]])
f = 'traffic_fremont_bridge_hourly.csv'; columns(f, rows(f)[1:], [1, 2])
f = 'traffic_metro_interstate_hourly.csv'; columns(f, rows(f)[1:], [8], time=lambda x: x[7])
f = 'traffic_uk_dft_region.csv'; columns(f, rows(f)[1:], [6] + list(range(8, 15)), lambda x: (x[2], x[4]))
f = 'traffic_metr_la_speed_5min.csv'; r = rows(f); give(f, [(i, k, num(x[i])) for k, x in enumerate(r[1:]) for i in range(len(x))])
f = 'datapackage_gdp/gdp.csv'; columns(f, rows(f)[1:], [3], lambda x: (x[0],), lambda x: x[2])
