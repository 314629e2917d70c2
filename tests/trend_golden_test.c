/* trend_golden_test.c - every method against the published answers of established programs (tests/golden/). */
#include "method.h"
#include "test.h"

enum { MOST = 4000, CASES = 32 };
typedef struct { char name[32]; nf_series series; nf_meta meta; double y[MOST]; } golden;
static golden all[CASES];
static size_t n_all;

/* One row of a series; the first row's time says what kind of axis it is: 1920-01, 1973-05-01, or a number. */
static void take(char *line)
{
    char *time = strchr(line, ',');
    if (!time) return;
    *time++ = 0;
    char *value = strchr(time, ',');
    if (!value) return;
    *value++ = 0;
    if (!n_all || strcmp(all[n_all - 1].name, line) != 0) {
        golden *g = &all[n_all++];
        int y = 0, m = 1, d = 0, parts = sscanf(time, "%d-%d-%d", &y, &m, &d);
        snprintf(g->name, sizeof g->name, "%s", line);
        g->meta.key = g->name;
        g->series = (nf_series){ .meta = &g->meta, .y = g->y, .t = { .step = 1 } };
        g->series.t.start = parts == 2 || (parts == 3 && strncmp(line, "airq", 4) != 0)
                                ? (nf_period){ 12 * y + m - 1, NF_MONTH, 1 } : (nf_period){ 1, NF_NUMBER, 1 };
    }
    golden *g = &all[n_all - 1];
    g->y[g->series.t.n++] = *value && *value != '\n' ? strtod(value, NULL) : NAN;
}

static bool read_series(const char *path)
{
    char line[256];
    FILE *f = fopen(path, "r");
    if (!f) return false;
    if (!fgets(line, sizeof line, f)) line[0] = 0;
    while (fgets(line, sizeof line, f)) take(line);
    fclose(f);
    return true;
}

static golden *find(const char *name)
{
    char path[512];
    if (!n_all) read_series(NF_SOURCE "/tests/golden/trend_series.csv");
    for (size_t i = 0; i < n_all; i++)
        if (!strcmp(all[i].name, name)) return &all[i];
    snprintf(path, sizeof path, "%s/oracle/trends/%s.csv", NF_SHARED, name);
    return read_series(path) ? &all[n_all - 1] : NULL;
}

static size_t bad;

/* A scalar by its name, an element of an array as name[3], counted from 1. */
static double answer(const nf_result *r, char *field)
{
    char *at = strchr(field, '[');
    if (!at) return nf_result_f64(r, field);
    *at = 0;
    int f = nf_field_index(r->by->out, field);
    size_t i = strtoul(at + 1, NULL, 10) - 1;
    *at = '[';
    return f >= 0 && i < r->v[f].a.n ? r->v[f].a.v[i] : NAN;
}

static void check(char *cell[7], const char *file, size_t line)
{
    golden *g = find(cell[0]);
    if (!g) return;
    const char *names[17] = { NULL };
    size_t n_names = 0;
    for (char *o = strtok(cell[2], "=;"); o && n_names < 16; o = strtok(NULL, "=;")) names[n_names++] = o;
    nf_ctx *c = nf_ctx_new(NULL);
    const void *m;
    nf_value *opt;
    nf_result r;
    nf_setting set = nf_setting_default();
    set.per = NF_PER_STEP;
    if (!strcmp(cell[1], "seasonal-sen") || !strcmp(cell[1], "deseason-sen")) set.per = NF_PER_YEAR;
    if (nf_row_need(c, &m, NF_TABLE(nf_methods), "method", cell[1])) { nf_ctx_free(c); return; }
    assert_int_equal(nf_options(c, &opt, &((const nf_method *)m)->row, names), NF_OK);
    assert_int_equal(nf_fit(c, &r, m, &g->series, 1, opt, &set), NF_OK);
    double got = answer(&r, cell[3]), want = strtod(cell[4], NULL), tol = strtod(cell[5], NULL);
    bool good = got == want || fabs(got - want) <= tol * (want == 0 ? 1 : fabs(want));
    if (!good) print_error("%s:%zu: %s of %s, %s: %.17g, %s says %.17g (off by %.1e)\n", file, line, cell[3], cell[1],
                           cell[0], got, cell[6], want, fabs(got - want) / fabs(want));
    nf_ctx_free(c);
    bad += !good;
}

static void check_all(const char *file)
{
    char line[512], path[512];
    size_t at = 1;
    snprintf(path, sizeof path, "%s/tests/golden/%s", NF_SOURCE, file);
    FILE *f = fopen(path, "r");
    ok(f && fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        char *cell[7], *p = line;
        at++;
        for (size_t i = 0; i < 7; i++) {
            cell[i] = p;
            p += strcspn(p, ",\n");
            *p++ = 0;
        }
        check(cell, file, at);
    }
    fclose(f);
    assert_int_equal(bad, 0);
}

TEST(rank_methods_agree_with_the_programs_that_are_right) { check_all("trend_expected.csv"); }
TEST(other_methods_agree_with_the_programs_that_are_right) { check_all("regress_expected.csv"); }
