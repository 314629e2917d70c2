/* call_parse.c - the command line, read against the fields of the command, of the selection and of the program. */
#include "app.h"
#include <string.h>

enum { HOMES = 3 };
typedef struct {
    nf_ctx *c;
    const nf_command *command;
    struct home { const nf_field *field; nf_value *value; } home[HOMES];     /* global, command, selection */
    const char **passed; size_t n_passed;
    char **word, **end;                          /* what is still to be read */
} parse;

static const nf_field *declared_by(nf_table rows, const char *name)
{
    const nf_field *f = NULL;
    for (; rows && *rows && !f; rows++) f = nf_option_declared((*rows)->opt, name);
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
        const nf_field *f = nf_option_declared(p->home[i].field, name);
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
    const char *name = nf_option_of_letter(*word);
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

/* Nothing that was said is passed over. */
static int too_many(nf_ctx *c, const nf_command *k, char **argument, size_t n)
{
    if (!k || n <= k->most || (k->arguments && strstr(k->arguments, "..."))) return NF_OK;
    nf_fail(c, NF_EINVAL, k->most ? "%s has no use for '%s' as well" : "%s has no use for '%s'", k->row.name,
            argument[k->most]);
    return nf_hint(c, "see 'ninefold %s --help'", k->row.name);
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
                       .help = g && g[nf_field_index(nf_global_row.opt, "help")].i == 1,
                       .version = g && g[nf_field_index(nf_global_row.opt, "version")].i == 1 };
    return rc || call->help ? rc : too_many(c, p.command, argument, n);
}
