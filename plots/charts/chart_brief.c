/* chart_brief.c - one sheet of A4 for who decides: the headline, what changed, and the targets that lag most. */
#include "facts.h"
#include "frame.h"
#include <math.h>
#include <string.h>

/* CSS pixels of A4, and how many rows a section may take. */
#define A4_WIDTH 793.7
#define A4_HEIGHT 1122.5
#define MARGIN 46.0
enum { ROWS = 12, WORST = 6, WORST_BESIDE = 3, CHANGES = 5, ROW = 23, SECTION = 34,
       LAGGARD = 124 };                          /* the height of one at most */
typedef struct { nf_ctx *c; nf_scene *s; const nf_exhibit *e; const char *lang; double left, right, y; } sheet;

static const char *in(const sheet *b, nf_text t) { return nf_text_in(t, b->lang); }

static void put(sheet *b, nf_role role, double size, bool bold, char anchor, double x, double y, const char *text,
                double width)
{ nf_scene_text(b->s, (nf_font){ role, size, anchor, bold, false }, x, y, nf_text_fit(b->c, text, size, bold, width)); }

/* Wrapped text from b->y down. */
static void paragraph(sheet *b, nf_font font, const char *text, double x, double width, double leading, size_t max)
{
    const char *line[4];
    size_t n = nf_text_wrap(b->c, line, max < 4 ? max : 4, text, font.size, font.bold, width * .97);
    for (size_t i = 0; i < n; i++, b->y += leading) nf_scene_text(b->s, font, x, b->y, line[i]);
}

static void section(sheet *b, nf_text heading, const char *more)
{
    b->y += SECTION;
    const char *text = more ? nf_say(b->c, b->lang, heading, more, NULL, NULL, NULL) : in(b, heading);
    put(b, NF_INK, 15, true, 's', b->left, b->y, text, b->right - b->left);
    nf_scene_line(b->s, (nf_pen){ .stroke = NF_INK, .width = 1.2 }, b->left, b->y + 7, b->right, b->y + 7);
    b->y += 10;
}

/* ---- head and counts ---- */

static void head(sheet *b)
{
    static const nf_text known = { "As known on {0}", "截至{0}" },
                         invented = { "Synthetic data, not measurements", "合成数据，并非实测" };
    const nf_plan *p = b->e->plan;
    const char *line = b->e->now ? nf_say(b->c, b->lang, known, nf_day(b->c, b->e->now), NULL, NULL, NULL) : "";
    if (p) line = nf_join(b->c, nf_text_in(p->title, b->lang), " · ", line);
    b->y = MARGIN + 22;
    paragraph(b, (nf_font){ NF_INK, 22, 's', true, false }, b->s->title, b->left, b->right - b->left, 28, 2);
    put(b, NF_SUB, 13, false, 's', b->left, b->y - 5, line, b->right - b->left);
    if (nf_exhibit_synthetic(b->e)) {
        put(b, NF_TONE_OFF, 13, true, 's', b->left, b->y + 14, in(b, invented), b->right - b->left);
        b->y += 19;
    }
    b->y += 8;
}

/* A tile a level: how many targets stand there. */
static void counts(sheet *b)
{
    static const nf_level order[] = { NF_MET, NF_ON, NF_RISK, NF_OFF, NF_MISSED, NF_UNKNOWN };
    enum { TILES = sizeof order / sizeof *order };
    double width = (b->right - b->left - 10 * (TILES - 1)) / TILES;
    for (int k = 0; k < TILES; k++) {
        double x = b->left + (width + 10) * k, y = b->y;
        size_t n = 0;
        for (size_t i = 0; i < b->e->n_finding; i++) n += nf_finding_level(&b->e->finding[i]) == order[k];
        const char *word = in(b, nf_level_word(order[k]));
        nf_scene_group(b->s, nf_join(b->c, word, ": ", nf_format(b->c, "%zu", n)));
        nf_scene_rect(b->s, (nf_pen){ .fill = nf_wash(order[k]) }, x, y, width, 54, 6);
        put(b, nf_tone(order[k]), 24, true, 's', x + 12, y + 29, nf_format(b->c, "%zu", n), width - 16);
        nf_mark_level(b->s, nf_tone(order[k]), order[k], x + 16, y + 42, 4.5);
        put(b, nf_tone(order[k]), 12, true, 's', x + 27, y + 46, word, width - 31);
        nf_scene_end(b->s);
    }
    b->y += 54;
}

