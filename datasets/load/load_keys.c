/* load_keys.c - the series of a value: its key from the record's cells, remembered while they stay the same. */
#include "load_keys.h"
#include "load_times.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

int nf_keys_begin(nf_ctx *c, nf_keys *k, const nf_mapping *m, const nf_roles *at, nf_intake *in)
{
    *k = (nf_keys){ .map = m, .at = at, .in = in, .before = nf_intake_count(in) };
    k->tell = nf_alloc(c, (m->n + 3) * sizeof *k->tell);
    if (!k->tell) return NF_ENOMEM;
    memcpy(k->tell, at->key, at->n_key * sizeof *k->tell);
    k->n_tell = at->n_key;
    if (at->one[NF_ROLE_NAME] >= 0) k->tell[k->n_tell++] = (uint32_t)at->one[NF_ROLE_NAME];
    if (at->one[NF_ROLE_UNIT] >= 0 && m->unit_splits) k->tell[k->n_tell++] = (uint32_t)at->one[NF_ROLE_UNIT];
    if (at->one[NF_ROLE_MEASURE] >= 0) k->tell[k->n_tell++] = (uint32_t)at->one[NF_ROLE_MEASURE];
    k->seen = (nf_seen){ .column = k->tell, .columns = k->n_tell, .most = 1 + NF_KEY_SLOTS / m->n,
                          .each = m->n * sizeof(nf_key_slot) };
    return NF_OK;
}

static int reserve(nf_ctx *c, nf_buffer *b, size_t more)
{
    if (b->n + more <= b->room) return NF_OK;
    b->room = 2 * (b->n + more) + 256;
    b->text = nf_more(c, b->text, b->n, b->room);
    return b->text ? NF_OK : NF_ENOMEM;
}

static int append(nf_ctx *c, nf_buffer *b, const char *s, size_t n)
{
    int rc = reserve(c, b, n + 1);
    if (rc) return rc;
    memcpy(b->text + b->n, s, n);
    b->n += n;
    b->text[b->n] = 0;
    return NF_OK;
}

/* ---- making the key ---- */

/* Export guards cells that a spreadsheet would run with a leading apostrophe: it is taken away again. */
const char *nf_unguarded(const char *s) { return *s == '\'' && nf_runs_in_spreadsheet(s) ? s + 1 : s; }

static int one_cell(nf_ctx *c, nf_keys *k, const nf_record *r, uint32_t at, size_t *parts)
{
    const char *s = nf_unguarded(r->cell[at]), *dimension = k->map->column[at].dimension;
    if (dimension && (!*s || nf_is_missing(k->map->missing, s, strlen(s)))) return NF_OK;
    if (!*s) {
        nf_fail(c, NF_EDATA, "the name of the series is empty");
        return nf_at(c, NULL, 0, (long)at + 1);
    }
    int rc = (*parts)++ ? append(c, &k->key, dimension ? ";" : ".", 1) : k->key.n ? append(c, &k->key, "@", 1) : NF_OK;
    if (!rc && dimension) rc = append(c, &k->key, dimension, strlen(dimension));
    if (!rc && dimension) rc = append(c, &k->key, "=", 1);
    if (!rc) rc = append(c, &k->key, s, strlen(s));
    if (!rc && k->map->column[at].packed)
        for (char *p = k->key.text + k->key.n - strlen(s); *p; p++) *p = *p == ',' ? '.' : *p;
    return rc;
}

/* What stands before the @: without the unit that is glued to it. */
static int append_name(nf_ctx *c, nf_keys *k, const nf_record *r, const char *column)
{
    int at = k->at->one[NF_ROLE_NAME];
    const char *name = at >= 0 && r->len[at] ? nf_unguarded(r->cell[at]) : column ? column : k->map->name;
    char bare[128], unit[48];
    if (name && at >= 0 && k->map->column[at].unit_inside && nf_unit_in_header(name, bare, unit)) name = bare;
    return name ? append(c, &k->key, name, strlen(name)) : NF_OK;
}

