/* chart_scoreboard.c - a row per improvement: its leading target's line, latest, goal, progress bar and verdict.
 *
 * An improvement has several targets; the row shows the one that decides (the roll-up's worst, else the first with
 * data), and small shapes under the verdict count the others. */
#include "frame.h"
#include "engine.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MARK = 11, MARKS = 10 };                  /* pixels a small shape; more of them are told as a number */
/* left or right edges */
typedef struct { double name, spark, spark_to, latest, goal, bar, bar_width, pill; } columns;
typedef struct { nf_ctx *c; nf_scene *s; const nf_exhibit *e; const char *lang; columns col; bool narrow,
                 stacked; double indent; } board;
typedef struct { const nf_group *group; const nf_rollup *sum; const nf_finding *lead; nf_subject sub; nf_bullet bullet;
                 } row;

static const char *in(const board *b, nf_text t) { return nf_text_in(t, b->lang); }

/* ---- what a row shows ---- */

static const nf_finding *lead_of(const nf_exhibit *e, const nf_rollup *r)
{
    const nf_finding *first = NULL;
    if (r->worst) return r->worst;
    for (size_t i = 0; i < e->n_finding; i++) {
        const nf_target *t = e->finding[i].of ? e->finding[i].of->target : NULL;
        if (!t || !t->improvement || !r->improvement || strcmp(t->improvement, r->improvement->code)) continue;
        if (e->finding[i].of->series) return &e->finding[i];
        if (!first) first = &e->finding[i];
    }
    return first;
}

static double share(double v, double from, double to) { return to != from ? (v - from) / (to - from) : NAN; }

static nf_bullet bullet_of(const nf_finding *f)
{
    nf_bullet b = { NAN, NAN, NAN, NAN, NAN, false };
    if (!f || !isfinite(f->at.completion)) return b;
    const nf_standing *a = &f->at;
    b.done = a->completion;
    b.expected = a->elapsed;
    b.lo = share(a->projected_lo95, a->baseline, a->target);
    b.hi = share(a->projected_hi95, a->baseline, a->target);
    b.mid = share(a->projected, a->baseline, a->target);
    b.has_range = isfinite(b.lo) && isfinite(b.hi) && f->basis && strcmp(f->basis, "final") != 0;
    return b;
}

static row row_of(board *b, const nf_rollup *r)
{
    row x = { .group = r->improvement, .sum = r, .lead = lead_of(b->e, r) };
    nf_subject_of(b->c, &x.sub, b->e, NULL, x.lead);
    x.bullet = bullet_of(x.lead);
    return x;
}

/* The deciding target's own word (awaiting, met so far ...) where it has the roll-up's level; else the level's. */
static const char *row_word(const board *b, const row *r)
{
    return r->lead && nf_finding_level(r->lead) == r->sum->level ? nf_finding_word(b->c, r->lead, b->lang)
    : nf_rollup_word(r->sum, b->lang);
}

/* ---- drawing ---- */

static void put(board *b, nf_role role, double size, bool bold, char anchor, double x, double y, const char *text,
                double width)
{ nf_scene_text(b->s, (nf_font){ role, size, anchor, bold, false }, x, y, nf_text_fit(b->c, text, size, bold, width)); }

static const char *latest_of(const board *b, const row *r)
{ return r->lead && isfinite(r->lead->at.latest) ? nf_figure(b->c, r->lead->at.latest, r->sub.decimals, b->lang) : "–";
  }

/* From x on, or, for cards, up to it. */
static void draw_counts(board *b, const row *r, double x, double y, bool upto)
{
    static const nf_text of = { "{0} targets", "{0}个目标" };
    static const nf_level order[] = { NF_MISSED, NF_OFF, NF_RISK, NF_UNKNOWN, NF_ON, NF_MET };
    size_t n = r->sum->n, shown = 0;
    if (n < 2) return;
    if (n > MARKS) {
        char text[24];
        snprintf(text, sizeof text, "%zu", n);
        put(b, NF_SUB, 12, false, upto ? 'e' : 's', x, y + 4, nf_say(b->c, b->lang, of, text, NULL, NULL, NULL), 120);
        return;
    }
    if (upto) x -= MARK * (double)n;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < r->sum->count[order[k]]; i++, shown++)
            nf_mark_level(b->s, nf_tone(order[k]), order[k], x + 5 + MARK * (double)shown, y, 3.4);
}

