/* command_line.c - the command line read against one table: the command's fields, the selection's, the global ones. */
#include "app.h"
#include <string.h>

static const nf_field global_fields[] = {
    NF_WORD_OPTION("store",
        "the figures are kept in FILE (ninefold.db, or $NINEFOLD_STORE)",
        "数据保存在 FILE（默认 ninefold.db，或 $NINEFOLD_STORE）"),
    NF_WORD_OPTION("plan",
        "use the plan in folder DIR or the shipped one of that name, not the store's",
        "使用文件夹 DIR 中的计划（或同名的自带计划），而不是库里的计划"),
    NF_WORD_OPTION("as-of",
        "what had been published by DATE; also today for deadlines",
        "以 DATE 当日已公布的内容为准，也作为判断期限的“今天”"),
    NF_WORD_OPTION("format",
        "print as FORMAT: text csv json jsonl md html tex xlsx",
        "输出格式 FORMAT：text csv json jsonl md html tex xlsx"),
    NF_WORD_OPTION("lang",
        "the language LANG: en or zh (default from the locale)",
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

static const char *name_of_letter(char letter)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (letters[i].letter == letter) return letters[i].name;
    return NULL;
}

/* The first run of capitals in the title: "KEY=VALUE", "DIR", "N". */
static size_t capitals(const char *s, const char **at)
{
    static const char more[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=:|%-";
    for (const char *p = s; *p; p += strcspn(p, " ") + (p[strcspn(p, " ")] != 0)) {
        size_t n = strspn(p, more);
        while (n && strchr(":-", p[n - 1])) n--;
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

/* ---- parsing ---- */

enum { HOMES = 3 };
typedef struct {
    nf_ctx *c;
    const nf_command *command;
    struct home { const nf_field *field; nf_value *value; } home[HOMES];     /* global, command, selection */
    const char **passed; size_t n_passed;
    char **word, **end;                          /* what is still to be read */
} parse;

static const nf_field *declared(const nf_field *f, const char *name)
{
    for (; f && f->type != NF_END; f++)
        if (!strcmp(f->name, name)) return f;
    return NULL;
}

static const nf_field *declared_by(nf_table rows, const char *name)
{
    const nf_field *f = NULL;
    for (; rows && *rows && !f; rows++) f = declared((*rows)->opt, name);
    return f;
}

static size_t names_of(const nf_field *f, const char **name, size_t n, size_t room)
{
    for (; f && f->type != NF_END && n < room; f++) name[n++] = f->name;
    return n;
}

static int unknown(parse *p, const char *name)
{
    enum { ROOM = 512 };
    const char *known[ROOM];
    size_t n = 0;
    for (size_t i = 0; i < HOMES; i++) n = names_of(p->home[i].field, known, n, ROOM);
    for (nf_table r = p->command ? p->command->more : NULL; r && *r; r++) n = names_of((*r)->opt, known, n, ROOM);
    const char *near = nf_nearest(name, known, n);
    const char *of = p->command ? p->command->row.name : "";
    int rc = nf_fail(p->c, NF_EINVAL, "no option '--%s'%s%s", name, *of ? " of " : "", of);
    if (near) rc = nf_hint(p->c, "did you mean '--%s'?", near);
    else if (p->command) rc = nf_hint(p->c, "see 'ninefold %s --help'", p->command->row.name);
    return rc;
}

/* The value after '=' or the next word. */
static int operand(parse *p, const nf_field *f, const char *given, const char **out)
{
    *out = given;
    if (f->type == NF_FLAG && given) return nf_fail(p->c, NF_EINVAL, "option '--%s' takes no value", f->name);
    if (f->type == NF_FLAG) *out = "true";
    else if (!given && p->word < p->end) *out = *p->word++;
    else if (!given) return nf_fail(p->c, NF_EINVAL, "option '--%s' needs a value: %s", f->name,
                                    nf_option_operand(p->c, f));
    return NF_OK;
}

static int option(parse *p, const char *name, const char *given)
{
    const char *text;
    int rc;
    for (size_t i = 0; i < HOMES; i++) {
        const nf_field *f = declared(p->home[i].field, name);
        if (!f) continue;
        if ((rc = operand(p, f, given, &text))) return rc;
        nf_value *v = &p->home[i].value[f - p->home[i].field];
        if (f->type == NF_FLAG) return v->i = 1, NF_OK;
        return nf_option_set(p->c, v, f, text);
    }
    const nf_field *f = declared_by(p->command ? p->command->more : NULL, name);
    if (!f) return unknown(p, name);
    if ((rc = operand(p, f, given, &text))) return rc;
    p->passed[p->n_passed++] = f->name;
    p->passed[p->n_passed++] = text;
    return NF_OK;
}

static int long_option(parse *p, const char *word)
{
    const char *equals = strchr(word, '=');
    char *name = nf_strndup(p->c, word, equals ? (size_t)(equals - word) : strlen(word));
    return name ? option(p, name, equals ? equals + 1 : NULL) : NF_ENOMEM;
}

/* -s FILE, -sFILE, -j4, -h. */
static int short_option(parse *p, const char *word)
{
    const char *name = name_of_letter(*word);
    if (!name) {
        int rc = nf_fail(p->c, NF_EINVAL, "no option '-%s'", word);
        return rc ? nf_hint(p->c, "'--' ends the options") : rc;
    }
    return option(p, name, word[1] ? word + 1 : NULL);
}

static int home_of(parse *p, size_t i, const nf_row *row)
{
    p->home[i].field = row->opt;
    return row->opt ? nf_options(p->c, &p->home[i].value, row, NULL) : NF_OK;
}

static int command(parse *p, const char *name)
{
    const void *row;
    int rc = nf_row_need(p->c, &row, NF_TABLE(nf_commands), "command", name);
    if (rc) return nf_last(p->c)->hint ? rc : nf_hint(p->c, "see 'ninefold --help'");
    p->command = row;
    rc = home_of(p, 1, &p->command->row);
    return rc || !p->command->selects ? rc : home_of(p, 2, &nf_pick_row);
}

static int word(parse *p, const char *w, bool *only_arguments, char **argument, size_t *n)
{
    if (!*only_arguments && !strcmp(w, "--")) return *only_arguments = true, NF_OK;
    if (!*only_arguments && w[0] == '-' && w[1] == '-') return long_option(p, w + 2);
    if (!*only_arguments && w[0] == '-' && w[1]) return short_option(p, w + 1);
    if (!p->command) return command(p, w);
    argument[(*n)++] = (char *)(uintptr_t)w;
    return NF_OK;
}

int nf_call_parse(nf_ctx *c, nf_call *call, int argc, char **argv)
{
    parse p = { .c = c, .word = argv + 1, .end = argv + argc };
    char **argument = nf_alloc(c, ((size_t)argc + 2) * sizeof *argument);
    p.passed = nf_alloc(c, (2 * (size_t)argc + 2) * sizeof *p.passed);
    if (!argument || !p.passed) return NF_ENOMEM;
    bool only_arguments = false;
    size_t n = 0;
    int rc = home_of(&p, 0, &nf_global_row);
    if (p.word < p.end && !strcmp(*p.word, "help")) *p.word = (char *)(uintptr_t)"--help";
    while (!rc && p.word < p.end) {
        const char *w = *p.word++;
        rc = word(&p, w, &only_arguments, argument, &n);
    }
    const nf_value *g = p.home[0].value;
    *call = (nf_call){ p.command, argument, p.home[1].value, p.home[2].value, g, p.passed, argc ? argv[0] : "ninefold",
                       .help = g && g[nf_field_index(global_fields, "help")].i == 1,
                       .version = g && g[nf_field_index(global_fields, "version")].i == 1 };
    return rc;
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
        if (declared(row->opt, passed[i])) {
            known[kept++] = passed[i];
            known[kept++] = passed[i + 1];
        }
    return nf_options(c, out, row, known);
}

int nf_passed_used(nf_ctx *c, const nf_row *const *rows, size_t n, const char *const *passed, const char *kind)
{
    for (; passed && *passed; passed += 2) {
        bool used = false;
        for (size_t i = 0; i < n; i++) used = used || declared(rows[i]->opt, *passed);
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
