/* load.c - a file into the store, or into a source: open, look, choose, read, commit. */
#include "load.h"
#include "load_rows.h"
#include <stdlib.h>
#include <string.h>

enum { AHEAD_BYTES = 1 << 20 };                  /* a smaller file is read before a second thread has begun */

static int each_record(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    nf_csv_grid *g = self;
    int rc = nf_text_rewind(c, g->csv.text);
    if (rc) return nf_at(c, g->csv.name, 0, 0);
    return g->ahead ? nf_csv_each_ahead(c, &g->csv, fn, to) : nf_csv_each(c, &g->csv, fn, to);
}

nf_grid nf_grid_of_csv(nf_csv_grid *g) { return (nf_grid){ each_record, g }; }

int nf_csv_grid_open(nf_ctx *c, nf_csv_grid *g, const char *path, const char *encoding, char delimiter, bool strict)
{
    *g = (nf_csv_grid){ .csv = { .delimiter = delimiter ? delimiter : ',', .exact = strict } };
    int rc = nf_bytes_open(c, &g->bytes, path);
    if (!rc) rc = nf_text_open(c, &g->csv.text, g->bytes, encoding, strict);
    if (!rc) g->csv.name = nf_bytes_name(g->bytes);
    if (!rc && !delimiter && !strict) rc = nf_sniff_delimiter(c, g->csv.text, &g->csv.delimiter);
    if (rc) nf_csv_grid_close(g);
    return rc;
}

void nf_csv_grid_whole(nf_csv_grid *g, const nf_load_options *o)
{
    g->ahead = o->jobs > 1 && nf_bytes_size(g->bytes) >= AHEAD_BYTES;
}

void nf_csv_grid_close(nf_csv_grid *g)
{
    nf_text_close(g->csv.text);
    nf_bytes_close(g->bytes);
    *g = (nf_csv_grid){ 0 };
}