/* ---- improvements ---- */

static void shapes(sheet *b, const nf_rollup *r, double x, double y, size_t most)
{
    static const nf_level order[] = { NF_MISSED, NF_OFF, NF_RISK, NF_UNKNOWN, NF_ON, NF_MET };
    size_t shown = 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < r->count[order[k]] && shown < most; i++, shown++)
            nf_mark_level(b->s, nf_tone(order[k]), order[k], x + 13 * (double)shown, y, 3.6);
}

static void improvements(sheet *b)
{
    static const nf_text heading = { "Improvements", "各项提升" }, more = { "and {0} more", "另有{0}项" };
    size_t n = b->e->n_rollup < ROWS ? b->e->n_rollup : ROWS;
    if (!n) return;
    section(b, heading, NULL);
    double pill = 0, column = b->left + 330;
    for (size_t i = 0; i < n; i++) pill = fmax(pill, nf_pill_width(nf_rollup_word(&b->e->rollup[i], b->lang), 12));
    for (size_t i = 0; i < n; i++) {
        const nf_rollup *r = &b->e->rollup[i];
        b->y += ROW;
        const char *number = nf_format(b->c, "%zu", i + 1);
        put(b, NF_INK, 13, true, 's', b->left, b->y, number, 24);
        put(b, NF_INK, 13, true, 's', b->left + 22, b->y, nf_text_in(r->improvement->title, b->lang),
            column - b->left - 32);
        shapes(b, r, column, b->y - 4, (size_t)((b->right - pill - column) / 13) - 1);
        nf_pill(b->s, b->right - pill, b->y, 11.5, r->level, nf_rollup_word(r, b->lang), false);
    }
    if (n == b->e->n_rollup) return;
    b->y += ROW;
    put(b, NF_SUB, 13, false, 's', b->left, b->y,
        nf_say(b->c, b->lang, more, nf_format(b->c, "%zu", b->e->n_rollup - n), NULL, NULL, NULL), 300);
}

/* ---- what changed ---- */

static const nf_finding *then(const nf_exhibit *e, const nf_finding *now)
{
    for (size_t i = 0; i < e->n_before; i++)
        if (e->before[i].of->target->code && now->of->target->code
            && !strcmp(e->before[i].of->target->code, now->of->target->code))
            return &e->before[i];
    return NULL;
}

static bool differs(const nf_finding *was, const nf_finding *now)
{ return !was || strcmp(was->grade->word, now->grade->word) != 0; }
static bool worse(const nf_finding *was, const nf_finding *now)
{ return was && now->grade->level != NF_UNKNOWN && now->grade->level < was->grade->level; }

static void change(sheet *b, const nf_finding *was, const nf_finding *now)
{
    static const nf_text fresh = { "New", "新增" };
    nf_fact x;
    nf_fact_of(b->c, &x, b->e, now);
    const char *before = was ? nf_finding_word(b->c, was, b->lang) : in(b, fresh);
    double wide = nf_pill_width(x.verdict, 11.5), narrow = nf_pill_width(before, 11.5), at = b->right - wide;
    b->y += ROW;
    nf_pill(b->s, at, b->y - 3, 11.5, x.level, x.verdict, false);
    put(b, NF_SUB, 14, true, 'm', at - 11, b->y - 3, "→", 20);
    nf_pill(b->s, at - 22 - narrow, b->y - 3, 11.5, nf_finding_level(was), before, false);
    put(b, NF_INK, 13, true, 's', b->left, b->y, x.name, at - 34 - narrow - b->left);
    b->y += 16;
    put(b, NF_SUB, 12, false, 's', b->left, b->y, x.reason, b->right - b->left);
}