static void draw_bar(board *b, const row *r, double x, double y, double width)
{
    static const nf_text none = { "No figures loaded", "尚无数据" },
                         base = { "No baseline to measure from", "缺少基期数据" },
                         open = { "No deadline", "无期限" };
    if (!r->lead) return;
    if (isfinite(r->bullet.done)) {
        nf_bullet_bar(b->s, &r->bullet, x, y, width);
        return;
    }
    bool has = r->lead && isfinite(r->lead->at.latest);
    bool dated = r->lead && r->lead->of && r->lead->of->target && !nf_period_is_empty(r->lead->of->target->due);
    put(b, NF_SUB, 12.5, false, 's', x, y + 4.5, in(b, !has ? none : dated ? base : open), width * 1.3);
}

/* The direction is said where there is room for it. */
static const char *measure_of(board *b, const row *r, double room)
{
    static const nf_text lower = { "{0} (lower is better)", "{0}（越低越好）" };
    static const nf_text none = { "No target in figures", "没有量化目标" };
    const nf_target *t = r->lead && r->lead->of ? r->lead->of->target : NULL;
    if (!t) return in(b, none);
    const char *text = nf_measure(b->c, b->lang, r->sub.name, r->sub.unit);
    if (t->sense >= 0 || t->kind == NF_RANGE) return text;
    const char *both = nf_say(b->c, b->lang, lower, text, NULL, NULL, NULL);
    return nf_text_width(both, 12, false) <= room ? both : text;
}

/* A number over its date. */
static void draw_figure(board *b, double x, double y, const char *figure, bool bold, nf_period date)
{
    put(b, NF_INK, 14, bold, 'e', x, y - 4, figure, 90);
    put(b, NF_SUB, 12, false, 'e', x, y + 14, nf_date(b->c, date, b->lang), 90);
}

static nf_period latest_date(const row *r)
{ return r->lead && isfinite(r->lead->at.latest) ? r->lead->at.latest_period : (nf_period){ 0 }; }
static nf_period due_date(const row *r)
{ return r->lead && r->lead->of && r->lead->of->target ? r->lead->of->target->due : (nf_period){ 0 }; }

static void draw_row(board *b, const row *r, double y, size_t number)
{
    double m = y + 27, room = b->col.spark - b->col.name - 14;
    const char *word = row_word(b, r), *title = nf_text_in(r->group->title, b->lang);
    nf_scene_group(b->s, nf_join(b->c, title, ": ", word));
    put(b, NF_INK, 14, true, 's', b->col.name, m - 4, nf_format(b->c, "%zu", number), 30);
    put(b, NF_INK, 14, true, 's', b->col.name + b->indent, m - 4, title, room - b->indent);
    put(b, NF_SUB, 12, false, 's', b->col.name + b->indent, m + 14, measure_of(b, r, room - b->indent),
        room - b->indent);
    if (r->sub.series) nf_sparkline(b->s, r->sub.series, (nf_box){ b->col.spark, m - 14, b->col.spark_to, m + 14 });
    draw_figure(b, b->col.latest, m, latest_of(b, r), true, latest_date(r));
    draw_figure(b, b->col.goal, m, *r->sub.goal ? r->sub.goal : "–", false, due_date(r));
    draw_bar(b, r, b->col.bar, m, b->col.bar_width);
    bool several = r->sum->n >= 2;
    nf_pill(b->s, b->col.pill, several ? m - 3 : m + 4, 12, r->sum->level, word, false);
    draw_counts(b, r, b->col.pill, m + 16, false);
    nf_scene_end(b->s);
}

static double title_room(const board *b, const row *r)
{ return b->s->width - 2 * nf_pad(b->s) - b->indent - nf_pill_width(row_word(b, r), 12) - 8; }

/* 390 px: the row becomes a card of three lines; of four where a title needs the whole width. */
static void draw_card(board *b, const row *r, double y, size_t number)
{
    double pad = nf_pad(b->s), right = b->s->width - pad, word_width = nf_pill_width(row_word(b, r), 12);
    const char *word = row_word(b, r), *title = nf_text_in(r->group->title, b->lang);
    nf_scene_group(b->s, nf_join(b->c, title, ": ", word));
    put(b, NF_INK, 14, true, 's', pad, y + 20, nf_format(b->c, "%zu", number), 30);
    put(b, NF_INK, 14, true, 's', pad + b->indent, y + 20, title, b->stacked ? right - pad - b->indent
        : title_room(b, r));
    double measure = right - pad - (b->stacked ? 0 : 110);
    put(b, NF_SUB, 12, false, 's', pad, y + 40, measure_of(b, r, measure), measure);
    nf_pill(b->s, b->stacked ? pad : right - word_width, y + (b->stacked ? 64 : 20), 12, r->sum->level, word, false);
    draw_counts(b, r, right, y + (b->stacked ? 60 : 37), true);
    if (b->stacked) y += 22;
    if (r->sub.series) nf_sparkline(b->s, r->sub.series, (nf_box){ pad, y + 52, pad + 70, y + 74 });
    const char *numbers = nf_join(b->c, latest_of(b, r), " → ", *r->sub.goal ? r->sub.goal : "–");
    if (r->lead) put(b, NF_INK, 13, true, 's', pad + 82, y + 68, numbers, 100);
    draw_bar(b, r, pad + 190, y + 64, (right - pad - 190) / 1.35);
    nf_scene_end(b->s);
}