/* Where each row has a time of its own, what is left without a name is one series: the table's. So is the total of
 * dimensions that are all blank. */
static bool names_itself(const nf_keys *k)
{
    const int *one = k->at->one;
    bool timed = one[NF_ROLE_TIME] >= 0 || one[NF_ROLE_YEAR] >= 0 || k->map->start.span;
    return timed && k->map->dataset && !k->map->exact;
}

int nf_keys_text(nf_ctx *c, nf_keys *k, const nf_record *r, const char *column)
{
    size_t parts = 0;
    int measure = k->at->one[NF_ROLE_MEASURE];
    bool ytd = measure >= 0 && nf_is_ytd(r->cell[measure]);
    k->key.n = 0;
    int rc = append_name(c, k, r, column);
    for (size_t i = 0; !rc && i < k->at->n_key; i++) rc = one_cell(c, k, r, k->at->key[i], &parts);
    if (!rc && ytd) rc = append(c, &k->key, ":ytd", 4);
    if (!rc && !k->key.n && names_itself(k)) rc = append(c, &k->key, k->map->dataset, strlen(k->map->dataset));
    if (!rc && !k->key.n)
        rc = nf_fail(c, NF_EDATA, "the value has no name"), nf_hint(c, "name its columns with --by or in a --mapping");
    return rc;
}

/* ---- the series ---- */

static const char *cell_of(const nf_keys *k, const nf_record *r, nf_role role, const char *otherwise)
{
    int at = k->at->one[role];
    return at >= 0 && r->len[at] ? nf_unguarded(r->cell[at]) : otherwise;
}

static const char *or(const char *first, const char *second) { return first ? first : second; }

/* "GDP (current US$)": what stands in the last parentheses, known as a unit or not. */
static const char *in_parentheses(const char *s, char room[48])
{
    size_t n = strlen(s);
    const char *open = strrchr(s, '(');
    if (!n || s[n - 1] != ')' || !open || s + n - open > 42) return NULL;
    snprintf(room, 48, "%.*s", (int)(s + n - 2 - open), open + 1);
    return room;
}

/* A unit that stands in a packed key, in a name or title, or in words before parentheses: "Percentage (%)". */
static const char *unit_of(const nf_keys *k, const nf_record *r, const nf_map_column *column, char room[48])
{
    static const nf_role inside[] = { NF_ROLE_NAME, NF_ROLE_TITLE };
    char name[128];
    nf_unit known;
    const char *unit = cell_of(k, r, NF_ROLE_UNIT, NULL);
    if (unit) return !nf_unit_parse(&known, unit) && nf_unit_in_header(unit, name, room) ? room : unit;
    for (size_t i = 0; i < k->at->n_key; i++) {
        const nf_map_column *packed = &k->map->column[k->at->key[i]];
        const char *s = r->cell[k->at->key[i]];
        for (int part = 1; part < packed->unit_part && s; part++) s = strchr(s, ',') ? strchr(s, ',') + 1 : NULL;
        if (!packed->unit_part || !s || strcspn(s, ",") >= 48) continue;
        snprintf(room, 48, "%.*s", (int)strcspn(s, ","), s);
        return room;
    }
    for (size_t i = 0; i < 2; i++) {
        int at = k->at->one[inside[i]];
        if (at < 0 || !k->map->column[at].unit_inside) continue;
        if (nf_unit_in_header(r->cell[at], name, room) || in_parentheses(r->cell[at], room)) return room;
    }
    return or(column->unit, column->percent ? NULL : k->map->unit);
}

static bool is_percent(const char *unit) { return unit && nf_unit_same(unit, "%"); }

