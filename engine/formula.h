/* formula.h - a formula turns raw observations into an indicator. The row type is here, rows in indicators/. */
#ifndef NF_FORMULA_H
#define NF_FORMULA_H
#include "registry.h"
#ifdef __cplusplus
extern "C" {
#endif

/* One input: what is measured, in which unit the formula wants it (nf_unit_convert does the rest), how often. */
/* many: the last, 1..n stations */
typedef struct { const char *quantity, *unit; int32_t freq; bool optional, many; } nf_input;

typedef struct {
    nf_row row;
    const nf_input *in; size_t n_in;
    const char *unit;                            /* of the result; "=0": that of input 0 */
    const char *rules;                           /* the rule sets it knows, e.g. "hj663-2013 hj663-2026", or NULL */
    /* Each input on its own axis, already in the unit asked for. out and all it points to in nf_alloc; out->meta
     * carries formula and lineage, filled by the driver. A period whose validity rule fails is NaN. */
    int (*derive)(nf_ctx *, nf_series *out, const nf_series *in, size_t n_in, const nf_value *opt);
} nf_formula;

/* Expression "name(series, series, option=value)": parsed, inputs found in the source, units converted, derived. */
int nf_derive(nf_ctx *, nf_series *out, const char *expression, nf_source, int64_t known,
              const nf_formula *const *table);
bool nf_is_expression(const char *text);         /* has the shape name(...) */
#ifdef __cplusplus
}
#endif
#endif
