/* scheme_sdsn.c - the SDG Index: score, colour and trend arrow of one indicator. */
#include "judging/judge.h"
#include <math.h>

static const nf_grade grade[] = {
    { "on_track_or_maintaining", NF_ON, { "on track or maintaining", "进度正常或保持达标" } },
    { "moderately_improving", NF_RISK, { "moderately improving", "适度改善" } },
    { "stagnating", NF_OFF, { "stagnating", "停滞" } },
    { "decreasing", NF_OFF, { "decreasing", "倒退" } },
    { "not_available", NF_UNKNOWN, { "not available", "无法评估" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { ON_TRACK, MODERATE, STAGNATING, DECREASING, NOT_AVAILABLE };

enum { BEST, WORST, GREEN, RED, FROM, TO, GAP_FROM };
#define LIMIT(id, en, zh) \
    { .name = (id), .type = NF_F64, .title = { (en), (zh) }, .def = NAN, .lo = -1e300, .hi = 1e300 }
static const char *const gaps[] = { "t0", "t1", NULL };
static const nf_field opt[] = {
    LIMIT("best", "value that scores 100 (else the target)", "得100分的值（默认目标值）"),
    LIMIT("worst", "value that scores 0 (else the baseline)", "得0分的值（默认基期值）"),
    LIMIT("green", "threshold of green (else the target)", "绿色阈值（默认目标值）"),
    LIMIT("red", "threshold of red (else none)", "红色阈值（默认无）"),
    LIMIT("t0", "first year of the trend (else the base)", "趋势起始年（默认基期）"),
    LIMIT("t1", "last year of the trend (else the latest figure)", "趋势结束年（默认最新）"),
    { .name = "gap-from", .type = NF_WORD, .title = { "the gap to green is counted from this end", "差距起算点" },
      .word = "t1", .choices = gaps },
    { .type = NF_END }
};
enum { SCORE, COLOUR, RATIO };
static const nf_field out[] = {
    { .name = "score", .type = NF_F64, .title = { "score, 0 to 100", "得分（0至100）" } },
    { .name = "colour", .type = NF_WORD, .title = { "colour", "颜色" } },
    { .name = "ratio", .type = NF_F64, .title = { "growth of the score by the growth needed", "得分增速比" } },
    { .type = NF_END }
};

typedef struct { double best, worst, green, red; } scale;

static double score_of(const scale *s, double v)
{
    double x = 100 * (v - s->worst) / (s->best - s->worst);
    return isnan(x) ? NAN : x < 0 ? 0 : x > 100 ? 100 : x;
}

/* Green at or over its threshold, red strictly worse than red; between them yellow down to the middle, inclusive. */
static const char *colour_of(const scale *s, double v)
{
    double d = s->best >= s->worst ? 1 : -1, middle = (s->green + s->red) / 2;
    if (isnan(v) || isnan(s->green)) return NULL;
    if (d * (v - s->green) >= 0) return "green";
    if (isnan(s->red)) return NULL;
    return d * (v - s->red) < 0 ? "red" : d * (v - middle) >= 0 ? "yellow" : "orange";
}

static bool figure_of_year(const nf_figures *f, double year, size_t *at)
{
    for (*at = f->n; (*at)-- > 0;)
        if (f->year[*at] == year) return true;
    return false;
}

/* The gap to green counts from the year of the base period to the deadline, whichever figure it starts at. */
static int arrow(double *ratio, const scale *s, double v0, double v1, double years, double s_gap, double span)
{
    double s0 = score_of(s, v0), s1 = score_of(s, v1), green = score_of(s, s->green);
    double growth = (s1 - s0) / years, needed = (green - s_gap) / span;
    *ratio = growth / needed;
    if (isnan(s0) || isnan(s1) || isnan(green)) return NOT_AVAILABLE;
    if (s1 >= green) return ON_TRACK;
    if (growth < 0) return DECREASING;
    return isnan(*ratio) ? NOT_AVAILABLE : *ratio < .5 ? STAGNATING : *ratio < 1 ? MODERATE : ON_TRACK;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *o)
{
    nf_facts x;
    size_t i0, i1;
    int rc = nf_facts_of(c, &x, &f->at, k), g = NOT_AVAILABLE;
    if (rc < 0) return rc;
    nf_ends e = nf_ends_of(&x, NF_BASE_AFTER, 2015);
    scale s = { isfinite(o[BEST].f) ? o[BEST].f : e.goal, isfinite(o[WORST].f) ? o[WORST].f : e.v0,
                isfinite(o[GREEN].f) ? o[GREEN].f : e.goal, o[RED].f };
    double t0 = isfinite(o[FROM].f) ? o[FROM].f : e.t0, t1 = isfinite(o[TO].f) ? o[TO].f : e.t, ratio = NAN;
    double due = isfinite(e.due) ? e.due : 2030, base = isfinite(x.asked_base_year) ? x.asked_base_year : 2015;
    if (figure_of_year(&x.figures, t0, &i0) && figure_of_year(&x.figures, t1, &i1) && t1 > t0) {
        double v0 = x.figures.y[i0], v1 = x.figures.y[i1];
        g = arrow(&ratio, &s, v0, v1, t1 - t0, score_of(&s, o[GAP_FROM].s[1] == '0' ? v0 : v1), due - base);
    }
    f->grade = &grade[g];
    f->basis = g == NOT_AVAILABLE ? "" : "pace";
    f->r.v[SCORE].f = score_of(&s, e.v);
    f->r.v[COLOUR].s = colour_of(&s, e.v);
    f->r.v[RATIO].f = isfinite(ratio) ? ratio : NAN;
    return nf_say_ratio(c, &f->reason, f->grade, true, f->r.v[RATIO].f);
}

const nf_scheme nf_scheme_sdsn = {
    .row = { .name = "sdsn", .title = { "SDG Index", "可持续发展目标指数" },
             .formula = "score = clamp(100 (x - worst)/(best - worst), 0, 100); arrow: growth of the score between "
                        "two years by the growth needed for green at the deadline: at green or >= 1 on track, >= .5 "
                        "moderate, >= 0 stagnating, else decreasing",
             .cite = "Sachs et al. (2019) Sustainable Development Report; Lafortune et al. (2018) SDG Index "
                     "methodology",
             .use = "to agree with the SDG Index and its city editions", .opt = opt,
             .peers = "114 of 114 arrows of 2019 compared, every score to 1e-9 and every colour",
             .avoid = "without the published best, worst, green and red values: the target and the baseline stand in" },
    .grade = grade, .out = out, .judge = judge
};
