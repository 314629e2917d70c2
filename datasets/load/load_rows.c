/* load_rows.c - the one engine that obeys a mapping: records in, observations into the intake. */
#include "load_rows.h"
#include "load_actions.h"
#include "load_origins.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A record is read whole before anything of it is put, so that a refused one leaves nothing behind. */
typedef struct { uint32_t column; unsigned status; double value; } found;

struct nf_rows_loading {
    const nf_mapping *map; nf_intake *in; const nf_load_options *opt; const char *file;
    nf_roles at;
    nf_times times;
    nf_keys keys;
    nf_actions actions;
    nf_sayings sayings;
    found *found;
    int64_t published; char known_text[64];      /* the last cell of the published column, and what it says */
    bool labelled, simple;
    struct { size_t n; long line; } *odd;        /* per column: values that are not plausible, the first one's line */
    size_t below; long below_line;               /* figures below a limit, written "<5" */
    size_t nines; long nines_line;               /* -999 and the like: missing somewhere */
    size_t compared, crossed; long crossed_line; int pm25, pm10;           /* PM2.5 above PM10 */
    long footer; char footer_text[120];          /* the first record that is no data, 0: none so far */
};

static int roles_of(nf_ctx *c, nf_roles *at, const nf_mapping *m)
{
    *at = (nf_roles){ .value = nf_alloc(c, (m->n + 1) * sizeof(uint32_t)),
                      .key = nf_alloc(c, (m->n + 1) * sizeof(uint32_t)) };
    if (!at->value || !at->key) return NF_ENOMEM;
    for (int i = 0; i < NF_ROLES; i++) at->one[i] = -1;
    for (uint32_t i = 0; i < m->n; i++) {
        nf_role role = m->column[i].role;
        if (role == NF_ROLE_VALUE || role == NF_ROLE_PERIOD) at->value[at->n_value++] = i;
        else if (role == NF_ROLE_KEY) at->key[at->n_key++] = i;
        else if (at->one[role] < 0) at->one[role] = (int)i;
    }
    if (at->n_value || m->merges) return NF_OK;
    nf_fail(c, NF_EDATA, "no column holds values");
    nf_hint(c, "name it with --value COLUMN or in a --mapping");
    return nf_at(c, NULL, 1, 0);
}

static int column_of(const nf_mapping *m, const char *quantity)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == NF_ROLE_VALUE && m->column[i].quantity && !strcmp(m->column[i].quantity, quantity))
            return (int)i;
    return -1;
}

/* One column of values, and none that says more of them than their key and time. */
static bool is_simple(const nf_mapping *m, const nf_roles *at)
{
    static const nf_role more[] = { NF_ROLE_STATUS, NF_ROLE_CONFIDENTIAL, NF_ROLE_MULTIPLIER, NF_ROLE_PUBLISHED,
                                    NF_ROLE_ACTION, NF_ROLE_SOURCE, NF_ROLE_DOCUMENT };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (at->one[more[i]] >= 0) return false;
    const nf_map_column *k = at->n_value == 1 ? &m->column[at->value[0]] : NULL;
    return k && k->role == NF_ROLE_VALUE && !k->missing && k->factor == 0 && !m->merges
        && (m->exact || m->decimal == '.');
}

int nf_rows_begin(nf_ctx *c, nf_rows_loading **out, const nf_mapping *m, nf_intake *in, const nf_load_options *opt,
                  const char *file)
{
    nf_rows_loading *l = *out = nf_alloc(c, sizeof *l);
    if (!l) return NF_ENOMEM;
    *l = (nf_rows_loading){ .map = m, .in = in, .opt = opt, .file = file, .published = opt->published };
    for (size_t i = 0; i < m->n; i++) l->labelled |= m->column[i].labelled;
    int rc = nf_intake_origin(in, NULL, NULL);                   /* the table before may have named somebody */
    if (!rc) rc = roles_of(c, &l->at, m);
    if (!rc) rc = nf_times_begin(c, &l->times, m, &l->at, opt);
    if (!rc) rc = nf_keys_begin(c, &l->keys, m, &l->at, in);
    if (rc) return rc;
    l->simple = !l->labelled && is_simple(m, &l->at);
    l->sayings = (nf_sayings){ .map = m, .at = &l->at, .in = in };
    nf_actions_begin(&l->actions, m, &l->at, &l->keys, &l->times, in, opt);
    l->found = nf_alloc(c, (l->at.n_value + 1) * sizeof *l->found);
    l->odd = nf_alloc(c, (m->n + 1) * sizeof *l->odd);
    l->pm25 = column_of(m, "air.pm25");
    l->pm10 = column_of(m, "air.pm10");
    return l->found && l->odd ? NF_OK : NF_ENOMEM;
}

