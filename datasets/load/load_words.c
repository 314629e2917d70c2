/* load_words.c - what a load understood, in plain words, for people who check it before they trust it. */
#include "load.h"
#include <string.h>

static void when(char out[48], nf_period p)
{
    if (p.freq == NF_NUMBER) nf_double_text(out, nf_number_of_period(p));
    else nf_period_text(out, p);
}

typedef struct { nf_ctx *c; const char *en, *zh; } saying;      /* NULL: out of memory */

static void say(saying *s, const char *en, const char *zh, const char *what)
{
    if (s->en) s->en = nf_format(s->c, en, s->en, what);
    if (s->zh) s->zh = nf_format(s->c, zh, s->zh, what);
}

static void say_span(saying *s, const nf_receipt *r)
{
    char first[48], last[48];
    if (nf_period_is_empty(r->first)) return;
    when(first, r->first);
    when(last, r->last);
    say(s, "%s, %s", "%s，%s", first);
    if (strcmp(first, last)) say(s, "%s to %s", "%s至%s", last);
}

static bool is_listed(const char *list, const char *unit)
{
    size_t n = strlen(unit);
    for (const char *s = list; (s = strstr(s, unit)) != NULL; s += n)
        if ((s == list || s[-1] == ' ') && (!s[n] || s[n] == ',')) return true;
    return false;
}

/* The units of the columns, each once. */
static const char *units_of(nf_ctx *c, const nf_mapping *m)
{
    const char *all = m->unit ? m->unit : "";
    for (size_t i = 0; i < m->n && strlen(all) < 200; i++) {
        const nf_map_column *k = &m->column[i];
        const char *unit = k->unit ? k->unit : k->percent ? "%" : "";
        if ((k->role != NF_ROLE_VALUE && k->role != NF_ROLE_PERIOD) || !*unit || is_listed(all, unit)) continue;
        all = nf_format(c, "%s%s%s", all, *all ? ", " : "", unit);
        if (!all) return NULL;
    }
    return all;
}

static void say_units(saying *s, const nf_mapping *m, const char *units)
{
    bool inside = false;
    for (size_t i = 0; i < m->n; i++) inside |= m->column[i].unit_inside || m->column[i].unit_part;
    if (nf_mapping_count(m, NF_ROLE_UNIT)) say(s, "%s; unit from its column", "%s；单位取自列", NULL);
    else if (*units) say(s, "%s; unit %s", "%s；单位%s", units);
    else if (inside) say(s, "%s; units from the names", "%s；单位取自名称", NULL);
    else say(s, "%s; no unit", "%s；未注明单位", NULL);
}

/* What was told from the cells, and might have been meant otherwise. */
static void say_guesses(saying *s, const nf_mapping *m)
{
    bool sums = false;
    for (size_t i = 0; i < m->n; i++) sums |= m->column[i].ytd && m->column[i].role == NF_ROLE_VALUE;
    if (m->decimal == ',') say(s, "%s; commas before decimals", "%s；逗号为小数点", NULL);
    if (m->order == NF_ORDER_DMY) say(s, "%s; day before month", "%s；日在月前", NULL);
    if (m->order == NF_ORDER_MDY) say(s, "%s; month before day", "%s；月在日前", NULL);
    if (m->hour_end) say(s, "%s; hours labelled by their end", "%s；小时以末尾标注", NULL);
    if (sums) say(s, "%s; sums since January", "%s；自1月起累计", NULL);
}

int nf_receipt_words(nf_ctx *c, nf_receipt *r, const nf_mapping *m)
{
    const char *units = units_of(c, m);
    saying s = { c, nf_format(c, "%zu series", r->series), nf_format(c, "%zu个序列", r->series) };
    if (!units) return NF_ENOMEM;
    say_span(&s, r);
    say_units(&s, m, units);
    if (m->words.en && s.en) s.en = nf_format(c, "%s; %s", s.en, m->words.en);
    if (m->words.en && s.zh) s.zh = nf_format(c, "%s；%s", s.zh, m->words.zh);
    say_guesses(&s, m);
    if (m->left_out) say(&s, "%s; left out: %s", "%s；未读入：%s", m->left_out);
    r->units = units;
    r->understood = (nf_text){ s.en, s.zh };
    return s.en && s.zh ? NF_OK : NF_ENOMEM;
}