static nf_meta meta_of(const nf_keys *k, const nf_record *r, uint32_t at, char room[48])
{
    const nf_mapping *m = k->map;
    const nf_map_column *column = &m->column[at];
    const char *synthetic = cell_of(k, r, NF_ROLE_SYNTHETIC, ""), *unit = unit_of(k, r, column, room);
    if (!unit && (column->percent || (!m->exact && nf_has_percent(r->cell[at], r->len[at])))) unit = "%";
    return (nf_meta){
        .key = k->key.text, .unit = unit,
        .place = cell_of(k, r, NF_ROLE_PLACE, m->place),
        .quantity = cell_of(k, r, NF_ROLE_QUANTITY, or(column->quantity, m->quantity)),
        .title = { cell_of(k, r, NF_ROLE_TITLE, or(column->title, m->title)), cell_of(k, r, NF_ROLE_TITLE_ZH, NULL) },
        .dataset = m->dataset, .source = m->source,
        .licence = cell_of(k, r, NF_ROLE_LICENCE, m->licence),
        .synthetic = !strcasecmp(synthetic, "yes") || !strcasecmp(synthetic, "true") || !strcmp(synthetic, "1")
    };
}

static int unit_room(nf_ctx *c, nf_keys *k, uint32_t handle)
{
    if (handle < k->units) return NF_OK;
    size_t room = 2 * ((size_t)handle + 64);
    k->unit = nf_more(c, k->unit, k->units * sizeof *k->unit, room * sizeof *k->unit);
    k->units = room;
    return k->unit ? NF_OK : NF_ENOMEM;
}

/* The text of the unit in the series' first record. */
static int keep_unit(nf_ctx *c, nf_keys *k, uint32_t handle, const nf_record *r)
{
    int at = k->at->one[NF_ROLE_UNIT], rc = at < 0 ? NF_OK : unit_room(c, k, handle);
    if (rc || at < 0 || k->unit[handle]) return rc;
    k->unit[handle] = nf_strdup(c, r->cell[at]);
    return k->unit[handle] ? NF_OK : NF_ENOMEM;
}

static int other_unit(nf_ctx *c, const char *here, const char *series)
{
    return nf_fail(c, NF_EDATA, "the unit is '%.40s', that of the series '%.40s'", here, series);
}

/* A series that an earlier sheet or resource made keeps the unit it has there. */
static int unit_before(nf_ctx *c, nf_keys *k, const nf_record *r, uint32_t column, uint32_t handle)
{
    char room[48];
    const char *unit;
    int at = k->at->one[NF_ROLE_UNIT], rc = unit_room(c, k, handle);
    if (rc || k->unit[handle]) return rc;
    if ((rc = nf_intake_unit(k->in, handle, &unit))) return rc;
    const char *here = or(unit_of(k, r, &k->map->column[column], room), "");
    bool equal = !strcmp(here, unit);
    if (at < 0 && *here && !equal) {
        other_unit(c, here, unit);
        return nf_at(c, NULL, 0, (long)column + 1);
    }
    k->unit[handle] = at >= 0 && equal ? nf_strdup(c, r->cell[at]) : unit;
    return k->unit[handle] ? NF_OK : NF_ENOMEM;
}

/* A series has one unit: another one of the same dimension is converted, any other refused. */
static int same_unit(nf_ctx *c, const nf_keys *k, const nf_record *r, uint32_t handle, double *value)
{
    int at = k->at->one[NF_ROLE_UNIT];
    if (at < 0 || !strcmp(k->unit[handle], r->cell[at])) return NF_OK;
    if (!nf_unit_convert(c, value, 1, r->cell[at], k->unit[handle])) return NF_OK;
    other_unit(c, r->cell[at], k->unit[handle]);
    return nf_at(c, NULL, 0, at + 1);
}

