/* real_files_test.c - real files, against a reading by other means (golden/real_files.py); skipped where they are
 * absent. */
#include "datasets.h"
#include "test.h"
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA NF_SHARED "/data/"

static const struct { const char *file; size_t series, values; double sum; } golden[] = {
    { "air_china_cities_monthly.csv", 2562, 86688, 4660864.908 },
    { "air_openair_mydata_hourly.csv", 9, 558173, 31955514.67187605 },
    { "air_prsa_aotizhongxin_hourly.csv", 11, 378514, 89244727.7835746 },
    { "air_shijiazhuang_daily_2013_2017.csv", 7, 8099, 744991.74 },
    { "air_shijiazhuang_station_hourly_202004.csv", 72, 5848, 323322.8 },
    { "econ_frb_h15_daily_multirow_header.csv", 11, 13981, 24583.09 },
    { "econ_fred_indpro_monthly.csv", 1, 421, 36560.1745 },
    { "econ_nbs_monthly_cpi_trade_gb18030.csv", 11, 546, 17051789953.3 },
    { "econ_nbs_monthly_m2_gb18030.csv", 6, 1548, 303697650.26 },
    { "econ_nbs_province_monthly_no_january.csv", 31, 6892, 107786778.67 },
    { "econ_nbs_province_population_gb18030.csv", 31, 310, 1402437.0 },
    { "econ_worldbank_gdp_wide.csv", 256, 11542, 1.1556230757788184e+16 },
    { "eurostat_ilc_di03_glued_flags.csv", 17910, 330216, 23447185284.0 },
    { "eurostat_gov_10dd_edpt1.tsv", 6322, 51709, 11537739520.1 },
    { "eurostat_teina200.tsv", 66, 776, -22787735.9 },
    { "opensdg_uk_indicator_11-6-1.csv", 690, 5345, 106894.97138950056 },
    { "opensdg_uk_indicator_11-6-2.csv", 144, 842, 10939.65 },
    { "opensdg_uk_indicator_8-1-1.csv", 1, 23, 22.5 },
    { "opensdg_uk_indicator_9-2-1.csv", 140, 2904, 220341.33906695936 },
    { "traffic_fremont_bridge_hourly.csv", 2, 118158, 6615233.0 },
    { "traffic_metro_interstate_hourly.csv", 1, 40575, 133518143.0 },
    { "traffic_uk_dft_region.csv", 528, 13160, 16546691204734.818 },
    { "traffic_metr_la_speed_5min.csv", 207, 417312, 24576105.656349506 },
    { "datapackage_gdp/gdp.csv", 262, 13979, 1.687795838922571e+16 },
};

static const struct { const char *file, *loader, *encoding, *first, *last, *units;
} receipts[] = {
    { "air_china_cities_monthly.csv", "air", "UTF-8", "2013-01", "2017-02", "index, µg/m3, mg/m3" },
    { "air_openair_mydata_hourly.csv", "air", "UTF-8", "1998-01-01T00", "2005-06-23T12", "µg/m3" },
    { "air_prsa_aotizhongxin_hourly.csv", "air", "UTF-8", "2013-03-01T00", "2017-02-28T23", "µg/m3, °C, hPa, mm, m/s" },
    { "air_shijiazhuang_daily_2013_2017.csv", "air", "UTF-8", "2013-12-02", "2017-01-31", "index, µg/m3, mg/m3" },
    { "air_shijiazhuang_station_hourly_202004.csv", "air", "UTF-8", "2020-04-02T08", "2020-04-08T03",
      "index, µg/m3, mg/m3" },
    { "econ_frb_h15_daily_multirow_header.csv", "fred", "UTF-8", "2015-01-01", "2020-01-31", "%" },
    { "econ_fred_indpro_monthly.csv", "fred", "UTF-8", "1985-01", "2020-01", "" },
    { "econ_nbs_monthly_cpi_trade_gb18030.csv", "nbs", "GB18030", "2016-01", "2020-02", "上年同月=100, 千美元" },
    { "econ_nbs_monthly_m2_gb18030.csv", "nbs", "GB18030", "1999-12", "2021-05", "亿元, %" },
    { "econ_nbs_province_monthly_no_january.csv", "nbs", "GB18030", "2003-01/P2M", "2023-04", "" },
    { "econ_nbs_province_population_gb18030.csv", "nbs", "GB18030", "2015", "2024", "万人" },
    { "econ_worldbank_gdp_wide.csv", "worldbank", "UTF-8", "1960", "2016", "" },
    { "eurostat_ilc_di03_glued_flags.csv", "eurostat", "UTF-8", "1995", "2025", "" },
    { "eurostat_gov_10dd_edpt1.tsv", "eurostat", "UTF-8", "1995", "2014", "" },
    { "eurostat_teina200.tsv", "eurostat", "UTF-8", "2003", "2014", "" },
    { "opensdg_uk_indicator_11-6-1.csv", "opensdg", "UTF-8", "2000", "2020", "" },
    { "opensdg_uk_indicator_11-6-2.csv", "opensdg", "UTF-8", "2010", "2019", "" },
    { "opensdg_uk_indicator_8-1-1.csv", "opensdg", "UTF-8", "2000", "2022", "" },
    { "opensdg_uk_indicator_9-2-1.csv", "opensdg", "UTF-8", "2000", "2021", "" },
    { "traffic_fremont_bridge_hourly.csv", "wide", "UTF-8", "2012-10-03T00", "2019-06-30T23", "" },
    { "traffic_metro_interstate_hourly.csv", "traffic", "UTF-8", "2012-10-02T09", "2018-09-30T23", "vehicles" },
    { "traffic_uk_dft_region.csv", "traffic", "UTF-8", "1993", "2019", "km, 1" },
};

