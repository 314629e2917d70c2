/* rollup.c - from the verdicts of its indicators to an improvement as a whole. */
#include "judge.h"
#include "real.h"
#include <math.h>

/* A level as a score: missed 0, off track 25, at risk 50, on track 75, met 100. What cannot be assessed has none. */
static double score_of(nf_level l) { return l == NF_UNKNOWN ? NAN : 25. * (l - NF_MISSED); }

/* The colour of a mean score: the nearest level. */
static nf_level band_of(double score)
{
    return isfinite(score) ? (nf_level)(NF_MISSED + (int)floor(score / 25 + .5)) : NF_UNKNOWN;
}

/* (sum w x^-rho)^(-1/rho) with weights summing to 1: -1 arithmetic, 0 geometric, infinity the minimum. */
double nf_ces_mean(const double *x, const double *w, size_t n, double rho)
{
    double total = 0, sum = 0, least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        total += w ? w[i] : 1;
        least = x[i] < least ? x[i] : least;
    }
    if (!n || !(total > 0)) return NAN;
    if (rho == INFINITY || (least <= 0 && rho >= 0)) return least;
    for (size_t i = 0; i < n; i++) {
        double part = (w ? w[i] : 1) / total;
        if (rho == -1) sum += part * x[i];
        else if (rho == 0) sum += part * nf_log(x[i]);
        else if (x[i] > 0) sum += part * nf_pow(x[i], -rho);
    }
    return rho == -1 ? sum : rho == 0 ? nf_exp(sum) : sum > 0 ? nf_pow(sum, -1 / rho) : 0;
}

static nf_level grade_level(const nf_finding *f) { return f->grade ? f->grade->level : NF_UNKNOWN; }

/* ---- the colour of the two worst ----
 * Good only when both are good, bad only when both are bad, else at risk (after the SDG Index's goal colour). With
 * fewer than half of the targets assessed there is no colour. */
static nf_level two_worst(const size_t *count, size_t n)
{
    nf_level worst[2];
    size_t found = 0, known = n - count[NF_UNKNOWN];
    if (!known || 2 * known < n) return NF_UNKNOWN;
    for (int l = NF_MISSED; l <= NF_MET; l++)
        for (size_t i = 0; i < count[l] && found < 2; i++) worst[found++] = (nf_level)l;
    if (found == 1) return worst[0];
    if (worst[0] >= NF_ON || worst[1] <= NF_OFF) return worst[0] >= NF_ON ? worst[0] : worst[1];
    return NF_RISK;
}

/* The later of equals is not worse; among equal levels the smaller chance is. */
static bool is_worse(const nf_finding *a, const nf_finding *b)
{
    if (grade_level(a) == NF_UNKNOWN) return false;
    if (!b || grade_level(a) != grade_level(b)) return !b || grade_level(a) < grade_level(b);
    return isfinite(a->at.chance) && (!isfinite(b->at.chance) || a->at.chance < b->at.chance);
}

static double chance_of(const nf_finding *f)
{
    nf_level l = grade_level(f);
    if (f->basis && f->basis[0] == 'f') return l == NF_MET;           /* "final" */
    return f->at.chance;
}

/* ---- does the colour of the mean score depend on the weights? ---- */

enum { WEIGHTINGS = 1000 };
static const double spread = .25;

static uint64_t next(uint64_t *s)
{
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);                         /* splitmix64 */
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint64_t seed_of(const char *code)
{
    uint64_t h = 0xcbf29ce484222325u;                                 /* FNV-1a */
    for (; code && *code; code++) h = (h ^ (unsigned char)*code) * 0x100000001b3u;
    return h;
}

static double stability(const double *score, const double *weight, double *tried, size_t n, uint64_t seed)
{
    nf_level level = band_of(nf_ces_mean(score, weight, n, -1));
    int kept = 0;
    if (!n) return NAN;
    for (int k = 0; k < WEIGHTINGS; k++) {
        for (size_t i = 0; i < n; i++)
            tried[i] = weight[i] * (1 - spread + 2 * spread * (double)(next(&seed) >> 11) * 0x1p-53);
        kept += band_of(nf_ces_mean(score, tried, n, -1)) == level;
    }
    return (double)kept / WEIGHTINGS;
}

static double weight_of(const nf_finding *f)
{
    double w = f->of->target ? f->of->target->weight : 1;
    return isfinite(w) && w > 0 ? w : 1;
}

static void binding(nf_rollup *out, const nf_finding *f)
{
    nf_level l = grade_level(f);
    out->veto |= l == NF_MISSED || l == NF_OFF;
    double chance = chance_of(f);
    out->chance_binding = out->n_binding++ ? out->chance_binding * chance : chance;
}

int nf_rollup_of(nf_ctx *c, nf_rollup *out, const nf_group *improvement, const nf_finding *f, size_t n)
{
    size_t work = nf_scratch_mark(c), known = 0;
    double *score = nf_scratch(c, n * sizeof *score), *weight = nf_scratch(c, n * sizeof *weight);
    double *tried = nf_scratch(c, n * sizeof *tried);
    if (!score || !weight || !tried) return NF_ENOMEM;
    *out = (nf_rollup){ .improvement = improvement, .n = n, .chance_binding = NAN };
    for (size_t i = 0; i < n; i++) {
        nf_level l = grade_level(&f[i]);
        out->count[l]++;
        if (l != NF_UNKNOWN) {
            score[known] = score_of(l);
            weight[known++] = weight_of(&f[i]);
        }
        if (is_worse(&f[i], out->worst)) out->worst = &f[i];
        if (f[i].of->target && f[i].of->target->binding) binding(out, &f[i]);
    }
    out->level = two_worst(out->count, n);
    out->score = nf_ces_mean(score, weight, known, -1);
    out->stable = stability(score, weight, tried, known, seed_of(improvement ? improvement->code : NULL));
    nf_scratch_rewind(c, work);
    return NF_OK;
}
