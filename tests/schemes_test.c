/* schemes_test.c - the published schemes: edge cases, published verdicts, scores and colours. */
#include "engine.h"
#include "test.h"

static nf_period year(int y) { return (nf_period){ y, NF_YEAR, 1 }; }

static const nf_scheme *scheme(const char *name) { return nf_row_find(NF_TABLE(nf_schemes), name, NULL); }

static nf_series yearly(nf_ctx *c, size_t n, const double *at, const double *v)
{
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    int64_t *ord = nf_alloc(c, n * sizeof *ord);
    double *y = nf_alloc(c, n * sizeof *y);
    *meta = (nf_meta){ .key = "x" };
    for (size_t i = 0; i < n; i++) {
        ord[i] = (int64_t)at[i];
        y[i] = v[i];
    }
    return (nf_series){ meta, { .start = year((int)ord[0]), .n = n, .ord = ord }, y, NULL };
}

static nf_finding judged(nf_ctx *c, const char *name, const nf_target *t, const nf_series *s, const char *const *option)
{
    nf_finding f;
    nf_value *opt = NULL;
    nf_case *k = nf_alloc(c, sizeof *k);
    *k = (nf_case){ .target = t, .series = s, .now = nf_period_end(year(2022)) };
    if (option) ok(nf_options(c, &opt, &scheme(name)->row, option) == NF_OK);
    ok(nf_judge(c, &f, scheme(name), k, opt) == NF_OK);
    ok(f.grade && f.reason.en && f.reason.zh && f.basis);
    return f;
}

static double f64(const nf_finding *f, const char *name, const char *field)
{
    return f->r.v[nf_field_index(scheme(name)->out, field)].f;
}

static nf_target target(double base, double value, double due, int sense)
{
    return (nf_target){ .code = "t", .series = "x", .kind = sense > 0 ? NF_AT_LEAST : NF_AT_MOST,
                        .sense = sense, .value = value,
                        .base = year((int)base), .due = year((int)due), .base_value = NAN, .lo = NAN, .hi = NAN,
                        .tolerance = NAN, .weight = NAN, .limit = NAN };
}

