/* mapping.c - mappings as values: the words of the roles, finding columns, starting from a peek. */
#include "mapping.h"
#include <string.h>
#include <strings.h>

const char *nf_column_role_name(nf_role role)
{
    static const char *const name[NF_ROLES] = {
        [NF_ROLE_IGNORE] = "ignore", [NF_ROLE_NAME] = "name", [NF_ROLE_KEY] = "key",
        [NF_ROLE_VALUE] = "value", [NF_ROLE_PERIOD] = "period",
        [NF_ROLE_TIME] = "time", [NF_ROLE_YEAR] = "year", [NF_ROLE_QUARTER] = "quarter", [NF_ROLE_MONTH] = "month",
        [NF_ROLE_DAY] = "day", [NF_ROLE_HOUR] = "hour", [NF_ROLE_MINUTE] = "minute", [NF_ROLE_UNIT] = "unit",
        [NF_ROLE_MULTIPLIER] = "multiplier", [NF_ROLE_STATUS] = "status", [NF_ROLE_PUBLISHED] = "published",
        [NF_ROLE_MEASURE] = "measure", [NF_ROLE_ACTION] = "action", [NF_ROLE_PLACE] = "place",
        [NF_ROLE_QUANTITY] = "quantity", [NF_ROLE_TITLE] = "title", [NF_ROLE_TITLE_ZH] = "title_zh",
        [NF_ROLE_SOURCE] = "source", [NF_ROLE_DOCUMENT] = "document",
        [NF_ROLE_LICENCE] = "licence", [NF_ROLE_SYNTHETIC] = "synthetic",
        [NF_ROLE_ATTRIBUTE] = "attribute", [NF_ROLE_STRUCTURE] = "structure",
        [NF_ROLE_CONFIDENTIAL] = "confidential"
    };
    return name[role];
}

bool nf_word_in(const char *word, const char *list)
{
    size_t have = strlen(word);
    for (const char *s = list; *s; ) {
        size_t n = strcspn(s, "|");
        if (n == have && !strncasecmp(s, word, n)) return true;
        s += n + (s[n] == '|');
    }
    return false;
}

nf_map_column *nf_mapping_column(nf_mapping *m, nf_role role)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == role) return &m->column[i];
    return NULL;
}

size_t nf_mapping_count(const nf_mapping *m, nf_role role)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) n += m->column[i].role == role;
    return n;
}

int nf_mapping_start(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    *m = (nf_mapping){ .delimiter = p->delimiter, .decimal = p->decimal, .exact = p->exact, .freq = NF_ANY,
                       .order = p->order, .n = p->width };
    m->missing = p->exact ? nf_missing_strict : nf_missing_default;
    m->footer = !p->exact;
    m->data_line = p->data < p->n ? p->row[p->data].line : p->row[p->n - 1].line + 1;
    m->column = nf_alloc(c, (p->width + 1) * sizeof *m->column);
    if (!m->column) return NF_ENOMEM;
    for (size_t i = 0; i < p->width; i++) m->column[i] = (nf_map_column){ .header = p->name[i] };
    return NF_OK;
}
