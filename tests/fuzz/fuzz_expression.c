/* fuzz_expression.c - lines as an expression over series, then --where --from --to --aggregate --seasons, then
 * indicators of a plan, "CODE=EXPRESSION", that expressions may name: derived, or refused with the reason. */
#include "fuzz.h"
#include "app.h"
#include <math.h>

enum { SERIES = 4, POINTS = 120, INDICATORS = 8 };
static nf_series series[SERIES];
static nf_meta meta[SERIES] = {
    { .key = "gdp@city", .unit = "CNY", .place = "city" }, { .key = "people@city", .unit = "person", .place = "city" },
    { .key = "pm2.5@a", .unit = "µg/m³", .quantity = "air.pm25" },
    { .key = "pm2.5@b", .unit = "mg/m³", .quantity = "air.pm25" } };
static double values[POINTS];

static nf_source figures(void)
{
    static nf_series_list list = { series, SERIES };
    static const nf_period start[SERIES] = {
        { 2000, NF_YEAR, 1 }, { 2010, NF_YEAR, 1 }, { 12 * 2015, NF_MONTH, 1 }, { 24 * 18000, NF_HOUR, 1 } };
    for (int i = 0; i < SERIES && !series[i].meta; i++) {
        for (int k = 0; k < POINTS; k++) values[k] = k % 7 == 3 ? NAN : k * k % 37 + .5;
        series[i] = (nf_series){ .meta = &meta[i], .y = values,
                                 .t = { .start = start[i], .step = 1, .n = i < 2 ? 20 : POINTS } };
    }
    return nf_source_of(&list);
}

static size_t indicators(char *rest, nf_indicator out[INDICATORS])
{
    size_t n = 0;
    while (*rest && n < INDICATORS) {
        char *code = fuzz_line(&rest), *equals = strchr(code, '=');
        if (!equals) continue;
        *equals = 0;
        out[n++] = (nf_indicator){ .code = code, .expression = equals + 1 };
    }
    return n;
}

static const char *or_none(const char *text) { return *text ? text : NULL; }

static int walk(nf_ctx *c, nf_source source, const char *match)
{
    nf_cursor cursor;
    nf_series s;
    int rc = source.find(source.self, c, &(nf_query){ .match = match }, &cursor);
    if (rc) return rc;
    while ((rc = cursor.next(cursor.cur, c, &s)) == 1) {
        must(s.meta && s.meta->key, "a series without a name");
        for (size_t i = 0; i < s.t.n; i++) {
            must(!isinf(s.y[i]), "an infinite value");
            must(nf_period_exists(nf_axis_at(&s.t, i)), "a period outside the years 1-9999");
        }
    }
    cursor.close(cursor.cur);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *text = fuzz_text(bytes, n), *rest = text;
    nf_indicator indicator[INDICATORS];
    nf_ctx *c = fuzz_ctx();
    nf_source derived, picked;
    const char *match = fuzz_line(&rest);
    struct nf_selection s = { 0 };
    s.where = or_none(fuzz_line(&rest));
    s.from = or_none(fuzz_line(&rest));
    s.to = or_none(fuzz_line(&rest));
    s.aggregate = or_none(fuzz_line(&rest));
    s.seasons = or_none(fuzz_line(&rest));
    nf_plan plan = { .indicator = indicator, .n_indicator = indicators(rest, indicator) };
    int rc = nf_source_derived(c, &derived, figures(), &plan, 0);
    if (!rc) rc = nf_source_picked(c, &picked, derived, &s);
    if (!rc) rc = walk(c, picked, match);
    if (rc) must(nf_last(c)->what != NULL, "refused without a word");
    free(text);
    return 0;
}
