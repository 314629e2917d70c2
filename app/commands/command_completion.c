/* command_completion.c - completion: what a shell offers after each word, from the table of commands. */
#include "app.h"
#include <string.h>

typedef struct { nf_ctx *c; nf_out out; int rc; } script;

static void put(script *s, const char *text)
{
    if (!s->rc) s->rc = text ? nf_put(s->out, text) : NF_ENOMEM;
}

/* Every option of a command, as " --name". */
static const char *options_of(nf_ctx *c, const nf_command *k)
{
    const nf_field *homes[] = { k->row.opt, k->selects ? nf_pick_row.opt : NULL, nf_global_row.opt };
    char *all = nf_strdup(c, "");
    for (size_t i = 0; i < 3; i++)
        for (const nf_field *f = homes[i]; all && f && f->type != NF_END; f++)
            all = nf_format(c, "%s --%s", all, f->name);
    for (nf_table r = k->more; all && r && *r; r++)
        for (const nf_field *f = (*r)->opt; all && f && f->type != NF_END; f++)
            if (!strstr(all, nf_format(c, " --%s", f->name))) all = nf_format(c, "%s --%s", all, f->name);
    return all;
}

/* What may stand in place of the arguments: names of a registry or fixed words; "" means files. */
static const char *words_of(nf_ctx *c, const nf_command *k)
{
    char *all = nf_strdup(c, "");
    if (!strcmp(k->row.name, "plot"))
        for (nf_table r = NF_TABLE(nf_charts); all && *r; r++) all = nf_format(c, "%s %s", all, (*r)->name);
    else if (!strcmp(k->row.name, "list"))
        return " datasets series indicators targets tasks vintages rejects loaders methods formulas schemes charts "
               "formats reports";
    else if (!strcmp(k->row.name, "completion")) return " bash zsh fish";
    else if (!strcmp(k->row.name, "plan")) return " load check";
    return all;
}

/* The names a list option takes: --method, --scheme, --format; NULL: not a registry. */
static const char *names_of(nf_ctx *c, const nf_field *f)
{
    const struct { const char *option; nf_table table; } lists[] = {
        { "method", NF_TABLE(nf_methods) }, { "scheme", NF_TABLE(nf_schemes) }, { "loader", NF_TABLE(nf_loaders) },
        { "format", NF_TABLE(nf_formats) } };
    char *all = NULL;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strcmp(lists[i].option, f->name))
            for (nf_table r = lists[i].table; *r; r++) all = nf_format(c, "%s %s", all ? all : "", (*r)->name);
    for (const char *const *w = f->choices; w && *w; w++) all = nf_format(c, "%s %s", all ? all : "", *w);
    return all;
}

/* Every option that takes one of a few words, once over all commands. */
static void put_choices(script *s, const char *format)
{
    char *seen = nf_strdup(s->c, " ");
    const nf_field *home[3];
    for (const nf_command *const *k = nf_commands; *k && seen; k++) {
        home[0] = (*k)->row.opt;
        home[1] = nf_global_row.opt;
        for (size_t i = 0; i < 2; i++)
            for (const nf_field *f = home[i]; f && f->type != NF_END; f++) {
                const char *names = names_of(s->c, f);
                if (!names || strstr(seen, nf_format(s->c, " %s ", f->name))) continue;
                put(s, nf_format(s->c, format, f->name, names));
                seen = nf_format(s->c, "%s%s ", seen, f->name);
            }
    }
}

static void put_commands(script *s)
{
    for (const nf_command *const *k = nf_commands; *k; k++)
        if (!(*k)->hidden) put(s, nf_format(s->c, " %s", (*k)->row.name));
}

static void bash(script *s)
{
    put(s, "_ninefold()\n{\n    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words= options=\n"
           "    case $prev in\n");
    put_choices(s, "    --%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n");
    put(s, "    esac\n    case ${COMP_WORDS[1]} in\n");
    for (const nf_command *const *k = nf_commands; *k; k++)
        if (!(*k)->hidden) put(s, nf_format(s->c, "    %s) options=\"%s\" words=\"%s\" ;;\n", (*k)->row.name,
                                            options_of(s->c, *k), words_of(s->c, *k)));
    put(s, "    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"");
    put_commands(s);
    put(s, " --help --version\" -- \"$cur\"))\n"
           "    elif [ \"${cur#-}\" != \"$cur\" ]; then COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
           "    else COMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -f -- \"$cur\")); fi\n"
           "}\ncomplete -o filenames -F _ninefold ninefold\n");
}

/* zsh runs the bash function. */
static void zsh(script *s)
{
    put(s, "#compdef ninefold\nautoload -Uz bashcompinit && bashcompinit\n");
    bash(s);
}

/* Single-quoted text of a title for fish. */
static const char *quoted(nf_ctx *c, const char *text)
{
    char *out = nf_strdup(c, "'");
    for (const char *p = text; out && *p; p++)
        out = nf_format(c, *p == '\'' || *p == '\\' ? "%s\\%c" : "%s%c", out, *p);
    return out ? nf_format(c, "%s'", out) : NULL;
}

static void fish_option(script *s, const char *command, const nf_field *f)
{
    const char *names = names_of(s->c, f), *title = f->title.en ? f->title.en : "";
    char letter = nf_option_letter(f->name);
    const char *takes = f->type == NF_FLAG ? "" : names ? nf_format(s->c, " -x -a '%s'", names) : " -r";
    const char *when = command ? nf_format(s->c, " -n '__fish_seen_subcommand_from %s'", command) : "";
    const char *s_short = letter ? nf_format(s->c, " -s %c", letter) : "";
    const char *q = quoted(s->c, title);
    put(s, q && takes && when && s_short
        ? nf_format(s->c, "complete -c ninefold%s -l %s%s%s -d %s\n", when, f->name, s_short, takes, q) : NULL);
}

static void fish(script *s)
{
    for (const nf_command *const *k = nf_commands; *k; k++) {
        if ((*k)->hidden) continue;
        const char *q = quoted(s->c, (*k)->row.title.en);
        put(s, q ? nf_format(s->c, "complete -c ninefold -n __fish_use_subcommand -a %s -d %s\n", (*k)->row.name, q)
            : NULL);
        for (const nf_field *f = (*k)->row.opt; f && f->type != NF_END; f++) fish_option(s, (*k)->row.name, f);
        for (const nf_field *f = (*k)->selects ? nf_pick_row.opt : NULL; f && f->type != NF_END; f++)
            fish_option(s, (*k)->row.name, f);
    }
    for (const nf_field *f = nf_global_row.opt; f->type != NF_END; f++) fish_option(s, NULL, f);
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    static const char *const shells[] = { "bash", "zsh", "fish" };
    static void (*const write[])(script *) = { bash, zsh, fish };
    script s = { c, w->out, NF_OK };
    const char *shell = argument[0] ? argument[0] : "";
    (void)opt;
    for (size_t i = 0; i < 3; i++)
        if (!strcmp(shells[i], shell)) {
            write[i](&s);
            return s.rc;
        }
    nf_fail(c, NF_EINVAL, *shell ? "no completion for the shell '%s'" : "completion needs the name of a shell%s",
            shell);
    return nf_hint(c, "bash, zsh or fish");
}

extern const nf_command nf_command_completion;
const nf_command nf_command_completion = {
    .row = { .name = "completion", .title = { "completion for bash, zsh or fish", "bash、zsh、fish 的补全脚本" } },
    .most = 1, .arguments = "bash|zsh|fish", .examples = "source <(ninefold completion bash)", .run = run };
