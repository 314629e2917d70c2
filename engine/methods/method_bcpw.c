/* method_bcpw.c - Mann-Kendall after bias-corrected pre-whitening (Hamed 2009). */
#include "serial.h"
#include <math.h>

/* The coefficient of y[i-1] in the regression of y[i] on y[i-1], 1 and t: both freed of 1 and t, then a ratio. */
static double lag_coefficient(const nf_sample *s)
{
    long double m = 0, st = 0, sy = 0, sl = 0, stt = 0, sty = 0, stl = 0, syl = 0, sll = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 1; i < s->n; i++) {
            if (s->row[i] != s->row[i - 1] + 1) continue;
            if (!pass) {
                m++;
                st += s->tick[i];
                sy += s->y[i];
                sl += s->y[i - 1];
                continue;
            }
            long double t = s->tick[i] - st / m, y = s->y[i] - sy / m, l = s->y[i - 1] - sl / m;
            stt += t * t;
            sty += t * y;
            stl += t * l;
            syl += y * l;
            sll += l * l;
        }
    long double over = stt > 0 ? syl - sty * stl / stt : 0, under = stt > 0 ? sll - stl * stl / stt : 0;
    return under > 1e-15L * sll ? (double)(over / under) : NAN;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *w = nf_scratch(c, s->n * sizeof *w), slope, n = (double)s->n, r1 = (n * lag_coefficient(s) + 2) / (n - 4);
    size_t *at = nf_scratch(c, s->n * sizeof *at);
    if (!w || !at) return NF_ENOMEM;
    if (!isfinite(r1)) {                           /* a straight line: nothing left to estimate the lag from */
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = nf_sen_slope(c, &slope, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    if (!rc) rc = nf_mk_whitened(c, r, w, at, nf_whitened(w, at, s->y, r1, s), 0, s);
    if (rc || r->status) return rc;
    r->v[NF_MK_R1].f = r1;
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    return NF_OK;
}

const nf_method nf_method_bcpw = {
    .row = { .name = "bcpw", .title = { "Mann-Kendall after bias-corrected pre-whitening", "偏差校正预白化曼-肯德尔检验" },
             .formula = "r of y_i on y_{i-1}, 1, t by least squares; r1 = (n r + 2)/(n - 4); w_i = y_{i+1} - r1 y_i",
             .cite = "Hamed (2009) Journal of Hydrology 368, eq. 24",
             .use = "Short, strongly autocorrelated series, where r1 is biased towards zero.",
             .avoid = "n below about 20: the corrected r1 can pass 1.",
             .peers = "R modifiedmk to 1e-6." },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