/* Synthetic cases; the values follow from the published rules by hand. NAN: none. "": no light. */
typedef struct {
    const char *name; double v0, t0, v, t, goal, due; int sense;
    double opensdg_value; const char *opensdg; double eurostat_value; const char *eurostat; double un_value; int un;
    double csi, completion, elapsed; const char *schedule, *light;
} edge;
#define SUB "substantial_progress"
static const edge edges[] = {
    { "up normal", 100, 2015, 120, 2020, 150, 2030, 1,
      1.3553923882880219, SUB, 1.3553923882880219, "significant_progress", 1.4560000000000024, 3,
      4.0, 0.4, 0.3333333333333333, "ahead", "green" },
    { "down normal", 10, 2015, 8, 2020, 5, 2030, -1,
      0.9665423041902719, SUB, 0.9665423041902719, "significant_progress", 0.9759999999999998, 3,
      4.0, 0.4, 0.3333333333333333, "ahead", "green" },
    { "down to zero, %", 10, 2015, 5, 2020, 0, 2030, -1,
      0.28212911781890315, "limited_progress", NAN, "not_calculable", 0.875, 2,
      5.0, 0.5, 0.3333333333333333, "ahead", "green" },
    { "down to zero, same data as share", 0.1, 2015, 0.05, 2020, 0, 2030, -1,
      0.489675218099911, "limited_progress", NAN, "not_calculable", 0.875, 2,
      5.0, 0.5, 0.3333333333333333, "ahead", "green" },
    { "small base exponential (CIF 12-1-1)", 0.37, 2015, 9.53, 2022, 60, 2030, 1,
      1.4622695476072083, SUB, 1.4622695476072083, "significant_progress", 6.541289689423186, 3,
      1.5361395270836826, 0.15361395270836828, 0.4666666666666667, "behind", "red" },
    { "baseline beyond target, then lost (CIF 14-2-1)", 68.553459, 2015, 46.733668, 2023, 55, 2030, 1,
      -3.2078873298589534, "deterioration", 3.2078873298589534, "significant_progress", 2.592078011786331, 3,
      -16.099057074655256, NAN, 0.5333333333333333, "fell_below_met_target", "" },
    { "maintain, kept", 100, 2015, 100, 2022, 100, 2030, 1,
      NAN, "target_achieved", NAN, "target_met", NAN, 3,
      NAN, NAN, 0.4666666666666667, "maintained", "" },
    { "maintain, slipped", 100, 2015, 97, 2022, 100, 2030, 1,
      NAN, "deterioration", NAN, "not_calculable", NAN, 0,
      NAN, NAN, 0.4666666666666667, "slipped", "" },
    { "negative base to less negative", -10, 2015, -6, 2020, -2, 2030, 1,
      0.9545845099994519, SUB, 0.9545845099994519, "significant_progress", 0.9800000000000002, 3,
      5.0, 0.5, 0.3333333333333333, "ahead", "green" },
    { "sign change (growth rate)", -1.2, 2015, 2.1, 2020, 5, 2030, 1,
      NAN, "not_available", NAN, "not_calculable", NAN, 0,
      5.32258064516129, 0.532258064516129, 0.3333333333333333, "ahead", "green" },
    { "zero base", 0, 2015, 3, 2020, 30, 2030, 1,
      4.006349857649807, SUB, NAN, "not_calculable", NAN, 0,
      1.0, 0.1, 0.3333333333333333, "behind", "yellow" },
    { "regress", 50, 2015, 45, 2020, 80, 2030, 1,
      -0.6551012849964394, "deterioration", -0.6551012849964394, "movement_away", -0.45166666666666655, 1,
      -1.6666666666666667, -0.16666666666666666, 0.3333333333333333, "regressing", "red" },
    { "already met", 50, 2015, 85, 2020, 80, 2030, 1,
      3.517526061422489, "target_achieved", NAN, "target_met", NAN, 3,
      11.666666666666666, 1.1666666666666667, 0.3333333333333333, "achieved", "green" },
    { "one point", 50, 2020, 50, 2020, 80, 2030, 1,
      NAN, "not_available", NAN, "not_calculable", NAN, 0,
      0.0, 0.0, 0.0, "ahead", "green" },
    { "deadline passed", 50, 2010, 70, 2022, 80, 2020, 1,
      0.5909132119198808, "limited_progress", 0.5909132119198808, "insufficient_progress", 0.5394176779416165, 2,
      6.666666666666667, 0.6666666666666666, 1.2, "behind", "red" },
};

TEST(every_method_answers_every_edge_case)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        const edge *e = &edges[i];
        nf_target t = target(e->t0, e->goal, e->due, e->sense);
        size_t n = e->t > e->t0 ? 2 : 1;
        nf_series s = yearly(c, n, (double[]){ e->t0, e->t }, (double[]){ e->v0, e->v });
        nf_finding f = judged(c, "opensdg", &t, &s, NULL);
        same(f.grade->word, e->opensdg);
        near(f64(&f, "opensdg", "progress_value"), e->opensdg_value, 1e-9);
        f = judged(c, "eurostat", &t, &s, NULL);
        same(f.grade->word, e->eurostat);
        near(f64(&f, "eurostat", "ratio"), e->eurostat_value, 1e-9);
        f = judged(c, "undesa", &t, &s, NULL);
        ok(f.r.v[1].i == (e->un ? e->un : NF_NO_I64));
        near(f64(&f, "undesa", "expected"), e->un_value, 1e-9);
        f = judged(c, "escap", &t, &s, NULL);
        near(f64(&f, "escap", "csi"), e->csi, 1e-9);
        f = judged(c, "china", &t, &s, NULL);
        same(f.grade->word, e->schedule);
        same(f.r.v[3].s ? f.r.v[3].s : "", e->light);
        near(f.at.completion, e->completion, 1e-9);
        near(f.at.elapsed, e->elapsed, 1e-9);
        for (size_t k = 0; nf_schemes[k]; k++)
            if (!nf_schemes[k]->tasks) judged(c, nf_schemes[k]->row.name, &t, &s, NULL);
    }
    nf_ctx_free(c);
}

/* Statistics Canada, Canadian Indicator Framework (CIF) and Global Indicator Framework (GIF) as published on its Open
 * SDG sites (Statistics Canada Open Licence). */