/* ---- one record ---- */

static int at_column(nf_ctx *c, int rc, long column) { return rc ? nf_at(c, NULL, 0, column + 1) : NF_OK; }

static int published(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    int k = l->at.one[NF_ROLE_PUBLISHED];
    if (k < 0) return NF_OK;
    if (!r->len[k]) {
        l->published = l->opt->published;
        *l->known_text = 0;
        return NF_OK;
    }
    if (r->len[k] < sizeof l->known_text && !strcmp(l->known_text, r->cell[k])) return NF_OK;
    int rc = nf_known_parse(c, &l->published, r->cell[k]);
    if (rc) return at_column(c, rc, k);
    if (r->len[k] < sizeof l->known_text) memcpy(l->known_text, r->cell[k], r->len[k] + 1);
    return NF_OK;
}

static int status_of(nf_rows_loading *l, nf_ctx *c, const nf_record *r, unsigned *status)
{
    int k = l->at.one[NF_ROLE_STATUS], hidden = l->at.one[NF_ROLE_CONFIDENTIAL];
    /* F: free */
    unsigned confidential = hidden >= 0 && r->len[hidden] && strcmp(r->cell[hidden], "F") ? NF_CONFIDENTIAL : 0;
    *status = 0;
    if (k < 0 || !r->len[k] || nf_status_scan(r->cell[k], status)) return *status |= confidential, NF_OK;
    if (!l->map->exact) return *status = confidential, NF_OK;        /* a word of their own: no flag of ours */
    nf_fail(c, NF_EDATA, "'%.40s' is no status", r->cell[k]);
    return at_column(c, nf_hint(c, "SDMX letters (A B E P U ...) or break, estimated, provisional, ..."), k);
}

/* UNIT_MULT is a power of ten; Open SDG writes it in words. */
static int multiplier(nf_rows_loading *l, nf_ctx *c, const nf_record *r, int *places)
{
    static const struct { const char *word; int places; } words[] = {
        { "units", 0 }, { "tens", 1 }, { "hundreds", 2 }, { "thousands", 3 }, { "millions", 6 }, { "billions", 9 } };
    int k = l->at.one[NF_ROLE_MULTIPLIER];
    double power;
    *places = 0;
    if (k < 0 || !r->len[k]) return NF_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcasecmp(words[i].word, r->cell[k])) return *places = words[i].places, NF_OK;
    if (nf_double_scan(r->cell[k], r->len[k], &power) && fabs(power) <= 12 && power == floor(power))
        return *places = (int)power, NF_OK;
    return at_column(c, nf_fail(c, NF_EDATA, "'%.40s' is no multiplier", r->cell[k]), k);
}

static int not_a_number(nf_ctx *c, const char *cell, const nf_map_column *k)
{
    nf_fail(c, NF_EDATA, "'%.60s' is not a number", cell);
    if (!strncmp(cell, "约", 3) || strpbrk(cell, "~≈"))
        return nf_hint(c, "write the figure alone and say \"about\" in a note or a tolerance");
    return *k->header ? nf_hint(c, "column '%.40s'; --missing '%.20s' if it means missing", k->header, cell)
                      : nf_hint(c, "--missing '%.20s' if it means missing", cell);
}

/* A constraint refuses; what is merely not plausible is counted and said once at the end. */
static int bounds(nf_rows_loading *l, nf_ctx *c, const nf_record *r, uint32_t at, double v)
{
    const nf_map_column *k = &l->map->column[at];
    if (!k->bounded || isnan(v) || (v >= k->lo && v <= k->hi)) return NF_OK;
    if (k->hard)
        return at_column(c, nf_fail(c, NF_EDATA, "'%.40s' is outside %g to %g", r->cell[at], k->lo, k->hi), at);
    if (!l->odd[at].n++) l->odd[at].line = r->line;
    return NF_OK;
}