/* First what became worse. */
static void changes(sheet *b, double until)
{
    static const nf_text heading = { "What changed since {0}", "{0}以来的变化" },
                         none = { "No verdict has changed.", "各项结论均无变化。" },
                         more = { "and {0} more", "另有{0}项" };
    size_t all = 0, shown = 0;
    if (!b->e->since) return;
    section(b, heading, nf_day(b->c, b->e->since));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < b->e->n_finding; i++) {
            const nf_finding *now = &b->e->finding[i], *was = then(b->e, now);
            if (!differs(was, now) || worse(was, now) == (pass > 0)) continue;
            all++;
            if (shown >= CHANGES || b->y + ROW + 16 + ROW > until) continue;
            change(b, was, now);
            shown++;
        }
    if (shown < all || !all) {
        b->y += ROW - 2;
        const char *text = all ? nf_say(b->c, b->lang, more, nf_format(b->c, "%zu", all - shown), NULL, NULL, NULL)
            : in(b, none);
        put(b, NF_SUB, 13, false, 's', b->left, b->y, text, b->right - b->left);
    }
}

/* ---- the worst ---- */

static double chance_of(const nf_finding *f) { return isfinite(f->at.chance) ? f->at.chance : 2; }

/* By level, then what binds, then the smaller chance; the plan's order decides the rest. */
static bool before(const nf_finding *a, const nf_finding *b)
{
    if (a->grade->level != b->grade->level) return a->grade->level < b->grade->level;
    if (a->of->target->binding != b->of->target->binding) return a->of->target->binding;
    return chance_of(a) < chance_of(b);
}

static size_t worst(const nf_exhibit *e, const nf_finding *out[WORST])
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_finding; i++) {
        const nf_finding *f = &e->finding[i];
        nf_level l = nf_finding_level(f);
        if (l == NF_UNKNOWN || l > NF_RISK) continue;
        size_t at = n;
        while (at && before(f, out[at - 1])) at--;
        if (at == WORST) continue;
        if (n < WORST) n++;
        for (size_t k = n - 1; k > at; k--) out[k] = out[k - 1];
        out[at] = f;
    }
    return n;
}

/* Where a chance or a pace decided, the reason tells both paces; else they stand here. */
static const char *numbers(sheet *b, const nf_fact *x)
{
    static const nf_text latest = { "{0} in {1}", "{1}为{0}" }, goal = { "target {0} by {1}", "{1}目标{0}" },
                         open = { "target {0}", "目标{0}" }, actual = { "pace so far {0}", "实际速度{0}" };
    bool told = x->finding->basis && (!strcmp(x->finding->basis, "chance") || !strcmp(x->finding->basis, "pace"));
    const char *text = nf_say(b->c, b->lang, latest, x->latest, x->latest_date, NULL, NULL);
    text = nf_join(b->c, text, " · ", nf_say(b->c, b->lang, *x->due ? goal : open, x->goal, x->due, NULL, NULL));
    if (told || !*x->actual) return text;
    return nf_join(b->c, text, " · ", nf_say(b->c, b->lang, actual, x->actual, NULL, NULL, NULL));
}

static void laggard(sheet *b, const nf_finding *f)
{
    static const nf_text owner = { "Owner: {0}", "责任单位：{0}" };
    nf_fact x;
    nf_fact_of(b->c, &x, b->e, f);
    double spark = b->right - 130, width = spark - b->left - 18, pill = nf_pill_width(x.verdict, 11.5);
    b->y += ROW + 2;
    double top = b->y;
    const char *name = nf_join(b->c, nf_measure(b->c, b->lang, x.name, x.unit), " · ", x.elsewhere);
    put(b, NF_INK, 14, true, 's', b->left, b->y, name, width - pill - 10);
    nf_pill(b->s, b->left + width - pill, b->y, 11.5, x.level, x.verdict, true);
    if (f->of->series) nf_sparkline(b->s, f->of->series, (nf_box){ spark, top - 8, b->right - 4, top + 42 });
    b->y += 18;
    paragraph(b, (nf_font){ NF_INK, 12.5, 's', false, false }, numbers(b, &x), b->left, width, 16, 2);
    paragraph(b, (nf_font){ NF_SUB, 12.5, 's', false, false }, x.reason, b->left, width, 16, 3);
    if (*x.owner)
        put(b, NF_SUB, 12.5, true, 's', b->left, b->y, nf_say(b->c, b->lang, owner, x.owner, NULL, NULL, NULL), width);
    if (!*x.owner) b->y -= 16;
}