/* ---- headline and columns ---- */

static nf_frame frame_of(board *b)
{
    static const nf_text measure = { "For each improvement the target that decides, from its baseline to its goal",
                                     "每项提升列出决定性的目标：自基期至目标值的进展" },
                         key = { "Bar: share of the way from baseline to target. Dashed: where a steady pace would be "
                                 "now. Orange: target. "
                                 "Whisker: 95 % range projected for the deadline.",
                                 "蓝条：自基期至目标已完成的比例；虚线：匀速推进时目前应达到的位置；橙线：目标；须线："
                                 "到期预测的95%区间。" },
                         shapes = { "Small shapes: every target of the improvement.", "小图形：该项提升的全部目标。" };
    nf_frame f = { .title = b->s->title && *b->s->title ? b->s->title : nf_rollup_headline(b->c, b->e->rollup,
        b->e->n_rollup, b->lang) };
    f.subtitle = in(b, measure);
    if (b->e->plan) f.subtitle = nf_join(b->c, nf_text_in(b->e->plan->place_title, b->lang), " · ", f.subtitle);
    f.note[f.n_note++] = in(b, key);
    f.note[f.n_note++] = in(b, shapes);
    f.note[f.n_note++] = nf_exhibit_source(b->c, b->e, false, b->lang);
    b->s->title = f.title;
    b->s->desc = f.subtitle;
    return f;
}

static void lay_out(board *b, const row *r, size_t n)
{
    double pad = nf_pad(b->s), latest = 56, goal = 56, pill = 90, right = b->s->width - pad, width = b->s->width;
    for (size_t i = 0; i < n; i++) {
        latest = fmax(latest, nf_text_width(latest_of(b, &r[i]), 14, true) + 8);
        latest = fmax(latest, nf_text_width(nf_date(b->c, latest_date(&r[i]), b->lang), 12, false) + 8);
        goal = fmax(goal, nf_text_width(r[i].sub.goal, 14, false) + 8);
        goal = fmax(goal, nf_text_width(nf_date(b->c, due_date(&r[i]), b->lang), 12, false) + 8);
        pill = fmax(pill, fmin((double)r[i].sum->n, MARKS) * MARK);
        pill = fmax(pill, nf_pill_width(row_word(b, &r[i]), 12) + 2);
    }
    b->col.name = pad;
    b->col.pill = right - pill;
    b->col.bar_width = width * 0.155;
    b->col.bar = b->col.pill - 14 - b->col.bar_width * 1.36;
    b->col.goal = b->col.bar - 22;
    b->col.latest = b->col.goal - goal - 10;
    b->col.spark_to = b->col.latest - latest - 14;
    b->col.spark = b->col.spark_to - width * 0.105;
}

static void draw_header(board *b, double y)
{
    static const nf_text name = { "Improvement and its deciding target", "提升项目及其决定性目标" },
                         trend = { "Trend", "走势" }, latest = { "Latest", "最新" },
                         goal = { "Target", "目标" }, bar = { "Progress and projected range", "进展与预测区间" },
                         status = { "Verdict", "评判" };
    const columns *c = &b->col;
    put(b, NF_SUB, 12.5, true, 's', c->name, y, in(b, name), c->spark - c->name - 12);
    put(b, NF_SUB, 12.5, true, 's', c->spark, y, in(b, trend), c->spark_to - c->spark);
    put(b, NF_SUB, 12.5, true, 'e', c->latest, y, in(b, latest), 80);
    put(b, NF_SUB, 12.5, true, 'e', c->goal, y, in(b, goal), 80);
    put(b, NF_SUB, 12.5, true, 's', c->bar, y, in(b, bar), c->pill - c->bar - 8);
    put(b, NF_SUB, 12.5, true, 's', c->pill, y, in(b, status), 120);
    nf_scene_line(b->s, (nf_pen){ .stroke = NF_INK, .width = 1.2 }, nf_pad(b->s), y + 10.5, b->s->width - nf_pad(b->s),
                  y + 10.5);
}

