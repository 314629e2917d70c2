/* command_trend.c - trend: statistics of the trend of every series, by the methods asked for. */
#include "app.h"
#include "output/aside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const pers[] = { "year", "month", "day", "step", NULL };              /* in nf_per's order */
static const char *const adjustments[] = { "none", "bh", "by", "holm", NULL };

enum { METHOD, ALPHA, PER, SEASON, ADJUST, JOBS, COMPONENTS };
static const nf_field options[] = {
    { .name = "method", .type = NF_WORD, .word = "mann-kendall,sen",
      .title = { "the methods METHOD,... (mann-kendall,sen; see 'list methods')",
                 "方法 METHOD,…（默认 mann-kendall,sen，见 list methods）" } },
    { .name = "alpha", .type = NF_F64, .def = 0.05, .lo = 1e-12, .hi = 0.5,
      .title = { "level of limits and of the word in column trend: ALPHA (0.05)", "置信限与趋势判断的显著性水平 ALPHA（0.05）" } },
    { .name = "per", .type = NF_WORD, .word = "year", .choices = pers,
      .title = { "slopes per year, month, day or step", "斜率的时间单位" } },
    { .name = "season-length", .type = NF_I64, .def = 0, .lo = 0, .hi = 100000,
      .title = { "steps of a season: N (from the calendar)", "季节长度 N（默认由日历决定）" } },
    { .name = "adjust", .type = NF_WORD, .word = "none", .choices = adjustments,
      .title = { "p adjusted over all series of a method", "对同一方法全部序列的 p 值作多重比较校正" } },
    { .name = "jobs", .type = NF_I64, .def = 0, .lo = 0, .hi = 1024,
      .title = { "N threads (all processors); the answers do not depend on it", "N 个线程（默认全部处理器），结果与此无关" } },
    NF_FLAG_OPTION("components", "jsonl: the arrays too: trend, seasonal, ...", "jsonl 中附上数组：趋势项、季节项等"),
    { 0 }
};

typedef struct { const nf_method **method; const nf_value **opt; size_t n; } methods;

static int find_methods(nf_ctx *c, const nf_workspace *w, const char *list, methods *m)
{
    const char **name;
    const void *row;
    int rc = nf_names_split(c, list, &name, &m->n);
    if (rc) return rc;
    m->method = nf_alloc(c, m->n * sizeof(void *));
    m->opt = nf_alloc(c, m->n * sizeof(void *));
    if (!m->method || !m->opt) return NF_ENOMEM;
    for (size_t i = 0; i < m->n && !rc; i++) {
        nf_value *opt = NULL;
        if ((rc = nf_row_need(c, &row, NF_TABLE(nf_methods), "method", name[i]))) return rc;
        m->method[i] = row;
        rc = nf_passed_options(c, &opt, row, w->passed);
        m->opt[i] = opt;
    }
    return rc ? rc : nf_passed_used(c, (const nf_row *const *)(const void *)m->method, m->n, w->passed, "method");
}

/* For tests: the kernels of one instruction set. The answers are the same. */
static nf_isa forced_isa(void)
{
    static const char *const names[] = { "best", "scalar", "avx2", "avx512" };
    const char *asked = getenv("NINEFOLD_ISA");
    for (int i = 0; asked && i < 4; i++)
        if (!strcmp(asked, names[i])) return (nf_isa)i;
    return NF_ISA_BEST;
}

static nf_setting setting(const nf_value *opt)
{
    nf_setting s = nf_setting_default();
    s.alpha = opt[ALPHA].f;
    s.season_length = (int)opt[SEASON].i;
    s.isa = forced_isa();
    for (int i = 0; pers[i]; i++)
        if (!strcmp(pers[i], opt[PER].s)) s.per = (nf_per)i;
    return s;
}

/* ---- the answer ---- */

static const char *const few[] = { "series", "method", "n", "first", "last", "slope", "slope_lo", "slope_hi",
                                   "slope_pct", "p", "p_adj", "trend", "status", "flags", NULL };
static const char *const fewer[] = { "series", "method", "n", "first", "last", "slope", "slope_lo", "slope_hi",
                                     "slope_pct", "p", "trend", "status", "flags", NULL };

/* What one answer is made with. wide: all fields of every method; joins: rows may be printed apart. */
typedef struct {
    nf_workspace *w; nf_source from; nf_job job; const nf_value *opt;
    nf_adjustment how; bool wide, joins;
} task;

