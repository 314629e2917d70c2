/* loader_sdmx_csv.c - SDMX-CSV 1.0, 2.0, 2.1: dimensions make the key, known attributes are read, others left alone. */
#include "table_roles.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* A header term: "DIM_1", "DIM_1: Dimension 1" (labels=both), "ATTR[]", "STRUCTURE[;]". Its identifier is the name. */
static const char *identifier(nf_ctx *c, const char *term)
{
    return nf_strndup(c, term, strcspn(term, ":["));
}

/* An identifier has no small letters; labels=name gives the name of the term before in a column of its own. */
static bool is_label(const char *term)
{
    for (const char *s = term; *s && *s != ':' && *s != '['; s++)
        if (islower((unsigned char)*s) || *s == ' ') return true;
    return !*term;
}

static nf_role role_of(const char *id)
{
    static const char attributes[] =
        "DECIMALS|"
        "TIME_FORMAT|TITLE|TITLE_COMPL|UNIT|BASE_PER|REF_PERIOD|COMMENT_OBS|COMMENT_TS|OBS_PRE_BREAK|COLLECTION|AVAILABILITY|"
        "COMPILING_ORG|DISS_ORG|SOURCE_AGENCY|BREAKS|COVERAGE|CONTACT|OBS_COM|PRE_BREAK_VALUE";
    if (nf_word_in(id, "TIME_PERIOD")) return NF_ROLE_TIME;
    if (nf_word_in(id, "OBS_VALUE")) return NF_ROLE_VALUE;
    if (nf_word_in(id, "ACTION")) return NF_ROLE_ACTION;
    if (nf_word_in(id, "OBS_STATUS|OBS_FLAG")) return NF_ROLE_STATUS;
    if (nf_word_in(id, "CONF_STATUS")) return NF_ROLE_CONFIDENTIAL;
    if (nf_word_in(id, "PUBLISHED")) return NF_ROLE_PUBLISHED;
    if (nf_word_in(id, "PUBLISHER")) return NF_ROLE_SOURCE;
    if (nf_word_in(id, "DOCUMENT")) return NF_ROLE_DOCUMENT;
    if (nf_word_in(id, "UNIT_MULT")) return NF_ROLE_MULTIPLIER;
    if (nf_word_in(id, "UNIT_MEASURE")) return NF_ROLE_UNIT;
    if (nf_word_in(id, "STRUCTURE|STRUCTURE_NAME|LAST UPDATE|SERIES_KEY|OBS_KEY|UPDATED")) return NF_ROLE_IGNORE;
    if (nf_word_in(id, "STRUCTURE_ID|DATAFLOW")) return NF_ROLE_STRUCTURE;
    return nf_word_in(id, attributes) || !strncasecmp(id, "ATTR", 4) || strchr(id, '.') ? NF_ROLE_ATTRIBUTE
                                                                                        : NF_ROLE_KEY;
}

/* Without TIME_PERIOD the last dimension whose cells are all periods is the time: a cube may call it anything. */
static void find_time(nf_mapping *m, const nf_peek *p)
{
    for (size_t i = p->width; !nf_mapping_column(m, NF_ROLE_TIME) && i-- > 0; ) {
        if (m->column[i].role != NF_ROLE_KEY || !p->facts[i].cells) continue;
        bool dates = true;
        for (size_t k = p->data; k < p->n; k++) {
            nf_period q;
            const char *s = i < p->row[k].n ? p->row[k].cell[i] : "";
            dates &= !*s || nf_period_scan(&q, s, strcspn(s, ":"), NF_ORDER_UNKNOWN);
        }
        if (dates) m->column[i].role = NF_ROLE_TIME;
    }
}

static void find_values(nf_mapping *m, const char *const *id)
{
    if (nf_mapping_column(m, NF_ROLE_VALUE)) return;
    for (size_t i = 0; i < m->n; i++) {
        if (strncasecmp(id[i], "OBS_VALUE", 9) && strncasecmp(id[i], "MEAS", 4)) continue;
        m->column[i].role = NF_ROLE_VALUE;
        m->column[i].name = id[i];
    }
}

/* SERIES_KEY has the dimensions in the order of the structure, whatever the order of the columns. */
static void use_series_key(nf_mapping *m, const nf_peek *p)
{
    int key = nf_peek_column(p, "SERIES_KEY");
    if (key < 0) return;
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == NF_ROLE_KEY) m->column[i].role = NF_ROLE_IGNORE;
    m->column[key].role = NF_ROLE_KEY;
}

/* The dataset is the structure that the first row names: "ESTAT:NA_MAIN(1.6.0)". */
static int name_dataset(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    const nf_map_column *k = nf_mapping_column(m, NF_ROLE_STRUCTURE);
    size_t at = k ? (size_t)(k - m->column) : 0;
    if (!k || p->data >= p->n || at >= p->row[p->data].n || !p->row[p->data].len[at]) return NF_OK;
    const char *cell = p->row[p->data].cell[at], *words = strstr(cell, ": ");
    m->dataset = nf_strndup(c, cell, words ? (size_t)(words - cell) : strlen(cell));
    return m->dataset ? NF_OK : NF_ENOMEM;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    const char *first = p->name[0];
    bool two = !strncmp(first, "STRUCTURE", 9) && (!first[9] || first[9] == '[');
    if ((!two && strcmp(first, "DATAFLOW")) || p->header == p->data) return 0;
    const char **id = nf_alloc(c, p->width * sizeof *id);
    if (!id) return NF_ENOMEM;
    bool labels = two && nf_peek_column(p, "STRUCTURE_NAME") >= 0;
    for (size_t i = 0; i < p->width; i++) {
        id[i] = identifier(c, p->name[i]);
        if (!id[i]) return NF_ENOMEM;
        m->column[i].role = (i && labels && is_label(p->name[i])) ? NF_ROLE_IGNORE : role_of(id[i]);
        if (i && m->column[i].role == NF_ROLE_KEY && strchr(p->name[i], '[')) m->column[i].role = NF_ROLE_ATTRIBUTE;
        m->column[i].labelled = strstr(p->name[i], ": ") != NULL;
        m->column[i].missing = "NaN,#N/A";
        m->column[i].sparse = true;
    }
    m->merges = two;
    find_values(m, id);
    find_time(m, p);
    use_series_key(m, p);
    if (name_dataset(c, m, p)) return NF_ENOMEM;
    m->words = (nf_text){ "dimensions make the key", "各维度组成序列名" };
    return 99;
}

const nf_loader nf_loader_sdmx_csv = {
    .row = { .name = "sdmx-csv",
             .title = { "SDMX-CSV 1.0, 2.0, 2.1", "SDMX-CSV 1.0、2.0、2.1" },
             .use = "first term STRUCTURE or DATAFLOW; TIME_PERIOD, OBS_VALUE, OBS_STATUS, UNIT_MULT, UNIT_MEASURE, "
                    "ACTION (I A M R D in the order of the rows, D also by wildcard); labels=both and labels=name; "
                    "dimensions make the key",
             .cite = "SDMX Technical Working Group, SDMX-CSV data message guide 2.1" },
    .bid = bid
};