static int find_or_make(nf_ctx *c, nf_keys *k, const nf_record *r, uint32_t column, nf_period p, uint32_t *handle)
{
    char room[48];
    if (nf_intake_find(k->in, k->key.text, k->key.n, handle))
        return *handle < k->before ? unit_before(c, k, r, column, *handle) : NF_OK;
    nf_meta meta = meta_of(k, r, column, room);
    int rc = nf_intake_series(k->in, &meta, (nf_freq)p.freq, handle);
    return rc ? rc : keep_unit(c, k, *handle, r);
}

static int look_up(nf_ctx *c, nf_keys *k, const nf_record *r, uint32_t column, nf_period p, uint32_t *handle)
{
    double none = 1;
    int rc = nf_keys_text(c, k, r, k->map->column[column].name);
    if (!rc) rc = find_or_make(c, k, r, column, p, handle);
    if (rc || !k->map->unit_splits || !same_unit(c, k, r, *handle, &none)) return rc;
    const char *unit = r->cell[k->at->one[NF_ROLE_UNIT]];
    rc = append(c, &k->key, strchr(k->key.text, '@') ? ";unit=" : "@unit=", 6);
    if (!rc) rc = append(c, &k->key, unit, strlen(unit));
    return rc ? rc : find_or_make(c, k, r, column, p, handle);
}

static nf_percent_signs signs_of(const nf_keys *k, const nf_record *r, uint32_t column, bool first)
{
    char room[48];
    const nf_map_column *at = &k->map->column[column];
    const char *said = unit_of(k, r, at, room);
    if (said) return is_percent(said) ? NF_SOME_SIGNS : NF_NO_SIGNS;
    return first || at->percent ? NF_ALL_SIGNS : NF_NO_SIGNS;
}

static int other_sign(nf_ctx *c, const nf_record *r, uint32_t column, bool sign)
{
    if (sign) nf_fail(c, NF_EDATA, "'%.40s' is a percentage, the series is not", r->cell[column]);
    else nf_fail(c, NF_EDATA, "'%.40s' is no percentage, the series is", r->cell[column]);
    nf_hint(c, "%s", "write a % behind all figures of a series or none, or name it in the header: (%)");
    return nf_at(c, NULL, 0, (long)column + 1);
}

/* 45% and 0.45 in one series are a hundredfold apart. Columns of periods are all of one series. */
static int same_signs(nf_ctx *c, const nf_keys *k, const nf_record *r, uint32_t column)
{
    bool sign = nf_has_percent(r->cell[column], r->len[column]), wide = k->map->column[column].role == NF_ROLE_PERIOD;
    nf_key_slot *slot = (nf_key_slot *)nf_seen_beside(&k->seen) + (wide ? k->at->value[0] : column);
    if (slot->signs == NF_SIGNS_OPEN) slot->signs = (uint8_t)signs_of(k, r, column, sign);
    return slot->signs == NF_SOME_SIGNS || sign == (slot->signs == NF_ALL_SIGNS) ? NF_OK
                                                                                 : other_sign(c, r, column, sign);
}

int nf_keys_of(nf_ctx *c, nf_keys *k, const nf_record *r, uint32_t column, nf_period p, uint32_t *handle, double *value)
{
    int rc = nf_seen_again(&k->seen, r) ? NF_OK : nf_seen_keep(c, &k->seen, r);
    if (rc) return rc;
    nf_key_slot *slot = (nf_key_slot *)nf_seen_beside(&k->seen) + column;
    if (!slot->known) {
        rc = look_up(c, k, r, column, p, &slot->handle);
        slot->known = !rc;
    }
    if (rc) return rc;
    *handle = slot->handle;
    char last = r->len[column] ? r->cell[column][r->len[column] - 1] : '0';
    bool plain = slot->signs == NF_NO_SIGNS && last >= '0' && last <= '9';       /* nearly all are that */
    rc = plain || isnan(*value) ? NF_OK : same_signs(c, k, r, column);
    if (rc) return rc;
    return k->at->one[NF_ROLE_UNIT] < 0 ? NF_OK : same_unit(c, k, r, slot->handle, value);
}
