/* store_world.h - a store's contents as a plain list, for comparison; and random loads into both. */
#include "scratch.h"
#include "store/store.h"
#include "test.h"

enum { WORLD_SERIES = 5 };

typedef struct {
    int series; int64_t ord, published; int32_t span; unsigned status; int load, said; double value;
} told;
typedef struct { told *row; size_t n, room; int loads; int freq[WORLD_SERIES]; } world;
typedef struct { size_t added, revised, unchanged; } world_counts;

static int64_t world_time(uint64_t *r) { return 1000000 + (int64_t)(rnd(r) % 12) * 1000; }

static world *world_new(uint64_t *r)
{
    static const int freq[] = { NF_MONTH, NF_HOUR, NF_YEAR, NF_NUMBER, NF_DAY };
    world *w = calloc(1, sizeof *w);
    for (int i = 0; i < WORLD_SERIES; i++) w->freq[i] = freq[(rnd(r) + (uint64_t)i) % 5];
    return w;
}

static void world_free(world *w)
{
    free(w->row);
    free(w);
}

static int told_when(const told *a, const told *b)
{
    if (a->series != b->series) return a->series < b->series ? -1 : 1;
    if (a->ord != b->ord) return a->ord < b->ord ? -1 : 1;
    return (a->span < b->span) - (a->span > b->span);
}

static int told_order(const void *x, const void *y)
{
    const told *a = x, *b = y;
    int order = told_when(a, b);
    if (!order) order = (a->published > b->published) - (a->published < b->published);
    return order ? order : (a->load > b->load) - (a->load < b->load);
}

static bool told_same(const told *a, const told *b)
{
    return a->status == b->status && (a->value == b->value || (isnan(a->value) && isnan(b->value)));
}

/* ---- the rules, said plainly ---- */

/* The latest row for that period with published <= known, or NULL. Rows are sorted. */
static const told *world_in_force(const world *w, const told *what, int64_t known)
{
    told want = *what;
    want.published = known ? known : INT64_MAX;
    want.load = INT32_MAX;
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (told_order(&w->row[mid], &want) <= 0) lo = mid + 1; else hi = mid;
    }
    return lo && !told_when(&w->row[lo - 1], what) ? &w->row[lo - 1] : NULL;
}

static void world_add(world *w, const told *t, size_t n)
{
    if (w->n + n > w->room) w->row = realloc(w->row, (w->room = 2 * (w->n + n)) * sizeof *w->row);
    if (n) memcpy(w->row + w->n, t, n * sizeof *t);
    w->n += n;
    if (w->n) qsort(w->row, w->n, sizeof *w->row, told_order);
}

/* One load's rows, sorted: all told before count, and those of the same period in this load too. */
static world_counts world_tell(world *w, told *t, size_t n)
{
    world_counts count = { 0 };
    told *news = malloc((n + 1) * sizeof *news);
    size_t kept = 0;
    qsort(t, n, sizeof *t, told_order);
    for (size_t i = 0; i < n; i++) {
        const told *before = world_in_force(w, &t[i], t[i].published);
        if (kept && !told_when(&news[kept - 1], &t[i]) && (!before || news[kept - 1].published >= before->published))
            before = &news[kept - 1];
        if (before && told_same(before, &t[i])) { count.unchanged++; continue; }
        if (before) count.revised++; else count.added++;
        news[kept++] = t[i];
    }
    world_add(w, news, kept);
    free(news);
    return count;
}

/* ---- random loads ---- */

static double world_value(uint64_t *r)
{
    switch (rnd(r) % 24) {
    case 0: return NAN;
    case 1: return -0.0;
    case 2: return 5e-324;
    case 3: return 1e308 * (rnd_unit(r) - 0.5);
    case 4: return rnd_unit(r);
    case 5: return 9007199254740993.0;
    default: return (double)(rnd(r) % 2000) / 10;
    }
}

static told world_row(const world *w, uint64_t *r, int width, bool one_time, int64_t published)
{
    int i = (int)(rnd(r) % WORLD_SERIES);
    told t = { .series = i, .load = w->loads, .said = (int)(rnd(r) % 4 * (rnd(r) % 2)),
               .published = one_time ? published : world_time(r), .value = world_value(r),
               .ord = (int64_t)(rnd(r) % (uint64_t)width), .span = rnd(r) % 20 ? 1 : 2,
               .status = rnd(r) % 10 ? 0 : (unsigned)(rnd(r) % (NF_STATUS_BITS + 1)) };
    if (w->freq[i] == NF_NUMBER) {
        t.ord = nf_period_of_number((double)t.ord / 4 - 10).ord;
        t.span = 1;
    }
    return t;
}

static void world_key(int series, char key[32]) { snprintf(key, 32, "%c-series-%d", 'z' - series, series); }

