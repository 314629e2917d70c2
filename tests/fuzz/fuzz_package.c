/* fuzz_package.c - bytes as the descriptor of a data package over two tables: a load, or a refusal with a place. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char a[] = "station,month,pm,unit\nA,2024-01,1,t\nA,2024-02,,t\nB,2024-01,3.5,kg\n",
                      b[] = "# made\nseries;time;value\n'x;''';2020;1,5\ny\\;;2020;2\n";
    static char path[64];
    if (!*path) {
        char table[64];
        fuzz_write(fuzz_path(table, "a.csv"), a, sizeof a - 1);
        fuzz_write(fuzz_path(table, "b.csv"), b, sizeof b - 1);
        fuzz_path(path, "datapackage.json");
    }
    fuzz_write(path, bytes, n);
    nf_ctx *c = fuzz_ctx();
    if (nf_load(c, fuzz_store(), path, &(nf_load_options){ .published = 1, .dry_run = true }, NULL))
        must(nf_last(c)->what && nf_last(c)->file, "refused without a word or a place");
    return 0;
}
