/* fuzz_mapping.c - bytes as the JSON of a mapping, then as the descriptor of a data package, over one table. */
#include "fuzz.h"
#include "datasets.h"

static void load(const char *path, const char *mapping)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    must(c != NULL, "no memory");
    if (nf_file_source(c, &source, path, &(nf_load_options){ .mapping = mapping, .published = 1 }))
        must(nf_last(c)->what && nf_last(c)->file, "refused without a word or a place");
    else nf_file_source_close(source);
    nf_ctx_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char table[64], mapping[64], package[64];
    static const char rows[] = "station,month,pm,unit\nA,2024-01,1,t\nA,2024-02,,t\nB,2024-01,3.5,kg\n";
    if (!*table) {
        fuzz_write(fuzz_path(table, "a.csv"), rows, sizeof rows - 1);
        fuzz_path(mapping, "mapping.json");
        fuzz_path(package, "datapackage.json");
    }
    fuzz_write(mapping, bytes, n);
    load(table, mapping);
    fuzz_write(package, bytes, n);
    load(package, NULL);
    return 0;
}