static nf_load_options options(const char *file)
{
    bool sensors = strstr(file, "metr_la") != NULL;
    return (
        nf_load_options){ .now = 1, .start = sensors ? "2012-03-01T00:00" : NULL, .freq = sensors ? "5minute" : NULL };
}

static void sum_up(nf_ctx *c, nf_source source, size_t *series, size_t *values, double *sum)
{
    nf_cursor cur;
    nf_series s;
    long double total = 0;
    *series = *values = 0;
    ok(!source.find(source.self, c, &(nf_query){ 0 }, &cur));
    for (size_t mark = nf_mark(c); cur.next(cur.cur, c, &s) == 1; nf_release(c, mark), ++*series)
        for (size_t i = 0; i < s.t.n; i++)
            if (!isnan(s.y[i])) ++*values, total += s.y[i];
    cur.close(cur.cur);
    *sum = (double)total;
}

TEST(series_counts_and_sums_are_those_of_another_reading)
{
    if (access(DATA "manifest.csv", F_OK)) skip();
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_source source;
        size_t series, values;
        double sum;
        nf_load_options o = options(golden[i].file);
        if (nf_file_source(c, &source, nf_format(c, DATA "%s", golden[i].file), &o))
            fail_msg("%s: %s", golden[i].file, nf_last(c)->what);
        sum_up(c, source, &series, &values, &sum);
        nf_file_source_close(source);
        if (series != golden[i].series || values != golden[i].values ||
            fabs(sum - golden[i].sum) > 1e-12 * fabs(golden[i].sum))
            fail_msg("%s: %zu series, %zu values, sum %.17g", golden[i].file, series, values, sum);
        nf_ctx_free(c);
    }
}

TEST(receipts_say_loader_encoding_span_and_units)
{
    if (access(DATA "manifest.csv", F_OK)) skip();
    for (size_t i = 0; i < sizeof receipts / sizeof *receipts; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_receipt r;
        char first[48], last[48];
        nf_load_options o = options(receipts[i].file);
        if (nf_load(c, NULL, nf_format(c, DATA "%s", receipts[i].file), &o, &r))
            fail_msg("%s: %s", receipts[i].file, nf_last(c)->what);
        nf_period_text(first, r.first);
        nf_period_text(last, r.last);
        same(r.loader, receipts[i].loader);
        same(r.encoding, receipts[i].encoding);
        same(first, receipts[i].first);
        same(last, receipts[i].last);
        same(r.units, receipts[i].units);
        nf_ctx_free(c);
    }
}

static void refused(const char *file, const char *what)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    const char *path = nf_format(c, DATA "%s", file);
    ok(nf_file_source(c, &source, path, NULL) < 0);
    if (!strstr(nf_last(c)->what, what)) fail_msg("%s: %s", file, nf_last(c)->what);
    nf_ctx_free(c);
}