/* What programs write where nothing was measured. */
static bool of_nines(double v) { return v == -999 || v == -9999 || v == -99999 || v == -999.9 || v == -9999.9; }

/* SDMX-CSV 2: an empty cell of a row that merges says nothing, one of a row that replaces says "none". */
static unsigned unsaid(const nf_rows_loading *l, const nf_record *r, uint32_t value, bool replaces)
{
    int k = l->at.one[NF_ROLE_STATUS], hidden = l->at.one[NF_ROLE_CONFIDENTIAL];
    bool said = (k >= 0 && r->len[k]) || (hidden >= 0 && r->len[hidden]);
    if (!l->map->merges || replaces) return 0;
    return (r->len[value] ? 0 : NF_KEEPS_VALUE) | (said ? 0 : NF_KEEPS_STATUS);
}

/* Nothing of a value is in the record: blanks of a wide table, rows that hold attributes. */
static bool no_observation(const nf_rows_loading *l, const nf_record *r, const found *f, bool replaces)
{
    const nf_map_column *k = &l->map->column[f->column];
    int time = l->at.one[NF_ROLE_TIME];
    if (k->role == NF_ROLE_PERIOD) return !(f->status & NF_STATUS_BITS);
    if (!k->sparse || r->len[f->column]) return false;
    if (!l->map->merges) return !f->status;
    return replaces ? time < 0 || !r->len[time] : (f->status & NF_KEEPS_STATUS) != 0;
}

/* Every value cell of the record; how many there are. */
static int values(nf_rows_loading *l, nf_ctx *c, const nf_record *r, bool replaces, size_t *n)
{
    unsigned status;
    int places, rc = status_of(l, c, r, &status);
    if (!rc) rc = multiplier(l, c, r, &places);
    *n = 0;
    for (size_t i = 0; !rc && i < l->at.n_value; i++) {
        uint32_t at = l->at.value[i];
        const nf_map_column *k = &l->map->column[at];
        found *f = &l->found[*n];
        if (at >= r->n) continue;
        *f = (found){ .column = at, .status = status | unsaid(l, r, at, replaces) };
        nf_scan got = nf_cell_value(l->map, k, r->cell[at], r->len[at], &f->value, &f->status);
        if (got == NF_SCAN_BAD) return at_column(c, not_a_number(c, r->cell[at], k), at);
        if (got == NF_SCAN_MISSING && no_observation(l, r, f, replaces)) continue;
        if (f->status & NF_BELOW_LIMIT && !isnan(f->value) && !l->below++) l->below_line = r->line;
        if (f->value <= -999 && of_nines(f->value) && !l->nines++) l->nines_line = r->line;
        if (places) f->value = nf_shifted(f->value, places);
        if (places && isinf(f->value))
            return at_column(c, nf_fail(c, NF_EDATA, "'%.40s' is too large with its multiplier", r->cell[at]), at);
        if (k->bounded) rc = bounds(l, c, r, at, f->value);
        ++*n;
    }
    return rc;
}

static int put(nf_rows_loading *l, nf_ctx *c, const nf_record *r, size_t n)
{
    nf_period period = { 0, 0, 0 };
    int name = l->at.one[NF_ROLE_NAME];
    bool names = name >= 0 && l->map->column[name].ytd;
    for (size_t i = 0; i < n; i++) {
        const found *f = &l->found[i];
        uint32_t handle;
        double value = f->value;
        const nf_map_column *k = &l->map->column[f->column];
        bool wide = k->role == NF_ROLE_PERIOD;
        int rc = wide || i ? NF_OK : nf_times_of(c, &l->times, r, &period);
        nf_period p = wide ? k->period : period;
        if (wide && !rc) rc = nf_times_in_year(c, &l->times, r, &p);
        if (k->ytd || (names && nf_says_since_january(r->cell[name]))) nf_since_january(&p);
        if (!rc) rc = nf_keys_of(c, &l->keys, r, f->column, p, &handle, &value);
        if (!rc) rc = at_column(c, nf_intake_put(l->in, handle, p, value, f->status, l->published, r->line), f->column);
        if (rc) return rc;
    }
    return NF_OK;
}

