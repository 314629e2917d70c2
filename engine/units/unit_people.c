/* unit_people.c - units and amounts as people write them, in English or Chinese, never both. */
#include "unit_words.h"
#include "table.h"
#include <math.h>
#include <string.h>

/* Longest spellings first: 千亿 is no 千. */
static const nf_unit_label multiples[] = {
    { "万亿|trillion ", "trillion ", "万亿" }, { "千亿|100 billion ", "100 billion ", "千亿" },
    { "十亿|billion ", "billion ", "十亿" }, { "亿|100 million ", "100 million ", "亿" },
    { "千万|10 million ", "10 million ", "千万" }, { "百万|million ", "million ", "百万" },
    { "十万|100,000 |100000 ", "100,000 ", "十万" }, { "万|10,000 |10000 ", "10,000 ", "万" },
    { "千|1,000 |1000 |thousand ", "1,000 ", "千" }, { "百|100 ", "100 ", "百" }, { 0 }
};

static bool spelled(const char *spellings, const char *s)
{
    size_t n = strlen(s);
    for (const char *at = spellings; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (!strncmp(at, s, n) && (at[n] == '|' || !at[n])) return true;
    return false;
}

static const nf_unit_label *label_of(const char *s)
{
    const nf_unit_label *l = nf_unit_labels;
    while (l->spellings && !spelled(l->spellings, s)) l++;
    return l->spellings ? l : NULL;
}

/* The length of the spelling that s begins with; 0: none. */
static size_t begins(const char *s, const char *spellings)
{
    for (const char *at = spellings; *at;) {
        size_t n = strcspn(at, "|");
        if (!strncmp(s, at, n)) return n;
        at += n + (at[n] == '|');
    }
    return 0;
}

/* A unit without "/", with or without a multiple before it; NULL: none that is known. */
static const char *simple(nf_ctx *c, const char *s, bool zh)
{
    const nf_unit_label *l = label_of(s);
    if (l) return zh ? l->zh : l->en;
    for (const nf_unit_label *m = multiples; m->spellings; m++) {
        size_t n = begins(s, m->spellings);
        if (n && (l = label_of(s + n))) return nf_format(c, "%s%s", zh ? m->zh : m->en, zh ? l->zh : l->en);
    }
    return NULL;
}

/* "people" is "person"; symbols and "10,000 people" stay. */
static const char *singular(nf_ctx *c, const char *name)
{
    size_t n = strlen(name);
    if (!strcmp(name, "people")) return "person";
    if (n < 4 || name[n - 1] != 's' || (name[0] >= '0' && name[0] <= '9')) return name;
    if (n > 9 && !strcmp(name + n - 9, "companies")) return nf_format(c, "%.*sy", (int)n - 3, name);
    return nf_format(c, "%.*s", (int)n - 1, name);
}

static const char *quotient(nf_ctx *c, const char *over, const char *under, bool zh)
{
    enum { SYMBOL = 4 };                         /* bytes of "km²": what is no longer is a symbol, not a word */
    if (zh || (strlen(over) <= SYMBOL && strlen(under) <= SYMBOL)) return nf_format(c, "%s/%s", over, under);
    return nf_format(c, "%s per %s", over, singular(c, under));
}

const char *nf_unit_for_people(nf_ctx *c, const char *unit, const char *lang)
{
    char s[NF_UNIT_ROOM];
    bool zh = lang && !strncmp(lang, "zh", 2);
    if (!unit || !nf_unit_tidy(s, unit)) return unit ? unit : "";
    const char *name = simple(c, s, zh);
    char *slash = strchr(s, '/');
    if (name || !slash) return name ? name : unit;
    *slash = 0;
    const char *over = simple(c, s, zh), *under = simple(c, slash + 1, zh);
    name = over && under && *over && *under ? quotient(c, over, under, zh) : NULL;
    return name ? name : unit;
}

/* ---- amounts ---- */

/* What follows the number that an English unit begins with: "10,000 people" is 1e4 and "people". */
static const char *counted(const char *name, double *by)
{
    double n = 0;
    const char *p = name;
    for (; (*p >= '0' && *p <= '9') || *p == ','; p++)
        if (*p != ',') n = 10 * n + (*p - '0');
    if (p == name || *p != ' ') return name;
    *by = n;
    if (!strncmp(++p, "million ", 8)) return *by = 1e6 * n, p + 8;
    if (!strncmp(p, "billion ", 8)) return *by = 1e9 * n, p + 8;
    return p;
}

static const char *english(nf_ctx *c, double v, const char *unit, int digits)
{
    static const struct { double from, size; const char *word; } large[] = {       /* near a trillion, billions go on */
        { 1e13, 1e12, "trillion " }, { 1e9, 1e9, "billion " }, { 1e6, 1e6, "million " }, { 0, 1, "" } };
    char text[48];
    double by = 1;
    size_t k = sizeof large / sizeof *large - 1;
    const char *name = counted(nf_unit_for_people(c, unit, "en"), &by);
    if (by > 1)
        for (k = 0; large[k].size > 1 && !(fabs(v) * by >= large[k].from); k++) continue;
    nf_double_for_people(text, by > large[k].size ? v * (by / large[k].size) : v / (large[k].size / by), digits);
    bool one = !strcmp(text, "1") && !*large[k].word;
    return nf_format(c, "%s %s%s", text, large[k].word, one ? singular(c, name) : name);
}

nf_text nf_amount_for_people(nf_ctx *c, double v, const char *unit, int digits)
{
    char text[48];
    nf_double_for_people(text, v, digits);
    if (!unit || !*unit || !strcmp(unit, "1")) return (nf_text){ nf_strdup(c, text), nf_strdup(c, text) };
    return (nf_text){ english(c, v, unit, digits), nf_format(c, "%s%s", text, nf_unit_for_people(c, unit, "zh")) };
}
