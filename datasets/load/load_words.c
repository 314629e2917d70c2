/* load_words.c - what a load understood, in plain words, for people who check it before they trust it. */
#include "load.h"
#include <string.h>

static void when(char out[48], nf_period p)
{
    if (p.freq == NF_NUMBER) nf_double_text(out, nf_number_of_period(p));
    else nf_period_text(out, p);
}

static const char *span_of(nf_ctx *c, const nf_receipt *r)
{
    char first[48], last[48];
    if (nf_period_is_empty(r->first)) return "";
    when(first, r->first);
    when(last, r->last);
    return strcmp(first, last) ? nf_format(c, ", %s to %s", first, last) : nf_format(c, ", %s", first);
}

/* The units of the columns, each once. */
static const char *units_of(nf_ctx *c, const nf_mapping *m)
{
    const char *all = m->unit ? m->unit : "";
    for (size_t i = 0; i < m->n && strlen(all) < 200; i++) {
        const nf_map_column *k = &m->column[i];
        if ((k->role != NF_ROLE_VALUE && k->role != NF_ROLE_PERIOD) || !k->unit || !*k->unit || strstr(all, k->unit))
            continue;
        all = nf_format(c, "%s%s%s", all, *all ? ", " : "", k->unit);
        if (!all) return NULL;
    }
    return all;
}

int nf_receipt_words(nf_ctx *c, nf_receipt *r, const nf_mapping *m)
{
    const char *span = span_of(c, r), *units = units_of(c, m);
    if (!span || !units) return NF_ENOMEM;
    const char *by_row = nf_mapping_count(m, NF_ROLE_UNIT) ? "unit from its column" : NULL;
    const char *unit = by_row ? by_row : *units ? nf_format(c, "unit %s", units) : "no unit";
    const char *words = m->words ? nf_format(c, "; %s", m->words) : "";
    if (!unit || !words) return NF_ENOMEM;
    r->units = units;
    r->understood.en = nf_format(c, "%zu series%s; %s%s", r->series, span, unit, words);
    r->understood.zh = nf_format(c, "%zu个序列%s；%s%s", r->series, span,
                                 by_row ? "单位取自列" : *units ? unit : "未注明单位", words);
    return r->understood.en && r->understood.zh ? NF_OK : NF_ENOMEM;
}
