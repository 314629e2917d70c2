/* load.c - a file into the store, or into a source: open, look, choose, read, commit. */
#include "load.h"
#include <stdlib.h>
#include <string.h>

typedef struct { nf_bytes *bytes; nf_text_file *text; const char *name; char delimiter; bool exact; } csv_grid;

static int each_record(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    csv_grid *g = self;
    int rc = nf_text_rewind(c, g->text);
    return rc ? nf_at(c, g->name, 0, 0) : nf_csv_each(c, g->text, g->name, g->delimiter, g->exact, fn, to);
}

int nf_load_table(nf_ctx *c, nf_intake *in, const nf_mapping *m, const nf_load_options *o, const char *file, nf_grid grid)
{
    nf_rows_loading *rows;
    int rc = nf_rows_begin(c, &rows, m, in, o, file);
    return rc ? rc : grid.each(grid.self, c, nf_rows_record, rows);
}

/* The file's name without folders and suffix. */
static const char *dataset_of(nf_ctx *c, const char *path)
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path, *dot = strrchr(base, '.');
    return nf_strndup(c, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

static void bytes_of_hex(uint8_t out[32], const char hex[65])
{
    for (int i = 0; i < 32; i++) {
        char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };
        out[i] = (uint8_t)strtoul(two, NULL, 16);
    }
}

typedef struct { nf_store *store; const nf_load_options *opt; nf_receipt *receipt; const char *path; } job;

static int into_intake(nf_ctx *c, const job *j, nf_mapping *m, csv_grid *g)
{
    char *json = NULL, hex[65];
    uint8_t sha[32];
    nf_intake *in = NULL;
    int rc = nf_mapping_json(c, m, &json);
    nf_intake_about about = { .dataset = m->dataset, .file = j->path, .loader = m->loader, .mapping = json,
                              .duplicates = m->exact && !j->opt->duplicates ? "refuse" : j->opt->duplicates,
                              .now = j->opt->now, .dry_run = j->opt->dry_run };
    if (!rc) rc = nf_intake_begin(c, &in, j->store, &about);
    if (rc) return rc;
    rc = nf_load_table(c, in, m, j->opt, g->name, (nf_grid){ each_record, g });
    if (rc) {
        nf_intake_abort(in);
        return rc;
    }
    nf_bytes_sha256(g->bytes, hex);
    bytes_of_hex(sha, hex);
    return nf_intake_finish(in, sha, (uint64_t)nf_bytes_size(g->bytes), j->receipt);
}

static int look_and_load(nf_ctx *c, const job *j, csv_grid *g)
{
    nf_peek peek;
    nf_mapping m;
    int rc = j->opt->strict ? NF_OK : nf_sniff_delimiter(c, g->text, &g->delimiter);
    if (!rc) rc = nf_peek_take(c, &peek, g->text, g->name, g->delimiter, g->exact);
    if (!rc) rc = nf_choose(c, &m, &peek, j->opt, (nf_grid){ each_record, g });
    if (rc) return rc;
    m.dataset = j->opt->dataset ? j->opt->dataset : dataset_of(c, j->path);
    if (!m.dataset) return NF_ENOMEM;
    if (j->opt->write_mapping) rc = nf_mapping_write(c, &m, j->opt->write_mapping);
    if (!rc) rc = into_intake(c, j, &m, g);
    if (rc) return rc;
    j->receipt->file = j->path;
    j->receipt->loader = m.loader;
    j->receipt->encoding = nf_text_encoding(g->text);
    return nf_receipt_words(c, j->receipt, &m);
}

static int load_csv(nf_ctx *c, const job *j)
{
    csv_grid g = { .delimiter = ',', .exact = j->opt->strict };
    int rc = nf_bytes_open(c, &g.bytes, j->path);
    if (!rc) rc = nf_text_open(c, &g.text, g.bytes, j->opt->encoding, j->opt->strict);
    if (!rc) {
        g.name = nf_bytes_name(g.bytes);
        rc = look_and_load(c, j, &g);
        nf_at(c, g.name, 0, 0);
    }
    nf_text_close(g.text);
    nf_bytes_close(g.bytes);
    return rc;
}

/* Rows without a date of publication: known from today on in a store, always known in a file of one's own. */
int nf_load(nf_ctx *c, nf_store *store, const char *path, const nf_load_options *opt, nf_receipt *receipt)
{
    nf_load_options o = opt ? *opt : (nf_load_options){ 0 };
    nf_store *memory = NULL;
    nf_receipt unasked;
    int rc = NF_OK;
    if (!o.published) o.published = o.now;
    if (!receipt) receipt = &unasked;
    *receipt = (nf_receipt){ 0 };
    if (!store) {
        o.dry_run = true;
        rc = nf_store_open(c, &memory, ":memory:", NF_STORE_CREATE);
    }
    if (!rc) rc = load_csv(c, &(job){ store ? store : memory, &o, receipt, path });
    nf_store_close(memory);
    return rc;
}

int nf_file_source(nf_ctx *c, nf_source *out, const char *path, const nf_load_options *opt)
{
    nf_load_options o = opt ? *opt : (nf_load_options){ 0 };
    nf_store *memory;
    nf_receipt receipt;
    int rc = nf_store_open(c, &memory, ":memory:", NF_STORE_CREATE);
    if (rc) return rc;
    rc = load_csv(c, &(job){ memory, &o, &receipt, path });
    if (rc) nf_store_close(memory);
    else *out = nf_store_source_as_loaded(memory);
    return rc;
}
