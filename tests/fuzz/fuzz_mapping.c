/* fuzz_mapping.c - bytes as the JSON of a mapping over one table: a load, or a refusal with a place. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char rows[] = "station,month,pm,unit\nA,2024-01,1,t\nA,2024-02,,t\nB,2024-01,3.5,kg\n";
    nf_load_options o = { .mapping = fuzz_memory(0, bytes, n), .published = 1, .dry_run = true };
    nf_ctx *c = fuzz_ctx();
    if (nf_load(c, fuzz_store(), fuzz_memory(1, rows, sizeof rows - 1), &o, NULL))
        must(nf_last(c)->what && nf_last(c)->file, "refused without a word or a place");
    return 0;
}