static const struct {
    const char *name; double base, v0, t0, v, t, goal, limit; int sense; const char *word; double score;
} canada[] = {
    { "GIF 8-1-1", 2015, 57590.92, 2015, 59529.12, 2024, NAN, NAN, 1, "limited_progress", -0.6576870748823938 },
    { "GIF 16-1-3", 2014, 48.0, 2014, 46.0, 2019, NAN, NAN, -1, "moderate_progress", 0.868949758825317 },
    { "GIF 16-10-2", 2015, 8.0, 2020, 7.5, 2023, 9.0, NAN, 1, "deterioration", -5.0 },
    { "GIF 17-2-1", 2015, 0.27, 2015, 0.38, 2023, 0.7, NAN, 1, "moderate_progress", 0.4686528323436141 },
    { "CIF 5-3-1", 2015, 30.5, 2015, 27.4, 2019, NAN, 100.0, 1, "deterioration", -5.0 },
    { "GIF 3-3-1", 2015, 0.052, 2015, 0.048, 2022, 0.001, NAN, -1, "limited_progress", -2.2954318677683294 },
    { "CIF 9-6-1", 2015, 666.0, 2015, 15974.0, 2026, 37929.0, NAN, 1, "substantial_progress", 3.4488762339779786 },
    { "GIF 16-1-1", 2015, 1.72, 2015, 1.91, 2024, NAN, NAN, -1, "deterioration", -3.9637673455981934 },
    { "CIF 9-4-1", 2015, 97.4, 2015, 99.7, 2022, NAN, 100.0, 1, "substantial_progress", 5.0 },
    { "GIF 1-3-1", 2015, 19.4, 2021, 19.4, 2021, NAN, 100.0, 1, "not_available", NAN },
    { "GIF 3-1-1", 2015, 7.05, 2015, 12.58, 2024, 70.0, NAN, -1, "target_achieved", 5.0 },
    { "GIF 13-1-1", 2015, 50.6770883601276, 2015, 35.3786007271678, 2020, NAN, NAN, -1, "substantial_progress", 5.0 },
    { "GIF 16-b-1", 2015, 35.9, 2024, 35.9, 2024, NAN, NAN, -1, "not_available", NAN },
    { "GIF 16-3-3", 2015, 65.9, 2018, 65.9, 2018, 100.0, NAN, 1, "not_available", NAN },
    { "GIF 16-1-4", 2015, 79.0, 2021, 79.0, 2022, NAN, 100.0, 1, "limited_progress", -2.5 },
    { "GIF 4-a-1", 2015, 98.07066, 2015, 98.68681, 2022, NAN, 100.0, 1, "moderate_progress", 1.4505697730651663 },
};

TEST(statistics_canada_agrees)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < sizeof canada / sizeof *canada; i++) {
        nf_target t = target(canada[i].base, canada[i].goal, 2030, canada[i].sense);
        t.limit = canada[i].limit;
        size_t n = canada[i].t > canada[i].t0 ? 2 : 1;
        nf_series s = yearly(c, n, (double[]){ canada[i].t0, canada[i].t }, (double[]){ canada[i].v0, canada[i].v });
        nf_finding f = judged(c, "opensdg", &t, &s, NULL);
        same(f.grade->word, canada[i].word);
        near(f64(&f, "opensdg", "score"), canada[i].score, 1e-9);
    }
    nf_ctx_free(c);
}

/* Sachs et al. (2019) Sustainable Development Report, database of the Global Index (indicator:country). */
static const struct {
    const char *name; double t0, v0, t1, v1; const char *best, *worst, *green, *red;
    double base; const char *gap, *arrow;
} arrows[] = {
    { "sdg11_transport:CYP", 2015, 51.157010094508095, 2018, 49.769599248647275,
      "82.6", "21", "72", "43", 2015, "t1", "decreasing" },
    { "sdg11_transport:JPN", 2015, 55.312181806966386, 2018, 56.368144754699976,
      "82.6", "21", "72", "43", 2015, "t1", "stagnating" },
    { "sdg11_transport:GRC", 2015, 54.35891945916724, 2018, 57.02788619262742,
      "82.6", "21", "72", "43", 2015, "t1", "moderately_improving" },
    { "sdg11_transport:NGA", 2015, 51.068478369033656, 2018, 64.84864375893784,
      "82.6", "21", "72", "43", 2015, "t1", "on_track_or_maintaining" },
    { "sdg14_cpma:VCT", 2015, 26.32816, 2017, 26.32816, "100", "0", "50", "10", 2010, "t0", "stagnating" },
    { "sdg14_cpma:DEU", 2015, 84.85869, 2017, 84.85869, "100", "0", "50", "10", 2010, "t0", "on_track_or_maintaining" },
    { "sdg16_prison:MEX", 2010, 160.25800982980235, 2015, 175.89747456745283,
      "25", "475", "100", "250", 2015, "t0", "decreasing" },
    { "sdg16_prison:EST", 2010, 254.7102248926884, 2015, 214.6244148766727,
      "25", "475", "100", "250", 2015, "t0", "moderately_improving" },
};

