/* fuzz_options.c - lines of text as the words of a command line: understood, or refused with the reason. */
#include "fuzz.h"
#include "app.h"
#include "sources/pick.h"

enum { WORDS = 64 };

static const char *picked(const nf_call *call, const char *name)
{
    return call->pick ? call->pick[nf_field_index(nf_pick_row.opt, name)].s : NULL;
}

/* What the front end makes of a call before it opens anything. */
static int understand(nf_ctx *c, const nf_call *call)
{
    nf_pick pick;
    const char **name;
    size_t names;
    struct nf_selection s = { picked(call, "where"), picked(call, "from"), picked(call, "to"),
                              picked(call, "aggregate"), picked(call, "seasons"), false };
    int rc = call->pick ? nf_pick_parse(c, &pick, &s) : NF_OK;
    for (nf_table row = call->command->more; !rc && row && *row; row++) {
        nf_value *opt;
        rc = nf_passed_options(c, &opt, *row, call->passed);
        if (!rc) rc = nf_passed_used(c, row, 1, call->passed, "row");
    }
    for (char **a = call->argument; !rc && *a; a++) rc = nf_names_split(c, *a, &name, &names);
    return rc;
}

static void help(nf_ctx *c, const nf_call *call)
{
    static const char *const langs[] = { "en", "zh" };
    for (size_t i = 0; i < 2; i++) {
        nf_memory m = { .ctx = c };
        int rc = call->command ? nf_help_command(c, nf_out_memory(&m), call->command, langs[i])
                               : nf_help_all(c, nf_out_memory(&m), langs[i]);
        must(!rc && nf_utf8_valid(m.text, m.n, NULL), "help that is no text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *text = fuzz_text(bytes, n), *rest = text, *word[WORDS + 1] = { "ninefold" };
    int words = 1;
    nf_ctx *c = fuzz_ctx();
    nf_call call;
    while (words < WORDS && *rest) word[words++] = fuzz_line(&rest);
    int rc = nf_call_parse(c, &call, words, word);
    if (!rc && call.help) help(c, &call);
    if (!rc && call.command) rc = understand(c, &call);
    if (rc) must(nf_last(c)->what != NULL && rc == nf_last(c)->err, "refused without a word");
    free(text);
    return 0;
}
