/* help.c - what people want to do, the list of commands, and the page of one command, all from the table. */
#include "app.h"
#include <string.h>

/* Columns of a page, of the left side of a list of options and of commands, and before a second line on the left. */
enum { WIDTH = 80, OPTIONS = 26, COMMANDS = 12, INDENT = 8 };

static bool is_zh(const char *lang) { return !strcmp(lang, "zh"); }

static int put_lines(nf_out out, const char *indent, const char *lines)
{
    int rc = 0;
    for (const char *p = lines; p && *p && !rc;) {
        size_t n = strcspn(p, "\n");
        if (!(rc = nf_put(out, indent)) && !(rc = out.write(out.self, p, n))) rc = nf_put(out, "\n");
        p += n + (p[n] == '\n');
    }
    return rc;
}

static int put_blanks(nf_out out, size_t n)
{
    int rc = 0;
    while (n-- && !rc) rc = nf_put(out, " ");
    return rc;
}

/* Text from column `indent` on, folded at the width of the page, with the end of its last line. */
static int put_folded(nf_out out, const char *text, size_t indent)
{
    int rc = 0;
    while (!rc) {
        size_t n = nf_text_line(text, WIDTH - indent);
        rc = out.write(out.self, text, n);
        text += n;
        text += strspn(text, " ");
        if (!rc) rc = nf_put(out, "\n");
        if (!*text) break;
        if (!rc) rc = put_blanks(out, indent);
    }
    return rc;
}

/* Two columns; what does not fit on the left gets lines of its own. */
static int put_pair(nf_out out, size_t room, const char *left, const char *right)
{
    size_t wide = nf_text_columns(left);
    int rc = nf_put(out, "  ");
    if (!rc) rc = wide >= room ? put_folded(out, left, INDENT) : nf_put(out, left);
    if (!rc) rc = put_blanks(out, wide >= room ? 2 + room : room - wide);
    return rc ? rc : put_folded(out, right, 2 + room);
}

/* The wish a command serves, and the first of its examples. */
static int put_wish(nf_ctx *c, nf_out out, const nf_command *k, const char *lang)
{
    char *first = nf_strndup(c, k->examples, strcspn(k->examples, "\n"));
    return first ? put_pair(out, OPTIONS, nf_text_in(k->wish, lang), first) : NF_ENOMEM;
}

int nf_help_welcome(nf_ctx *c, nf_out out, const char *lang)
{
    bool zh = is_zh(lang);
    int rc = nf_put(out, zh ? "ninefold：城市的目标按计划推进了吗？\n\n您想做什么？\n"
                            : "ninefold: are the city's targets on track?\n\nWhat do you want to do?\n");
    for (const nf_command *const *k = nf_commands; *k && !rc; k++)
        if (!(*k)->hidden && (*k)->wish.en && (*k)->examples) rc = put_wish(c, out, *k, lang);
    return rc ? rc : nf_put(out, zh ? "\n全部命令：ninefold --help　某个命令：ninefold COMMAND --help\n"
                                    : "\nAll commands: ninefold --help   One of them: ninefold COMMAND --help\n");
}

/* ---- options ---- */

/* takers: the names it is for, or NULL: everybody. */
static int put_option(nf_ctx *c, nf_out out, const nf_field *f, const char *takers, const char *lang)
{
    const char *value = nf_option_operand(c, f), *title = f->title.en ? nf_text_in(f->title, lang) : "";
    char letter = nf_option_letter(f->name);
    char head[8] = "    ";
    if (letter) memcpy(head, (char[]){ '-', letter, ',', ' ' }, 4);
    if (takers) title = nf_format(c, is_zh(lang) ? "%s（%s）" : "%s (%s)", title, takers);
    char *left = nf_format(c, "%s--%s%s%s", head, f->name, *value ? " " : "", value);
    return left && title ? put_pair(out, OPTIONS, left, title) : NF_ENOMEM;
}

static int put_options(nf_ctx *c, nf_out out, const char *heading, const nf_field *f, const char *lang)
{
    int rc = f && f->type != NF_END ? nf_put(out, heading) : NF_OK;
    for (; f && f->type != NF_END && !rc; f++) rc = put_option(c, out, f, NULL, lang);
    return rc;
}

/* The names of the rows that declare the option; the first of them shows it, once. */
static char *takers(nf_ctx *c, nf_table rows, nf_table at, const char *option)
{
    char *names = NULL;
    for (nf_table r = rows; *r; r++) {
        if (!(*r)->opt || nf_field_index((*r)->opt, option) < 0) continue;
        if (!names && r != at) return NULL;
        names = names ? nf_format(c, "%s, %s", names, (*r)->name) : nf_strdup(c, (*r)->name);
    }
    return names;
}

static int put_more(nf_ctx *c, nf_out out, const nf_command *k, const char *lang)
{
    const char *heading = is_zh(lang) ? "\n只用于括号内名称的选项：\n" : "\nOptions of single ones, named in brackets:\n";
    int rc = k->more ? nf_put(out, heading) : NF_OK;
    for (nf_table r = k->more; r && *r && !rc; r++)
        for (const nf_field *f = (*r)->opt; f && f->type != NF_END && !rc; f++) {
            char *names = takers(c, k->more, r, f->name);
            if (names) rc = put_option(c, out, f, names, lang);
        }
    return rc;
}

int nf_help_command(nf_ctx *c, nf_out out, const nf_command *k, const char *lang)
{
    bool zh = is_zh(lang);
    char *usage = nf_format(c, zh ? "用法：ninefold %s [选项]%s%s" : "Usage: ninefold %s [OPTIONS]%s%s",
                            k->row.name, k->arguments ? " " : "", k->arguments ? k->arguments : "");
    int rc = usage ? put_folded(out, usage, INDENT) : NF_ENOMEM;
    if (!rc) rc = nf_put(out, "\n");
    if (!rc) rc = put_folded(out, nf_text_in(k->row.title, lang), 0);
    if (!rc) rc = put_options(c, out, zh ? "\n选项：\n" : "\nOptions:\n", k->row.opt, lang);
    if (!rc) rc = put_more(c, out, k, lang);
    if (!rc && k->selects) rc = put_options(c, out, zh ? "\n选择：\n" : "\nSelection:\n", nf_pick_row.opt, lang);
    if (!rc) rc = put_options(c, out, zh ? "\n通用选项：\n" : "\nEverywhere:\n", nf_global_row.opt, lang);
    if (!rc && k->examples) rc = nf_put(out, zh ? "\n示例：\n" : "\nExamples:\n");
    return rc ? rc : put_lines(out, "  ", k->examples);
}

int nf_help_all(nf_ctx *c, nf_out out, const char *lang)
{
    bool zh = is_zh(lang);
    int rc = nf_put(out, zh ? "用法：ninefold COMMAND [选项] [参数]\n\n命令：\n"
                            : "Usage: ninefold COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n");
    for (const nf_command *const *k = nf_commands; *k && !rc; k++)
        if (!(*k)->hidden) rc = put_pair(out, COMMANDS, (*k)->row.name, nf_text_in((*k)->row.title, lang));
    if (!rc) rc = put_options(c, out, zh ? "\n通用选项：\n" : "\nEverywhere:\n", nf_global_row.opt, lang);
    if (!rc) rc = nf_put(out, "\n");
    return rc ? rc : put_folded(out, zh
        ? "退出码：0 正常；1 仅用于 --fail-on；2 输入、选项或读写有误；71 内存不足。"
        : "Exit status: 0 fine; 1 only with --fail-on; 2 bad input, option or I/O; 71 out of memory.", 0);
}