int nf_load_table(nf_ctx *c, nf_intake *in, const nf_mapping *m, const nf_load_options *o, const char *file,
                  nf_grid grid)
{
    nf_rows_loading *rows;
    int rc = nf_rows_begin(c, &rows, m, in, o, file);
    if (!rc) rc = grid.each(grid.self, c, nf_rows_record, rows);
    return rc ? rc : nf_rows_end(c, rows);
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

int nf_load_begin(nf_ctx *c, nf_intake **in, const nf_load_job *j, nf_mapping *m)
{
    char *json = NULL;
    const char *given = j->opt->duplicates;
    if (j->opt->dataset) m->dataset = j->opt->dataset;
    else if (!m->dataset) m->dataset = dataset_of(c, j->path);
    int rc = m->dataset ? nf_mapping_json(c, m, &json) : NF_ENOMEM;
    if (!rc && j->opt->write_mapping) rc = nf_mapping_write(c, m, j->opt->write_mapping);
    nf_intake_about about = { .dataset = m->dataset, .file = j->path, .loader = m->loader, .mapping = json,
                              .duplicates = given && strcmp(given, "error") ? given : m->exact ? "refuse"
                                          : nf_mapping_column(m, NF_ROLE_ACTION) ? "last" : given,
                              .now = j->opt->now, .dry_run = j->opt->dry_run };
    return rc ? rc : nf_intake_begin(c, in, j->store, &about);
}

int nf_load_finish(nf_ctx *c, nf_intake *in, const nf_load_job *j, const nf_mapping *m, nf_bytes *bytes)
{
    char hex[65];
    uint8_t sha[32];
    int held = j->read ? nf_intake_hold(in) : 0;
    if (held < 0) nf_intake_abort(in);
    if (held) return held < 0 ? held : NF_OK;
    nf_bytes_sha256(bytes, hex);
    bytes_of_hex(sha, hex);
    int rc = nf_intake_finish(in, sha, (uint64_t)nf_bytes_size(bytes), j->receipt);
    if (rc) return rc;
    /* of a file that is loaded: a refusal is one line */
    if (j->undated && !nf_mapping_count(m, NF_ROLE_PUBLISHED))
        nf_note(c, j->path, 0, 0, "give --published DATE or a published column",
                "nothing says when this was published: known from today on");
    j->receipt->file = j->path;
    j->receipt->loader = m->loader;
    return nf_receipt_words(c, j->receipt, m);
}

static int look_and_load(nf_ctx *c, const nf_load_job *j, nf_csv_grid *g)
{
    nf_peek peek;
    nf_mapping m;
    nf_intake *in;
    nf_grid grid = nf_grid_of_csv(g);
    int rc = nf_peek_take(c, &peek, grid, g->csv.name, g->csv.delimiter, g->csv.exact);
    if (!rc) rc = nf_choose(c, &m, &peek, j->opt, grid);
    if (!rc) rc = nf_load_begin(c, &in, j, &m);
    if (rc) return rc;
    if (!j->read) nf_bytes_hashed(g->bytes);
    nf_csv_grid_whole(g, j->opt);
    rc = nf_load_table(c, in, &m, j->opt, g->csv.name, grid);
    if (rc) {
        nf_intake_abort(in);
        return rc;
    }
    rc = nf_load_finish(c, in, j, &m, g->bytes);
    j->receipt->encoding = nf_text_encoding(g->csv.text);
    return rc;
}

static int load_csv(nf_ctx *c, const nf_load_job *j)
{
    nf_csv_grid g;
    int rc = nf_csv_grid_open(c, &g, j->path, j->opt->encoding, 0, j->opt->strict);
    if (rc) return rc;
    rc = look_and_load(c, j, &g);
    if (rc && nf_text_falls_back(c, g.csv.text)) rc = look_and_load(c, j, &g);
    if (rc) nf_at(c, g.csv.name, 0, 0);
    nf_csv_grid_close(&g);
    return rc;
}

/* A container that --loader names is opened whatever the file is called; inside, its tables are for all to bid. */
static int load_any(nf_ctx *c, const nf_load_job *j)
{
    const nf_loader *named = NULL;
    int rc = j->opt->loader ? nf_row_need(c, (const void **)&named, NF_TABLE(nf_loaders), "loader", j->opt->loader)
        : NF_OK;
    if (rc) return rc;
    if (named && named->load) {
        nf_load_options inside = *j->opt;
        inside.loader = NULL;
        return named->load(c, &(nf_load_job){ j->store, &inside, j->receipt, j->path, j->undated, j->read });
    }
    for (const nf_loader *const *l = nf_loaders; *l; l++)
        if ((*l)->holds && (*l)->holds(j)) return (*l)->load(c, j);
    return load_csv(c, j);
}

/* Rows without a date of publication are known from today on; without a today (a file of one's own) always. */
int nf_load(nf_ctx *c, nf_store *store, const char *path, const nf_load_options *opt, nf_receipt *receipt)
{
    nf_load_options o = opt ? *opt : (nf_load_options){ 0 };
    nf_store *memory = NULL;
    nf_receipt unasked;
    int rc = NF_OK;
    bool undated = !o.published && store;
    if (!o.published) o.published = o.now;
    if (!receipt) receipt = &unasked;
    *receipt = (nf_receipt){ 0 };
    if (!store) {
        o.dry_run = true;
        rc = nf_store_open(c, &memory, ":memory:", NF_STORE_CREATE);
    }
    if (!rc) rc = load_any(c, &(nf_load_job){ store ? store : memory, &o, receipt, path, undated, false });
    nf_store_close(memory);
    return rc;
}

int nf_file_source(nf_ctx *c, nf_source *out, const char *path, const nf_load_options *opt)
{
    nf_load_options o = opt ? *opt : (nf_load_options){ 0 };
    nf_store *memory;
    nf_receipt receipt = { 0 };
    int rc = nf_store_open(c, &memory, ":memory:", NF_STORE_CREATE);
    if (rc) return rc;
    rc = load_any(c, &(nf_load_job){ memory, &o, &receipt, path, false, true });
    if (rc) nf_store_close(memory);
    else *out = nf_store_source_as_loaded(memory);
    return rc;
}

void nf_file_source_close(nf_source source) { nf_store_close(source.self); }