/* Half of the loads repeat what is known, with a few changes, in order: the paths that look at nothing. */
static size_t world_rows(const world *w, uint64_t *r, told *t, size_t n)
{
    bool one_time = rnd(r) % 2, repeat = w->n && rnd(r) % 2, ascending = rnd(r) % 2;
    int64_t published = world_time(r);
    int width = 4 + (int)(rnd(r) % (2 * n + 4));
    for (size_t i = 0; i < n; i++) {
        t[i] = world_row(w, r, width, one_time, published);
        if (!repeat || rnd(r) % 50 == 0) continue;
        int64_t when = t[i].published;
        t[i] = w->row[i % w->n];
        t[i].load = w->loads;
        if (rnd(r) % 4 == 0) t[i].said = (int)(rnd(r) % 4);
        if (one_time) t[i].published = when;
    }
    size_t kept = 0;                                             /* one row for a period and publication */
    told *sorted = malloc((n + 1) * sizeof *sorted);
    memcpy(sorted, t, n * sizeof *t);
    qsort(sorted, n, sizeof *sorted, told_order);
    for (size_t i = 0; i < n; i++)
        if (!kept || told_when(&sorted[kept - 1], &sorted[i]) || sorted[kept - 1].published != sorted[i].published)
            sorted[kept++] = sorted[i];
    memcpy(t, sorted, kept * sizeof *t);
    free(sorted);
    for (size_t i = kept; !ascending && i > 1; i--) {            /* shuffled */
        size_t k = rnd(r) % i;
        told swap = t[k];
        t[k] = t[i - 1];
        t[i - 1] = swap;
    }
    return kept;
}

static const char *world_publisher(int said)
{
    return (const char *[]){ "", "Bureau", "Bureau", "Evening News" }[said];
}

static world_counts world_load(world *w, nf_ctx *c, nf_store *s, uint64_t *r, int size, nf_receipt *receipt)
{
    told *t = malloc(((size_t)size + 1) * sizeof *t);
    size_t n = world_rows(w, r, t, (size_t)size);
    uint32_t handle[WORLD_SERIES];
    char key[32];
    nf_intake *in;
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "world", .file = "random.csv", .now = 5 }) == NF_OK);
    for (int i = 0; i < WORLD_SERIES; i++) {
        world_key(i, key);
        ok(nf_intake_series(in, &(nf_meta){ .key = key, .unit = "1" }, (nf_freq)w->freq[i], &handle[i]) == NF_OK);
    }
    for (size_t i = 0; i < n; i++) {
        ok(nf_intake_origin(in, world_publisher(t[i].said), t[i].said == 2 ? "page 3" : "") == NF_OK);
        ok(nf_intake_put(in, handle[t[i].series], (nf_period){ t[i].ord, w->freq[t[i].series], t[i].span }, t[i].value,
                         t[i].status, t[i].published, (int64_t)i + 2) == NF_OK);
    }
    int rc = nf_intake_finish(in, NULL, 0, receipt);
    if (rc) fail_msg("%s", nf_last(c)->what);
    world_counts count = world_tell(w, t, n);
    w->loads++;
    free(t);
    return count;
}

/* ---- comparison ---- */


__attribute__((unused)) static size_t world_series(const world *w, int64_t known)
{
    size_t n = 0;
    for (int i = 0; i < WORLD_SERIES; i++)
        for (size_t k = 0; k < w->n; k++)
            if (w->row[k].series == i && (!known || w->row[k].published <= known)) { n++; break; }
    return n;
}

static bool same_double(double a, double b) { return (isnan(a) && isnan(b)) || !memcmp(&a, &b, sizeof a); }

static nf_period world_period(const nf_series *s, size_t i)
{
    return s->t.num ? nf_period_of_number(s->t.num[i]) : nf_axis_at(&s->t, i);
}

__attribute__((unused)) static void world_same(const world *w, const nf_series *got, int64_t known)
{
    int series = got->meta->key[9] - '0';
    size_t n = 0;
    int64_t latest = INT64_MIN;
    for (size_t i = 0; i < w->n; i++) {
        const told *t = &w->row[i];
        if (t->series != series || (i && !told_when(t, &w->row[i - 1]))) continue;
        const told *want = world_in_force(w, t, known);
        if (!want) continue;
        ok(n < got->t.n);
        nf_period p = world_period(got, n);
        ok(p.ord == want->ord && p.span == want->span && p.freq == w->freq[series]);
        ok(same_double(got->y[n], want->value));
        ok((got->status ? got->status[n] : 0) == want->status);
        if (want->published > latest) latest = want->published;
        n++;
    }
    ok(n == got->t.n);
    ok(got->meta->known == latest);
}

/* Every version with who said it and where, and the line of those whose figures hold at `known`. */
__attribute__((unused)) static void world_origins_same(nf_ctx *c, nf_store *s, const world *w, const nf_series *got,
                                                       int64_t known)
{
    int series = got->meta->key[9] - '0';
    nf_version *v;
    size_t n, k = 0;
    bool named[4] = { false };
    ok(nf_store_versions(c, s, got->meta->key, known, true, &v, &n) == 1);
    for (size_t i = 0; i < w->n; i++) {
        const told *t = &w->row[i];
        if (t->series != series || (known && t->published > known)) continue;
        ok(k < n && v[k].period.ord == t->ord && v[k].published == t->published && same_double(v[k].value, t->value));
        if (strcmp(v[k].publisher, world_publisher(t->said))) fail_msg("'%s', said %d", v[k].publisher, t->said);
        same(v[k].document, t->said == 2 ? "page 3" : "");
        named[t->said == 2 ? 1 : t->said] |= world_in_force(w, t, known) == t;
        k++;
    }
    ok(k == n);
    ok(!strstr(got->meta->source, "Bureau") == !named[1] && !strstr(got->meta->source, "Evening News") == !named[3]);
}