/* The columns of the table but arrays, which come only when asked for. */
static int without_arrays(nf_ctx *c, nf_sink *to, const nf_field *own)
{
    static const char *const common[] = { "series", "method", "n", "missing", "status", "flags" };
    size_t n = sizeof common / sizeof *common;
    const char **name = nf_alloc(c, (n + nf_field_count(own) + 2) * sizeof *name);
    if (!name) return NF_ENOMEM;
    memcpy(name, common, sizeof common);
    for (const nf_field *f = own; f && f->type != NF_END; f++) {
        if (f->type != NF_ARRAY) name[n++] = f->name;
        if (!strcmp(f->name, "p")) name[n++] = "p_adj";
    }
    return nf_sink_columns(c, to, *to, name);
}

static int open_sink(void *self, nf_ctx *c, size_t method, nf_out bytes, nf_sink *to)
{
    const task *t = self;
    int rc = nf_workspace_sink_over(c, t->w, bytes, to);
    if (!rc && t->wide && t->opt[COMPONENTS].i != 1) rc = without_arrays(c, to, t->job.method[method]->out);
    if (!rc && !t->wide && nf_workspace_for_people(t->w)) rc = nf_sink_columns(c, to, *to, t->how ? few : fewer);
    return rc;
}

/* Sinks made one behind the other, so that what each writes comes in the rows' order. */
static int into_sinks(nf_ctx *c, task *t, nf_aside *aside)
{
    size_t n = t->wide ? t->job.n_method : 1;
    nf_sink *to = nf_alloc(c, n * sizeof *to);
    nf_query all = { .known = t->w->as_of };
    int rc = to ? NF_OK : NF_ENOMEM;
    for (size_t i = 0; !rc && i < n; i++) rc = open_sink(t, c, i, t->w->out, &to[i]);
    if (!rc && aside) rc = nf_sinks_adjusted(c, to, n, t->how, *aside);
    if (rc) return rc;
    return t->wide ? nf_batch_wide(c, t->from, &all, &t->job, to) : nf_batch(c, t->from, &all, &t->job, *to);
}

static int adjusted(nf_ctx *c, task *t)
{
    nf_aside aside;
    int rc = nf_aside_open(c, &aside);
    if (rc) return rc;
    t->job.adjusts = true;
    rc = into_sinks(c, t, &aside);
    nf_aside_close(aside);
    return rc;
}

static int answer(nf_ctx *c, nf_workspace *w, void *self)
{
    task t = *(task *)self;
    char *none[] = { NULL };
    t.w = w;
    int rc = t.from.find ? NF_OK : nf_workspace_series(c, w, none, &t.from);
    if (rc) return rc;
    if (t.how) return adjusted(c, &t);
    if (!t.joins) return into_sinks(c, &t, NULL);
    return nf_batch_printed(c, t.from, &(nf_query){ .known = w->as_of }, &t.job, t.wide,
                            &(nf_printer){ open_sink, &t, w->out });
}

/* One pass over the whole file: no series named, no season apart, no method over all series. */
static bool one_pass(const nf_workspace *w, char **argument, const methods *m)
{
    bool once = !argument[1] && !w->pick.seasons && w->share_of < 2;
    for (size_t i = 0; i < m->n; i++) once &= m->method[i]->min_in == 1;
    return once;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    methods m;
    bool done = false, csv = w->format && !strcmp(w->format, "csv"), jsonl = w->format && !strcmp(w->format, "jsonl");
    task t = { .opt = opt, .wide = jsonl, .joins = csv || jsonl };
    nf_adjustment_find(opt[ADJUST].s, &t.how);
    int rc = find_methods(c, w, opt[METHOD].s, &m);
    w->pick.keeps = true;
    if (opt[JOBS].i > 0) w->jobs = (int)opt[JOBS].i;
    t.job = (nf_job){ .method = m.method, .opt = m.opt, .n_method = m.n, .set = setting(opt),
                      .jobs = w->jobs < 64 || opt[JOBS].i > 0 ? w->jobs : 64 };
    int file = rc ? rc : nf_workspace_is_file(c, w, *argument);
    if (file < 0) return file;
    if (file && one_pass(w, argument, &m)) rc = nf_workspace_streamed(c, w, *argument, answer, &t, &done);
    if (rc || done) return rc;
    rc = nf_workspace_files(c, w, &argument);
    if (!rc) rc = nf_workspace_series(c, w, argument, &t.from);
    return rc ? rc : answer(c, w, &t);
}

extern const nf_command nf_command_trend;
const nf_command nf_command_trend = {
    .row = { .name = "trend", .title = { "statistics of the trend of series, from the store or a file",
                                         "序列的趋势统计，数据取自数据库或文件" }, .opt = options },
    .wish = { "test for a trend", "检验趋势" },
    .arguments = "[FILE|-|SERIES...]",
    .examples = "ninefold trend figures.csv\nninefold trend 'pm25@*' --method mann-kendall,sen,ols --format csv\n"
                "ninefold trend figures.csv --format jsonl --mk exact -j 4",
    .selects = true, .more = NF_TABLE(nf_methods), .run = run };
