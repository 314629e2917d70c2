/* option_rows.c - options as rows: those of every call and of a selection; how they are shown; which a row takes. */
#include "app.h"
#include <string.h>

static const nf_field global_fields[] = {
    NF_WORD_OPTION("store",
        "figures in FILE (or $NINEFOLD_STORE, ninefold.db)",
        "数据在 FILE（或 $NINEFOLD_STORE，ninefold.db）"),
    NF_WORD_OPTION("plan",
        "use the plan in folder DIR or the shipped one of that name, not the store's",
        "使用文件夹 DIR 中的计划（或同名的自带计划），而不是库里的计划"),
    NF_WORD_OPTION("as-of",
        "as published by DATE, which is today for deadlines",
        "以 DATE 当日已公布的内容为准，也作为判断期限的“今天”"),
    NF_WORD_OPTION("format",
        "as FORMAT: text csv json jsonl md html tex xlsx",
        "格式 FORMAT：text csv json jsonl md html tex xlsx"),
    NF_WORD_OPTION("lang",
        "in LANG: en or zh (default: the locale's)",
        "语言 LANG：en 或 zh（默认取自系统区域设置）"),
    NF_FLAG_OPTION("help", "show this help", "显示帮助"),
    NF_FLAG_OPTION("version", "show the version", "显示版本"),
    { 0 }
};
const nf_row nf_global_row = { .name = "ninefold", .opt = global_fields };

static const nf_field pick_fields[] = {
    NF_WORD_OPTION("where",
        "only series with KEY=VALUE; KEY: place quantity dataset unit",
        "只选 KEY=VALUE 的序列；KEY：place quantity dataset unit"),
    NF_WORD_OPTION("from",
        "from PERIOD on",
        "自 PERIOD 起"),
    NF_WORD_OPTION("to",
        "up to and including PERIOD",
        "至 PERIOD 止（含）"),
    NF_WORD_OPTION("aggregate",
        "to longer periods: FREQ:STAT:CAPTURE, as month:mean:75%",
        "汇总到更长的周期：FREQ:STAT:CAPTURE，如 month:mean:75%"),
    NF_WORD_OPTION("seasons",
        "one series per season: NAME=FROM-TO,... as wet=5-11,dry=12-4",
        "按季节分开：NAME=FROM-TO,… 如 wet=5-11,dry=12-4"),
    { 0 }
};
const nf_row nf_pick_row = { .name = "selection", .opt = pick_fields };

static const struct { char letter; const char *name; } letters[] = {
    { 's', "store" }, { 'o', "output" }, { 'j', "jobs" }, { 'h', "help" } };
enum { LETTERS = sizeof letters / sizeof *letters };

char nf_option_letter(const char *name)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (!strcmp(letters[i].name, name)) return letters[i].letter;
    return 0;
}

const char *nf_option_of_letter(char letter)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (letters[i].letter == letter) return letters[i].name;
    return NULL;
}

/* The first run of capitals in the title: "KEY=VALUE", "DIR", "N". */
static size_t capitals(const char *s, const char **at)
{
    static const char more[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=:|%-,";
    for (const char *p = s; *p; p += strcspn(p, " ") + (p[strcspn(p, " ")] != 0)) {
        size_t n = strspn(p, more);
        while (n && strchr(":-,", p[n - 1])) n--;
        if (n && *p >= 'A' && *p <= 'Z' && strchr(" ,;:.)", p[n])) return *at = p, n;
    }
    return 0;
}

static const char *joined(nf_ctx *c, const char *const *word, char by)
{
    char *all = nf_strdup(c, word[0] ? word[0] : "");
    for (size_t i = 1; all && word[0] && word[i]; i++) all = nf_format(c, "%s%c%s", all, by, word[i]);
    return all;
}

const char *nf_option_operand(nf_ctx *c, const nf_field *f)
{
    const char *at;
    if (f->type == NF_FLAG) return "";
    if (f->choices) return joined(c, f->choices, '|');
    size_t n = f->title.en ? capitals(f->title.en, &at) : 0;
    if (n) return nf_strndup(c, at, n);
    return f->type == NF_F64 ? "NUMBER" : f->type == NF_I64 ? "N" : f->type == NF_TIME ? "PERIOD" : "TEXT";
}

const nf_field *nf_option_declared(const nf_field *f, const char *name)
{
    for (; f && f->type != NF_END; f++)
        if (!strcmp(f->name, name)) return f;
    return NULL;
}

/* ---- options that belong to a registry's rows ---- */

int nf_passed_options(nf_ctx *c, nf_value **out, const nf_row *row, const char *const *passed)
{
    size_t n = 0;
    while (passed && passed[n]) n += 2;
    const char **known = nf_alloc(c, (n + 1) * sizeof *known);
    if (!known) return NF_ENOMEM;
    size_t kept = 0;
    for (size_t i = 0; i < n; i += 2)
        if (nf_option_declared(row->opt, passed[i])) {
            known[kept++] = passed[i];
            known[kept++] = passed[i + 1];
        }
    return nf_options(c, out, row, known);
}

int nf_passed_used(nf_ctx *c, const nf_row *const *rows, size_t n, const char *const *passed, const char *kind)
{
    for (; passed && *passed; passed += 2) {
        bool used = false;
        for (size_t i = 0; i < n; i++) used = used || nf_option_declared(rows[i]->opt, *passed);
        if (!used) return nf_fail(c, NF_EINVAL, "no %s that was asked for has an option '--%s'", kind, *passed);
    }
    return NF_OK;
}

int nf_names_split(nf_ctx *c, const char *list, const char ***out, size_t *n)
{
    size_t room = 1;
    for (const char *p = list; *p; p++) room += *p == ',';
    const char **name = nf_alloc(c, (room + 1) * sizeof *name);
    if (!name) return NF_ENOMEM;
    *n = 0;
    for (const char *p = list; *n < room; p += strcspn(p, ",") + 1) {
        if (!(name[*n] = nf_strndup(c, p, strcspn(p, ",")))) return NF_ENOMEM;
        if (!*name[(*n)++]) return nf_fail(c, NF_EINVAL, "an empty name in the list '%s'", list);
    }
    *out = name;
    return NF_OK;
}