/* ---- the numbers ---- */

static const nf_field fields[] = {
    { .name = "improvement", .type = NF_WORD }, { .name = "target", .type = NF_WORD },
    { .name = "series", .type = NF_WORD }, { .name = "latest_period", .type = NF_TIME },
    { .name = "latest", .type = NF_F64 }, { .name = "goal", .type = NF_F64 }, { .name = "completion", .type = NF_F64 },
    { .name = "expected", .type = NF_F64 }, { .name = "projected", .type = NF_F64 },
    { .name = "projected_lo", .type = NF_F64 }, { .name = "projected_hi", .type = NF_F64 },
    { .name = "verdict", .type = NF_WORD }, { .name = "targets", .type = NF_I64 }, { .name = NULL }
};

static int emit(board *b, nf_sink to, const row *r)
{
    const nf_target *t = r->lead && r->lead->of ? r->lead->of->target : NULL;
    nf_standing none = { .latest = NAN, .target = NAN, .completion = NAN, .elapsed = NAN, .projected = NAN,
                         .projected_lo95 = NAN, .projected_hi95 = NAN };
    const nf_standing *a = r->lead ? &r->lead->at : &none;
    nf_value v[] = { { .s = r->group->code }, { .s = t ? t->code : NULL },
                     { .s = r->sub.series && r->sub.series->meta ? r->sub.series->meta->key : NULL },
                     { .t = a->latest_period }, { .f = a->latest }, { .f = a->target }, { .f = a->completion },
                     { .f = a->elapsed },
                     { .f = a->projected }, { .f = a->projected_lo95 }, { .f = a->projected_hi95 },
                     { .s = r->lead && r->lead->grade ? r->lead->grade->word : "no-data" },
                     { .i = (int64_t)r->sum->n } };
    return to.row(to.self, b->c, v);
}

static int rows_out(board *b, nf_sink to, const row *r, size_t n)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, b->c, "scoreboard", fields);
    for (size_t i = 0; !rc && i < n; i++) rc = emit(b, to, &r[i]);
    return to.end(to.self, b->c, rc);
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    (void)opt;
    board b = { .c = c, .s = s, .e = e, .lang = s->lang, .narrow = nf_is_narrow(s) };
    b.indent = e->n_rollup < 10 ? 16 : 24;
    row *r = nf_alloc(c, (e->n_rollup + 1) * sizeof *r);
    if (!r) return NF_ENOMEM;
    for (size_t i = 0; i < e->n_rollup; i++) {
        r[i] = row_of(&b, &e->rollup[i]);
        const char *title = nf_text_in(r[i].group->title, b.lang);
        b.stacked |= b.narrow && nf_text_width(title, 14, true) > title_room(&b, &r[i]);
    }
    double each = b.stacked ? 108 : b.narrow ? 86 : 53, above = b.narrow ? 0 : 24;
    nf_frame f = frame_of(&b);
    s->fixed = false;                            /* rows need their height: a given one would squeeze them */
    nf_box box = nf_frame_draw(s, &f, above + each * (double)e->n_rollup);
    lay_out(&b, r, e->n_rollup);
    if (!b.narrow) draw_header(&b, box.top + 10);
    for (size_t i = 0; i < e->n_rollup; i++) {
        double y = floor(box.top + above + each * (double)i);
        if (i) nf_scene_line(s, (nf_pen){ .stroke = NF_GRID, .width = 1 }, box.left, y + 0.5, box.right, y + 0.5);
        if (b.narrow) draw_card(&b, &r[i], y, i + 1);
        else draw_row(&b, &r[i], y, i + 1);
    }
    return rows_out(&b, drawn, r, e->n_rollup);
}

const nf_chart nf_chart_scoreboard = {
    .row = { .name = "scoreboard", .title = { "all improvements at a glance", "各项提升一览" },
             .formula = "completion = (latest - baseline) / (target - baseline); dashed: elapsed time; whisker: 95 % "
                        "projection",
             .cite = "Eurostat SDG pages; Few 2006 (bullet graph)", .use = "the state of a plan on one page",
             .avoid = "a plan without improvements" },
    .needs = NF_NEEDS_FINDING, .width = 980, .height = 0, .draw = draw
};