TEST(the_sdg_index_arrows_agree)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
        char t0[8], t1[8];
        snprintf(t0, sizeof t0, "%.0f", arrows[i].t0);
        snprintf(t1, sizeof t1, "%.0f", arrows[i].t1);
        const char *option[] = { "best", arrows[i].best, "worst", arrows[i].worst,
                                 "green", arrows[i].green, "red", arrows[i].red,
                                 "t0", t0, "t1", t1, "gap-from", arrows[i].gap, NULL };
        nf_target t = target(arrows[i].base, strtod(arrows[i].green, NULL), 2030, 1);
        nf_series s = yearly(c, 2, (double[]){ arrows[i].t0, arrows[i].t1 }, (double[]){ arrows[i].v0, arrows[i].v1 });
        same(judged(c, "sdsn", &t, &s, option).grade->word, arrows[i].arrow);
    }
    nf_ctx_free(c);
}

/* ---- published results, where they lie beside the project ---- */

enum { CELLS = 32 };
typedef struct { FILE *f; char line[8192], *cell[CELLS], name[CELLS][64]; } table;

/* Splits a line of plain CSV in place: quoted cells may hold commas. */
static int split(char *line, char **cell)
{
    int n = 0;
    line[strcspn(line, "\r\n")] = 0;
    for (char *p = line; p && n < CELLS; n++) {
        bool quoted = *p == '"';
        cell[n] = p += quoted;
        p = strchr(p, quoted ? '"' : ',');
        if (!p) return n + 1;
        *p++ = 0;
        if (quoted && *p == ',') p++;
        else if (quoted) p = NULL;
    }
    return n;
}

static bool opened(table *t, const char *path)
{
    char full[512];
    snprintf(full, sizeof full, "%s/oracle/targets/%s", NF_SHARED, path);
    memset(t, 0, sizeof *t);
    t->f = fopen(full, "r");
    if (!t->f || !fgets(t->line, sizeof t->line, t->f)) return false;
    int n = split(t->line, t->cell);
    for (int i = 0; i < n; i++) snprintf(t->name[i], sizeof t->name[i], "%s", t->cell[i]);
    return true;
}

static bool more(table *t)
{
    for (int i = 0; i < CELLS; i++) t->cell[i] = "";
    if (fgets(t->line, sizeof t->line, t->f)) return split(t->line, t->cell) > 0;
    fclose(t->f);
    return false;
}

static const char *at(const table *t, const char *name)
{
    for (int i = 0; i < CELLS; i++)
        if (strcmp(t->name[i], name) == 0) return t->cell[i];
    fail_msg("no column %s", name);
    return "";
}

static double number(const table *t, const char *name)
{
    const char *s = at(t, name);
    return *s ? strtod(s, NULL) : NAN;
}

static nf_series series_of(nf_ctx *c, const char *path)
{
    double when[200], v[200];
    size_t n = 0;
    table t;
    ok(opened(&t, path));
    for (; more(&t); n++) {
        when[n] = number(&t, "year");
        v[n] = number(&t, "value");
    }
    return yearly(c, n, when, v);
}

static void like_open_sdg(nf_ctx *c, const table *row, const nf_series *s)
{
    nf_target t = target(number(row, "baseline_year_cfg"), number(row, "target_value"), number(row, "target_year"),
                         strcmp(at(row, "direction"), "up") ? -1 : 1);
    t.limit = number(row, "limit");
    nf_finding f = judged(c, "opensdg", &t, s, NULL);
    same(f.grade->word, at(row, "verdict"));
    near(f64(&f, "opensdg", "score"), number(row, "score"), 1e-9);
    near(f64(&f, "opensdg", "progress_value"), number(row, "progress_value"), 1e-9);
}