/* Particles under 2.5 µm are among those under 10 µm. */
static void compare(nf_rows_loading *l, const nf_record *r, size_t n)
{
    double pm25 = NAN, pm10 = NAN;
    for (size_t i = 0; i < n; i++) {
        if ((int)l->found[i].column == l->pm25) pm25 = l->found[i].value;
        if ((int)l->found[i].column == l->pm10) pm10 = l->found[i].value;
    }
    l->compared += pm25 <= pm10 || pm25 > pm10;
    if (pm25 > pm10 && !l->crossed++) l->crossed_line = r->line;
}

static int record(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    size_t n = 0;
    int action = l->at.one[NF_ROLE_ACTION], rc = published(l, c, r);
    if (!rc) rc = nf_sayings_of(c, &l->sayings, r);
    const char *word = action >= 0 ? r->cell[action] : "";
    if (!rc && *word && (word[1] || !strchr("IAMRD", *word)))
        rc = at_column(c, nf_fail(c, NF_EDATA, "'%.20s' is no action", word), action);
    if (!rc && *word == 'D') return nf_actions_delete(c, &l->actions, r, l->published);
    if (!rc) rc = values(l, c, r, *word == 'R', &n);
    if (!rc && !n && l->map->merges) nf_actions_alone(&l->actions, r);
    if (!rc && l->pm25 >= 0 && l->pm10 >= 0) compare(l, r, n);
    return rc ? rc : put(l, c, r, n);
}

/* The record with "ID: words" cut to "ID" where the mapping says so; in scratch. */
static int unlabelled(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    size_t mark = nf_scratch_mark(c);
    const char **cell = nf_scratch(c, r->n * sizeof *cell);
    uint32_t *len = nf_scratch(c, r->n * sizeof *len);
    if (!cell || !len) return NF_ENOMEM;
    for (size_t i = 0; i < r->n; i++) {
        const char *cut = l->map->column[i].labelled ? strstr(r->cell[i], ": ") : NULL;
        cell[i] = r->cell[i];
        len[i] = cut ? (uint32_t)(cut - r->cell[i]) : r->len[i];
        char *copy = cut ? nf_scratch(c, len[i] + 1u) : NULL;
        if (cut && !copy) return NF_ENOMEM;
        if (cut) {
            memcpy(copy, r->cell[i], len[i]);
            copy[len[i]] = 0;
            cell[i] = copy;
        }
    }
    int rc = record(l, c, &(nf_record){ cell, len, r->n, r->line });
    nf_scratch_rewind(c, mark);
    return rc;
}

/* ---- which records are data ---- */

static size_t filled(const nf_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) n += r->len[i] > 0;
    return n;
}

/* Words in the first column where only a time can be. */
static bool no_time(const nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    nf_period p;
    if (l->at.one[NF_ROLE_TIME] != 0 || l->map->plain_time || (*r->cell[0] >= '0' && *r->cell[0] <= '9')) return false;
    return nf_period_parse(c, &p, r->cell[0], NF_ANY, l->map->order) < 0;
}

/* A note under the table: one cell, in too short a record or where a time should be, or one that says what it is. */
static bool is_footer(const nf_rows_loading *l, nf_ctx *c, const nf_record *r, size_t have)
{
    static const char *const words[] = { "注", "数据来源", "资料来源", "Source", "Note", "来源", "说明" };
    if (!l->map->footer || have != 1 || !r->len[0]) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncmp(r->cell[0], words[i], strlen(words[i]))) return true;
    return r->n < l->map->n ? l->map->n > 2 || strchr(r->cell[0], ':') : no_time(l, c, r);
}

static int wrong_width(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    size_t n = r->n;
    if (!l->map->exact)
        while (n > l->map->n && !r->len[n - 1]) n--;
    if (n == l->map->n) return NF_OK;
    nf_fail(c, NF_EDATA, "%zu cells, the header has %zu", r->n, l->map->n);
    if (r->n == 1 && !strncmp(r->cell[0], "<<<<<<<", 7))
        return nf_hint(c, "marks of a merge conflict are left in the file");
    return n > l->map->n ? nf_hint(c, "a cell that holds the delimiter must be quoted") : NF_EDATA;
}