TEST(what_cannot_be_loaded_says_why)
{
    if (access(DATA "manifest.csv", F_OK)) skip();
    refused("traffic_metr_la_speed_5min.csv", "no column holds times");
    refused("datapackage_gdp/datapackage.json", "No such file");
    refused("sdmx_csv/v2_example_09B.csv", "'MEASVAL_A1B1C1' is not a number");
}

/* The guide's examples into one store, one after the other: figures, deletions of them, and rows of attributes
 * alone. */
TEST(sdmx_examples_load)
{
    static const struct { const char *name, *key; size_t series; double first;
    } examples[] = { { "01", "A.B", 1, 12.4 },
                     { "02", "OBS_VALUE1@B.A", 2, 12.4 },
                     { "03", "OBS_VALUE1@A.B", 2, 12.4 },
                     { "04", "A.B", 1, 12.4 },
                     { "05", "A.B", 1, 12.4 },
                     { "06", "A.B", 1, 12.4 },
                     { "07", "A.B", 1, 12.4 },
                     { "08", "A.B", 1, 12.4 },
                     { "09A", "A.B", 1, 12.4 },
                     { "10", "A.B", 1, 12.4 },
                     { "11", "A.B", 1, 12.4 },
                     { "12", NULL, 0, 0 },
                     { "13", "MEAS_1@A.B", 1, 12.4 },
                     { "14", NULL, 0, 0 },
                     { "15", "A.B", 1, 12.4 },
                     { "16", "A.B", 0, NAN },
                     { "17", "A.B", 0, NAN },
                     { "18", NULL, 0, 0 },
                     { "19A", NULL, 0, 0 },
                     { "19B", NULL, 0, 0 } };
    if (access(DATA "manifest.csv", F_OK)) skip();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_source source;
        nf_series s;
        size_t series, values;
        double sum;
        const char *path = nf_format(c, DATA "sdmx_csv/v2_example_%s.csv", examples[i].name);
        if (nf_file_source(c, &source, path, NULL)) fail_msg("%s: %s", examples[i].name, nf_last(c)->what);
        sum_up(c, source, &series, &values, &sum);
        if (series != examples[i].series) fail_msg("%s: %zu series", examples[i].name, series);
        if (series && (nf_source_get(source, c, examples[i].key, 0, &s) != 1 || s.y[0] != examples[i].first))
            fail_msg("%s: no %s", examples[i].name, examples[i].key);
        nf_file_source_close(source);
        nf_ctx_free(c);
    }
}

/* Examples 16 to 19 take back what the first brought; 17 and 18 speak of other figures. */
TEST(sdmx_examples_take_back_what_they_name)
{
    static const struct { const char *name; bool january, february; } deletions[] = {
        { "16", false, true }, { "17", true, true }, { "18", true, true } };
    if (access(DATA "manifest.csv", F_OK)) skip();
    for (size_t i = 0; i < sizeof deletions / sizeof *deletions; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *store;
        nf_receipt r;
        nf_series s;
        ok(!nf_store_open(c, &store, ":memory:", NF_STORE_CREATE));
        ok(!nf_load(c, store, DATA "sdmx_csv/v2_example_01.csv", &(nf_load_options){ .published = 1000, .now = 9000 },
                    &r));
        const char *path = nf_format(c, DATA "sdmx_csv/v2_example_%s.csv", deletions[i].name);
        if (nf_load(c, store, path, &(nf_load_options){ .published = 2000, .now = 9000 }, &r))
            fail_msg("%s", nf_last(c)->what);
        ok(nf_source_get(nf_store_source(store), c, "A.B", 0, &s) == 1 && s.t.n == 2);
        ok(!isnan(s.y[0]) == deletions[i].january && !isnan(s.y[1]) == deletions[i].february);
        nf_store_close(store);
        nf_ctx_free(c);
    }
}

/* ---- docs/real-files.md: a row for every file there is; ACCEPT=1 writes it anew ---- */

typedef struct { char text[60000]; size_t n; char said[1000]; } page;

static void on_note(void *host, const nf_diag *d)
{
    page *p = host;
    size_t n = strlen(p->said);
    if (!strstr(d->what, "nothing says when this was published"))
        snprintf(p->said + n, sizeof p->said - n, "%s%s", n ? "; " : "", d->what);
}