static void like_sdg_index(nf_ctx *c, const table *row, const nf_series *s)
{
    const char *option[] = { "best", at(row, "best"), "worst", at(row, "worst"),
                             "green", at(row, "green"), "red", at(row, "red"),
                             "t0", at(row, "t0"), "t1", at(row, "t1"), "gap-from", at(row, "gap_from"), NULL };
    nf_target t = target(number(row, "baseline_year_cfg"), number(row, "target_value"), number(row, "target_year"),
                         strcmp(at(row, "direction"), "up") ? -1 : 1);
    nf_finding f = judged(c, "sdsn", &t, s, option);
    same(f.grade->word, at(row, "verdict"));
}

TEST(published_verdicts_are_reproduced)
{
    table row;
    size_t open_sdg = 0, sdg_index = 0;
    if (!opened(&row, "oracle.csv")) skip();
    nf_ctx *c = nf_ctx_new(NULL);
    while (more(&row)) {
        size_t mark = nf_mark(c);
        nf_series s = series_of(c, at(&row, "series_file"));
        bool open = strncmp(at(&row, "method"), "opensdg", 7) == 0;
        (open ? like_open_sdg : like_sdg_index)(c, &row, &s);
        *(open ? &open_sdg : &sdg_index) += 1;
        nf_release(c, mark);
    }
    ok(open_sdg == 165 && sdg_index == 114);
    nf_ctx_free(c);
}

TEST(published_scores_and_colours_are_reproduced)
{
    table row;
    if (!opened(&row, "oracle_normalise_colour.csv")) skip();
    nf_ctx *c = nf_ctx_new(NULL);
    while (more(&row)) {
        size_t mark = nf_mark(c);
        const char *option[] = { "best", at(&row, "best"), "worst", at(&row, "worst"), "green", at(&row, "green"),
                                 "red",
                                 at(&row, "red"), NULL };
        nf_target t = target(2015, number(&row, "green"), 2030, number(&row, "best") > number(&row, "worst") ? 1 : -1);
        nf_series s = yearly(c, 1, (double[]){ 2018 }, (double[]){ number(&row, "value") });
        nf_finding f = judged(c, "sdsn", &t, &s, option);
        near(f64(&f, "sdsn", "score"), number(&row, "score"), 1e-9);
        same(f.r.v[1].s, at(&row, "colour"));
        nf_release(c, mark);
    }
    nf_ctx_free(c);
}

TEST(published_goal_scores_are_means)
{
    table row;
    if (!opened(&row, "oracle_rollup.csv")) skip();
    while (more(&row)) {
        double score[64];
        size_t n = 0;
        for (char *p = strtok((char *)at(&row, "scores"), ";"); p; p = strtok(NULL, ";")) score[n++] = strtod(p, NULL);
        if (n && isfinite(number(&row, "goal_score"))) near(nf_ces_mean(score, NULL, n, -1), number(&row,
            "goal_score"), 1e-6);
    }
}

/* Months add up within the year: 1-6月 of past years had 40, 45 and 44 percent of the total. */
TEST(figures_that_add_up_are_held_against_past_years)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_meta meta = { .key = "x", .unit = "亿元" };
    int64_t ord[] = { 12 * 2019 + 5, 12 * 2019 + 11, 12 * 2020 + 5, 12 * 2020 + 11, 12 * 2021 + 5, 12 * 2021 + 11,
                      12 * 2022 + 5 };
    int32_t span[] = { 6, 12, 6, 12, 6, 12, 6 };
    double y[] = { 40, 100, 54, 120, 55, 125, 60 };
    nf_series s = { &meta, { .start = { ord[0], NF_MONTH, 6 }, .n = 7, .ord = ord, .span = span }, y, NULL };
    nf_target t = target(2019, 140, 2022, 1);
    t.base = (nf_period){ 0, 0, 0 };
    nf_finding f = judged(c, "china", &t, &s, NULL);
    near(f.at.completion, 60 / 140., 1e-15);
    near(f.at.elapsed, .44, 1e-15);
    same(f.grade->word, "behind");
    ok(f.grade->level == NF_ON);                           /* by 1.1 points: green */
    f = judged(c, "native", &t, &s, NULL);                 /* whole years alone are compared */
    ok(f.at.n == 3);
    near(f.at.latest, 125, 0);
    ok(strstr(f.reason.en, "12.5 billion yuan in 2021") && strstr(f.reason.zh, "2021年为125亿元"));
    nf_ctx_free(c);
}