static int rejected(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    char text[256], why[320];
    size_t n = 0;
    for (size_t i = 0; i < r->n && n + r->len[i] + 1 < sizeof text; i++) {
        if (i) text[n++] = ',';
        memcpy(text + n, r->cell[i], r->len[i]);
        n += r->len[i];
    }
    const nf_diag *d = nf_last(c);
    if (d->col) snprintf(why, sizeof why, "column %ld: %.280s", d->col, d->what);
    else snprintf(why, sizeof why, "%.300s", d->what);
    return nf_intake_reject(l->in, r->line, why, text, n);
}

/* What looked like a note under the table has data behind it. */
static int no_footer(nf_rows_loading *l, nf_ctx *c)
{
    static const char what[] = "a record that is no data, with data behind it";
    long line = l->footer;
    l->footer = 0;
    if (l->opt->skip_bad_rows) return nf_intake_reject(l->in, line, what, l->footer_text, strlen(l->footer_text));
    nf_fail(c, NF_EDATA, "%s", what);
    return nf_at(c, NULL, line, 1);
}

/* Of a simple table nearly all records: as wide as the header, with a plain number. */
static bool is_plain(nf_rows_loading *l, const nf_record *r)
{
    if (!l->simple || r->n != l->map->n || r->line < l->map->data_line || l->footer) return false;
    uint32_t at = l->at.value[0];
    const nf_map_column *k = &l->map->column[at];
    double v;
    if (!nf_double_scan(r->cell[at], r->len[at], &v) || (k->bounded && !(v >= k->lo && v <= k->hi))) return false;
    *l->found = (found){ at, 0, v };
    return true;
}

static int careful(nf_rows_loading *l, nf_ctx *c, const nf_record *r)
{
    if (r->line < l->map->data_line || !r->n || (r->n == 1 && !r->len[0] && l->map->n > 1 && !l->map->exact))
        return NF_OK;
    size_t have = filled(r);
    if (!l->map->exact && !have) return NF_OK;
    if (is_footer(l, c, r, have)) {
        if (!l->footer) snprintf(l->footer_text, sizeof l->footer_text, "%s", r->cell[0]);
        if (!l->footer) l->footer = r->line;
        return NF_OK;
    }
    int rc = wrong_width(l, c, r);
    if (!rc && l->footer) rc = no_footer(l, c);
    const nf_record cut = { r->cell, r->len, l->map->n, r->line };       /* empty cells beyond the header are none */
    return rc ? rc : l->labelled ? unlabelled(l, c, &cut) : record(l, c, &cut);
}

int nf_rows_record(void *loading, nf_ctx *c, const nf_record *r)
{
    nf_rows_loading *l = loading;
    int rc = is_plain(l, r) ? put(l, c, r, 1) : careful(l, c, r);
    return rc == NF_EDATA && l->opt->skip_bad_rows ? rejected(l, c, r) : rc;
}

/* Warnings, never changes: the figures stand as they came. */
int nf_rows_end(nf_ctx *c, nf_rows_loading *l)
{
    nf_actions_end(c, &l->actions, l->file);
    nf_zones_end(c, &l->times.zones, l->file);
    for (size_t i = 0; i < l->map->n; i++) {
        const nf_map_column *k = &l->map->column[i];
        if (l->odd[i].n)
            nf_note(c, l->file, l->odd[i].line, (long)i + 1, "kept as they are; the first is in this line",
                    "%zu value%s of %s outside %g to %g", l->odd[i].n, l->odd[i].n == 1 ? "" : "s",
                    k->title ? k->title : k->header, k->lo, k->hi);
    }
    if (l->below)
        nf_note(c, l->file, l->below_line, 0,
                "trend methods censored-mann-kendall and akritas-theil-sen take them as limits",
                "figures below a limit (<): %zu; the limit is kept as the value, with status below-limit", l->below);
    if (l->nines)
        nf_note(c, l->file, l->nines_line, 0, "kept as they are; --missing -999 if that is what they mean",
                "%zu value%s of nothing but nines below zero (-999)", l->nines, l->nines == 1 ? "" : "s");
    if (l->crossed)
        nf_note(c, l->file, l->crossed_line, 0,
                2 * l->crossed > l->compared ? "are the two columns mislabelled?"
                                             : "kept as they are; the first is in this line",
                "PM2.5 exceeds PM10 in %zu of %zu records", l->crossed, l->compared);
    return NF_OK;
}