static void add(page *p, const char *format, ...)
{
    va_list more;
    va_start(more, format);
    p->n += (size_t)vsnprintf(p->text + p->n, sizeof p->text - p->n, format, more);
    va_end(more);
    ok(p->n < sizeof p->text);
}

static void add_file(page *p, const char *file)
{
    nf_ctx *c = nf_ctx_new(&(nf_hooks){ .note = on_note, .host = p });
    nf_receipt r;
    nf_source source;
    size_t series, values;
    double sum;
    char first[48] = "", last[48] = "";
    const char *path = nf_format(c, DATA "%s", file);
    nf_load_options o = options(file);
    *p->said = 0;
    int rc = nf_load(c, NULL, path, &o, &r);
    const nf_diag *d = nf_last(c);
    if (rc && d->line) add(p, "| %s | | | | | | refused: %ld:%ld: %s |\n", file, d->line, d->col, d->what);
    else if (rc) add(p, "| %s | | | | | | refused: %s: %s |\n", file, d->file + strlen(DATA), d->what);
    else {
        nf_period_text(first, r.first);
        nf_period_text(last, r.last);
        nf_ctx *quiet = nf_ctx_new(NULL);                        /* its remarks were heard once */
        ok(!nf_file_source(quiet, &source, path, &o));
        sum_up(quiet, source, &series, &values, &sum);
        nf_file_source_close(source);
        nf_ctx_free(quiet);
        add(p, "| %s | %s | %s | %zu | %s%s%s | %zu | %s%s%s |\n", file, r.loader, r.encoding ? r.encoding : "", series,
            first, strcmp(first, last) ? " to " : "", strcmp(first, last) ? last : "", values,
            o.start ? "with `--start --freq`" : "", o.start && *p->said ? "; " : "", p->said);
    }
    nf_ctx_free(c);
}

static int visible(const struct dirent *e) { return *e->d_name != '.' && strcmp(e->d_name, "manifest.csv"); }

static void add_folder(page *p, const char *folder)
{
    struct dirent **entry;
    struct stat s;
    char name[600], path[1200];
    int n = scandir(*folder ? (snprintf(path, sizeof path, DATA "%s", folder), path) : DATA, &entry, visible, NULL);
    ok(n > 0);
    for (int i = 0; i < n; i++)                                  /* in the order of their bytes */
        for (int k = i + 1; k < n; k++)
            if (strcmp(entry[k]->d_name, entry[i]->d_name) < 0) {
                struct dirent *swap = entry[i];
                entry[i] = entry[k];
                entry[k] = swap;
            }
    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "%s%s%s", folder, *folder ? "/" : "", entry[i]->d_name);
        snprintf(path, sizeof path, DATA "%s", name);
        ok(!stat(path, &s));
        if (S_ISDIR(s.st_mode)) add_folder(p, name);
        else add_file(p, name);
        free(entry[i]);
    }
    free(entry);
}

TEST(the_page_of_real_files_is_what_they_give)
{
    static page p;
    static char there[sizeof p.text];
    if (access(DATA "manifest.csv", F_OK)) skip();
    add(&p,
        "# Real files\n\nWhat the loaders make of the files they were measured with: as they came from their offices and repositories, and the\n"
        "examples of the SDMX-CSV guide. The files are no part of the project. `tests/real_files_test.c` writes this page (`ACCEPT=1`) and\n"
        "holds it against them; series, values and sums are checked there against a reading by other means\n"
        "(`tests/golden/real_files.py`). Values: figures that are not missing. The last column has remarks, or why a file is refused:\n"
        "line, column, reason.\n\n| file | read as | encoding | series | periods | values | |\n|---|---|---|---:|---|---:|---|\n");
    add_folder(&p, "");
    FILE *f = fopen(NF_SOURCE "/docs/real-files.md", getenv("ACCEPT") ? "w+" : "r");
    ok(f != NULL);
    if (getenv("ACCEPT")) {
        fputs(p.text, f);
        rewind(f);
    }
    there[fread(there, 1, sizeof there - 1, f)] = 0;
    fclose(f);
    if (strcmp(there, p.text))
        fail_msg("docs/real-files.md is not what the files give: ACCEPT=1, and look at the difference");
}
