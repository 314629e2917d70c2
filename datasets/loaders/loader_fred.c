/* loader_fred.c - the Federal Reserve: FRED's two columns, and the Board's six header rows. */
#include "table_roles.h"
#include <ctype.h>
#include <string.h>

/* ---- FRED: DATE,INDPRO ---- */

static bool is_code(const char *s)
{
    size_t capitals = 0, n = strlen(s);
    for (; *s; s++) {
        if (!isalnum((unsigned char)*s) && *s != '_') return false;
        capitals += isupper((unsigned char)*s) || isdigit((unsigned char)*s) || *s == '_';
    }
    return n && capitals == n;
}

static int bid_fred(nf_mapping *m, const nf_peek *p)
{
    if (p->width < 2 || p->header == p->data || !nf_header_is(p, 0, "DATE|observation_date")) return 0;
    for (size_t i = 1; i < p->width; i++)
        if (!is_code(p->name[i]) || !nf_holds_numbers(&p->facts[i])) return 0;
    m->column[0].role = NF_ROLE_TIME;
    for (size_t i = 1; i < p->width; i++) {
        m->column[i].role = NF_ROLE_VALUE;
        m->column[i].name = m->column[i].title = p->name[i];
        m->column[i].missing = ".";
    }
    m->source = "FRED";
    nf_map_coarse(m, p);
    return 85;
}

/* ---- the Board's Data Download Program ---- */

static const nf_record *labelled(const nf_peek *p, const char *label)
{
    for (size_t i = 0; i < p->n && i < 8; i++)
        if (!strncmp(p->row[i].cell[0], label, strlen(label)) && p->row[i].n >= p->width) return &p->row[i];
    return NULL;
}

static const char *unit_of(const char *words)
{
    return !strncmp(words, "Percent", 7) ? "%" : !strncmp(words, "Index", 5) ? "index" : words;
}

static int bid_board(nf_mapping *m, const nf_peek *p)
{
    const nf_record *names = labelled(p, "Time Period"), *units = labelled(p, "Unit:"),
        *title = labelled(p, "Series Description");
    const nf_record *multiplier = labelled(p, "Multiplier:");
    if (!names || !units || !title) return 0;
    size_t data = (size_t)(names - p->row) + 1;
    m->data_line = data < p->n ? p->row[data].line : names->line + 1;
    m->column[0].role = NF_ROLE_TIME;
    for (size_t i = 1; i < p->width; i++) {
        double factor = 1;
        if (multiplier && !nf_double_scan(multiplier->cell[i], multiplier->len[i], &factor)) factor = 1;
        m->column[i] = (nf_map_column){ .role = NF_ROLE_VALUE, .header = p->name[i], .name = names->cell[i],
                                        .title = title->cell[i],
                                        .unit = unit_of(units->cell[i]), .factor = factor == 1 ? 0 : factor };
    }
    m->source = "Board of Governors of the Federal Reserve System";
    m->words = (nf_text){ "names, units and multipliers from six header rows", "名称、单位和倍数取自六行表头" };
    return 97;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    (void)c;
    int won = bid_board(m, p);
    return won ? won : bid_fred(m, p);
}

const nf_loader nf_loader_fred = {
    .row = { .name = "fred", .title = { "Federal Reserve: FRED, Data Download Program", "美联储 FRED 与数据下载" },
             .use = "DATE beside codes in capitals (first days of months, quarters or years stand for them), or the "
                    "Board's table "
                    "with six header rows; ND is missing" },
    .bid = bid
};
