/* fuzz_text.c - one cell of text: a number, a period, a unit, an aggregate, a season, an expression, and every escape.
 *
 * What is read is written and read back the same; what is refused says why; what is escaped is UTF-8. */
#include "fuzz.h"
#include "engine.h"
#include "aggregate.h"
#include <math.h>

static void number(const char *text, size_t n)
{
    double v, back;
    char out[32];
    if (!nf_double_scan(text, n, &v)) return;
    must(isfinite(v), "a number that is none");
    must(nf_double_scan(out, nf_double_text(out, v), &back) && !memcmp(&v, &back, sizeof v),
         "a number does not come back");
}

static void period(nf_ctx *c, const char *text, int want, nf_date_order order)
{
    nf_period p, back;
    char out[48];
    if (nf_period_parse(c, &p, text, want, order)) { must(nf_last(c)->what != NULL, "refused without a word"); return; }
    must(nf_period_exists(p), "a period outside the years 1-9999");
    if (p.freq == NF_NUMBER) return;
    must(nf_period_end(p) > nf_period_begin(p), "a period without length");
    nf_period_text(out, p);
    must(!nf_period_parse(c, &back, out, p.freq, NF_ORDER_UNKNOWN), "a period's own text is refused");
    must(!nf_period_order(p, back), "a period does not come back");
}

static void escapes(nf_ctx *c, const char *text)
{
    for (int markup = NF_PLAIN; markup <= NF_TEX; markup++) {
        nf_memory m = { .ctx = c };
        if (nf_escape(nf_out_memory(&m), (nf_markup)markup, text) || !m.text) continue;
        must(nf_utf8_valid(m.text, m.n, NULL), "an escape that is not UTF-8");
        if (markup == NF_XML) must(!strpbrk(m.text, "<>\""), "live markup");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    nf_ctx *c = fuzz_ctx();
    char *text = fuzz_text(bytes, n);
    nf_unit unit;
    nf_aggregate aggregate;
    const nf_season *season;
    size_t seasons;
    int64_t known;
    char name[128], glued[48];
    number(text, n);
    period(c, text, NF_ANY, NF_ORDER_UNKNOWN);
    period(c, text, NF_MONTH, NF_ORDER_DMY);
    period(c, text, NF_YEAR, NF_ORDER_MDY);
    if (nf_unit_parse(&unit, text)) must(isfinite(unit.scale) && unit.scale > 0, "a unit without a scale");
    nf_unit_in_header(text, name, glued);
    nf_known_parse(c, &known, text);
    nf_aggregate_parse(c, &aggregate, text);
    nf_seasons_parse(c, &season, &seasons, text);
    nf_is_expression(text);
    nf_text_columns(text);
    escapes(c, text);
    free(text);
    return 0;
}
