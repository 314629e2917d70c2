/* table_family.c - loaders that are a table: columns of one family, known by their names. */
#include "table_roles.h"
#include <stdio.h>
#include <string.h>

static const nf_family_column *known(const nf_family *f, const nf_peek *p, size_t i)
{
    for (const nf_family_column *k = f->column; k->headers; k++)
        if (nf_header_is(p, i, k->headers)) return k;
    return NULL;
}

static const char *unit_of(const nf_family *f, const nf_family_column *k, const nf_peek *p, size_t i)
{
    bool sure = k->sure || (f->witness && nf_peek_column(p, f->witness) >= 0);
    if (!sure) return NULL;
    return k->unit_over && p->facts[i].hi > k->over ? k->unit_over : k->unit;
}

static size_t columns(nf_ctx *c, nf_mapping *m, const nf_peek *p, const nf_family *f)
{
    size_t hits = 0;
    char name[128], unit[48];
    for (size_t i = 0; i < p->width; i++) {
        nf_map_column *to = &m->column[i];
        const nf_family_column *k = known(f, p, i);
        const char *stated = NULL;
        if (!k && nf_unit_in_header(p->name[i], name, unit)) {    /* "PM2.5 (µg/m³)" */
            nf_peek bare = *p;
            const char *one = name;
            bare.name = &one;
            k = known(f, &bare, 0);
            stated = k ? nf_strdup(c, unit) : NULL;
        }
        if (!k || to->role != NF_ROLE_IGNORE || !nf_holds_numbers(&p->facts[i]) || nf_is_counter(p, i))
            continue;
        *to = (nf_map_column){ .role = NF_ROLE_VALUE, .header = to->header, .name = k->name, .quantity = k->quantity,
                               .unit = stated ? stated : unit_of(f, k, p, i), .title = p->name[i] };
        hits++;
    }
    return hits;
}

int nf_family_bid(nf_ctx *c, nf_mapping *m, const nf_peek *p, const nf_family *f)
{
    if (!nf_map_time(c, m, p)) return 0;
    size_t hits = columns(c, m, p, f);
    if (hits < f->least) return 0;
    for (const char *s = f->places; *s; s += strcspn(s, "|") + (s[strcspn(s, "|")] == '|')) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(s, "|"), s);
        int place = nf_peek_column(p, name);
        if (place < 0 || m->column[place].role != NF_ROLE_IGNORE) continue;
        m->column[place].role = NF_ROLE_KEY;
        break;
    }
    nf_map_extras(m, p);
    return 70 + (hits < 10 ? 2 * (int)hits : 20);
}