/* The worst, as far down as there is room; three of them where what changed comes after. */
static void laggards(sheet *b, double until)
{
    static const nf_text heading = { "Where it is worst", "最需关注的目标" },
                         none = { "No target is at risk, off track or missed.",
                                  "没有存在风险、难以完成或未完成的目标。" };
    const nf_finding *list[WORST];
    size_t n = worst(b->e, list);
    if (b->e->since && n > WORST_BESIDE) n = WORST_BESIDE;
    section(b, heading, NULL);
    for (size_t i = 0; i < n && b->y + LAGGARD < until; i++) laggard(b, list[i]);
    if (n) return;
    b->y += ROW;
    put(b, NF_SUB, 13, false, 's', b->left, b->y, in(b, none), b->right - b->left);
}

static void foot(sheet *b)
{
    static const nf_text key = { "Verdicts by the chance of reaching the target: on track from 8 in 10, at risk from "
                                 "2 in 10; with fewer than six figures by pace. Small shapes: "
                                 "every target of the improvement.",
                                 "按达标可能性评判：八成及以上为进度正常，两成及以上为有风险；"
                                 "不足六个数据时按速度评判。小图形：该项提升的全部目标。" },
                         source = { "Source: {0}", "来源：{0}" };
    const nf_plan *p = b->e->plan;
    const char *from = p && p->source ? nf_publishers_in(b->c, p, p->source, b->lang) : "";
    b->y = A4_HEIGHT - MARGIN - (*from ? 30 : 14);
    paragraph(b, (nf_font){ NF_SUB, 11, 's', false, false }, in(b, key), b->left, b->right - b->left, 14, 2);
    if (*from)
        put(b, NF_SUB, 11, false, 's', b->left, b->y, nf_say(b->c, b->lang, source, from, NULL, NULL, NULL),
            b->right - b->left);
}

static const nf_field fields[] = { { .name = "target", .type = NF_WORD }, { .name = "improvement", .type = NF_WORD },
                                   { .name = "before", .type = NF_WORD }, { .name = "verdict", .type = NF_WORD },
                                   { .name = "latest", .type = NF_F64 }, { .name = "goal", .type = NF_F64 },
                                   { .name = "chance", .type = NF_F64 }, { .name = NULL } };

static int rows(const sheet *b, nf_sink to)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, b->c, "brief", fields);
    for (size_t i = 0; i < b->e->n_finding && !rc; i++) {
        const nf_finding *f = &b->e->finding[i], *was = then(b->e, f);
        const nf_target *t = f->of->target;
        rc = to.row(to.self, b->c, (nf_value[]){ { .s = t->code }, { .s = t->improvement },
                                                 { .s = was ? was->grade->word : NULL },
                    { .s = f->grade->word }, { .f = f->at.latest }, { .f = f->at.target }, { .f = f->at.chance } });
    }
    return to.end(to.self, b->c, rc);
}

/* The size of the paper is no choice: what is asked for scales the picture, not the sheet. */
static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    sheet b = { .c = c, .s = s, .e = e, .lang = s->lang, .left = MARGIN, .right = A4_WIDTH - MARGIN };
    (void)opt;
    s->width = A4_WIDTH;
    s->height = A4_HEIGHT;
    if (!s->title || !*s->title) s->title = nf_exhibit_headline(c, e);
    s->desc = nf_verdict_counts(c, e->finding, e->n_finding, b.lang);
    nf_scene_rect(s, (nf_pen){ .fill = NF_PAPER }, 0, 0, s->width, s->height, 0);
    head(&b);
    counts(&b);
    improvements(&b);
    laggards(&b, A4_HEIGHT - MARGIN - 44);
    changes(&b, A4_HEIGHT - MARGIN - 44);
    foot(&b);
    return rows(&b, drawn);
}

const nf_chart nf_chart_brief = {
    .row = { .name = "brief", .title = { "one sheet of A4 for who decides", "一页纸简报（A4）" },
             .formula = "worst: by verdict, then binding ones, then the smaller chance",
             .use = "the page on the mayor's desk: headline, counts, improvements, what lags most, what changed",
             .avoid = "looking things up: take report" },
    .needs = NF_NEEDS_FINDING, .width = A4_WIDTH, .height = A4_HEIGHT, .draw = draw
};
