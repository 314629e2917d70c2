/* method_zhang.c - Mann-Kendall and Sen after iterated pre-whitening (Zhang et al. 2000; Wang and Swail 2001). */
#include "serial.h"
#include <math.h>

typedef struct { const nf_sample *s; double *w, *x, *e, slope; size_t *at, n; } work;

/* w = (y_i - r y_{i-1})/(1 - r), and Sen's slope of that: the slope of y itself, whatever r. */
static int whiten(nf_ctx *c, work *k, double r)
{
    k->n = nf_whitened(k->w, k->at, k->s->y, r, k->s);
    for (size_t i = 0; i < k->n; i++) {
        k->w[i] /= 1 - r;
        k->x[i] = k->s->tick[k->at[i]];
    }
    return nf_sen_slope(c, &k->slope, k->x, k->w, k->n, nf_kernels_for(k->s->set.isa));
}

/* The autocorrelation of y less its slope whitens y, the slope of that changes the autocorrelation, until both stay. */
static int iterate(nf_ctx *c, work *k, double *r1, bool *stays)
{
    enum { RUNS = 500 };
    const double least = 0.05, same_r = 1e-4, same_slope = 1e-3;
    int rc = whiten(c, k, *r1);
    k->slope *= 1 - *r1;                           /* the first slope is that of y_i - r y_{i-1}, as zyp has it */
    for (int run = 1; !rc && !*stays && run < RUNS && k->n > 2; run++) {
        double was = k->slope, r;
        for (size_t i = 0; i < k->s->n; i++) k->e[i] = k->s->y[i] - was * k->s->tick[i];
        rc = nf_lag1(c, &r, k->e, k->s);
        bool near = fabs(r - *r1) <= same_r;
        if (rc || (r < least && near) || r >= 1) {
            *stays = true;
            break;
        }
        rc = whiten(c, k, r);
        *stays = near && fabs(k->slope - was) <= same_slope * fabs(k->slope);
        *r1 = r;
    }
    return rc;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    work k = { .s = s, .w = nf_scratch(c, 3 * s->n * sizeof *k.w), .at = nf_scratch(c, s->n * sizeof *k.at) };
    double r1, slope;
    bool stays = false;
    if (!k.w || !k.at) return NF_ENOMEM;
    k.x = k.w + s->n;
    k.e = k.x + s->n;
    int rc = nf_sen_slope(c, &slope, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    if (!rc) rc = nf_lag1(c, &r1, s->y, s);
    if (rc) return rc;
    if (r1 >= 0.05) rc = iterate(c, &k, &r1, &stays);
    else {                                         /* nothing to whiten: the values as they are */
        stays = true;
        for (k.n = 0; k.n < s->n; k.n++) {
            k.w[k.n] = s->y[k.n];
            k.at[k.n] = k.n;
        }
    }
    if (!rc) rc = nf_mk_whitened(c, r, k.w, k.at, k.n, 0, s);
    if (rc || r->status) return rc;
    r->v[NF_MK_R1].f = r1;
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    if (!stays) r->status = NF_NOT_CONVERGED;
    return NF_OK;
}

const nf_method nf_method_zhang = {
    .row = { .name = "zhang", .title = { "Mann-Kendall after iterated pre-whitening (Zhang)", "迭代预白化曼-肯德尔检验（Zhang）" },
             .formula = "r1 of y (none below .05: the plain test); w_i = (y_i - r1 y_{i-1})/(1 - r1), b its Sen "
                        "slope; r1 of y - b t; again, until r1 stays within 1e-4 and b within 1e-3; Mann-Kendall on "
                        "w, slope_pw = b",
             .cite = "Zhang, Vincent, Hogg and Niitsoo (2000) Atmosphere-Ocean 38; Wang and Swail (2001) Journal of "
                     "Climate 14",
             .use = "Climate and hydrology reports that follow Environment Canada; the slope stays on the scale of y.",
             .avoid = "As the only evidence: its size is .10 to .16 at autocorrelation .4 to .7 (nominal .05). "
                      "Slopes next to zero: their relative change may never settle (not-converged).",
             .peers = "R zyp zyp.zhang to 1e-6 without gaps; over gaps R's autocorrelation divides by the pairs "
                      "there are." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
