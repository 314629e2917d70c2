/* datasets.h - files in, the store, the plan's tables. Sees engine/ only.
 *
 * A load is all or nothing per file: when nf_load returns 0 the rows are durably and exactly stored, otherwise
 * nothing changed and nf_last() says why. Three calls write a store: nf_load, nf_store_plan_save and the
 * ledger and judgement entries. Everything else opens it read-only.
 *
 * All calls return 0 or a negative nf_err (some 1 for "found"), with the words in nf_last(): NF_EDATA a file that
 * cannot be read as it stands, with its place; NF_EINVAL a wish that makes no sense; NF_ENOTFOUND; NF_EIO; NF_ENOMEM.
 * What they hand out (texts, series, plans, receipts) lives in the context until nf_release or nf_ctx_free. Stores,
 * streams and file sources are closed by who opened them. Times of publication are seconds since 1970 UTC; `known`
 * is such a time: what was published later does not count, and 0 means everything counts. */
#ifndef NF_DATASETS_H
#define NF_DATASETS_H
#include "engine.h"
#ifdef __cplusplus
extern "C" {
#endif

/* ---- the store: one SQLite file ---- */
typedef struct nf_store nf_store;
typedef enum { NF_STORE_READ, NF_STORE_WRITE, NF_STORE_CREATE } nf_store_mode;   /* CREATE: write, made if absent */
/* NF_EDATA: no store of ours, damaged, or of a newer program; NF_ENOTFOUND: none there. One of an older format is moved
 * on, in one transaction. */
int  nf_store_open(nf_ctx *, nf_store **out, const char *path, nf_store_mode);
void nf_store_close(nf_store *);                                 /* NULL is fine */
nf_source nf_store_source(nf_store *);                           /* by key; honours query.known; read-only */
int  nf_store_backup(nf_ctx *, nf_store *, const char *path);    /* a consistent copy */
int  nf_store_verify(nf_ctx *, nf_store *, nf_sink findings);    /* every checksum; a row per fault; 0: sound */
int  nf_store_log(nf_ctx *, nf_store *, nf_sink);                /* who loaded, changed, judged what, when */
/* datasets series vintages rejects */
int  nf_store_list(nf_ctx *, nf_store *, const char *what, int64_t known, nf_sink);
/* where a number comes from */
int  nf_store_explain(nf_ctx *, nf_store *, const char *key, nf_period, int64_t known, nf_sink);
/* A series' figures with the day each was published, and by whom in which document ("": not known), in time's order;
 * all: also those that newer ones replaced. number is the time where it is a plain number. 1 found, 0 not there. */
typedef struct {
    nf_period period; double number, value; unsigned status; int64_t published; const char *publisher, *document;
} nf_version;
int  nf_store_versions(nf_ctx *, nf_store *, const char *key, int64_t known, bool all, nf_version **out, size_t *n);
size_t nf_store_count(nf_store *);                               /* series */

/* ---- loading ---- */
typedef struct {                                                 /* zeros: sniff everything, be lenient */
    const char *loader, *dataset, *mapping, *encoding, *missing, *time, *value, *by, *freq, *hour_label, *write_mapping;
    const char *start;                                           /* period text, for files without a time column */
    const char *duplicates;                                      /* "error" (default) "first" "last" "mean" */
    int64_t published;                                           /* seconds UTC; 0: from a column, else now */
    int64_t now;                                                 /* the wall clock, given by the front end */
    bool strict, skip_bad_rows, dry_run;
    /* threads: of two or more one reads ahead; the rows are the same */
    int jobs;
} nf_load_options;

typedef struct {                                                 /* what a load did, or would do */
    const char *file, *loader, *encoding, *units;
    size_t series, rows, added, revised, unchanged, rejected, duplicates;
    nf_period first, last;
    nf_text understood;                                          /* "12 series, 2017-2025; unit 亿元 from header" */
} nf_receipt;
/* NF_EDATA with file, line and column: nothing was stored. */
int nf_load(nf_ctx *, nf_store *, const char *path, const nf_load_options *, nf_receipt *);   /* store NULL: dry run */
/* The same reading as a source without a store: series in order of first appearance. "-" is stdin. */
int nf_file_source(nf_ctx *, nf_source *out, const char *path, const nf_load_options *);
void nf_file_source_close(nf_source);            /* gives its memory back; series handed out stay */

/* The series of a long CSV file while a thread reads it, in bounded memory, for one cursor over all of them: those of
 * nf_file_source in the same order, as long as each one's figures stand together, in time's order and published at one
 * time. Where that ends, or anything is wrong, the cursor fails: what came before counts for nothing, and
 * nf_file_source has the answer or the words. */
typedef struct nf_stream nf_stream;
/* 1; 0: another kind of file */
int  nf_stream_open(nf_ctx *, nf_stream **out, const char *path, const nf_load_options *);
nf_source nf_stream_source(nf_stream *);
/* what the reading had to say, after the cursor's end */
void nf_stream_notes(nf_ctx *, const nf_stream *);
void nf_stream_close(nf_stream *);

typedef struct nf_loader nf_loader;                              /* loader.h */
extern const nf_loader *const nf_loaders[];

/* ---- plans: the plan, its texts and its lists live in the context ---- */
int nf_plan_read(nf_ctx *, nf_plan *out, const char *folder);    /* CSV tables, or one workbook */
int nf_targets_read(nf_ctx *, nf_plan *out, const char *file);   /* the flat table of `check --data --targets` */
int nf_sheet_read(nf_ctx *, nf_plan *out, nf_series_list *, const char *file);   /* the one flat sheet of `init` */
int nf_store_plan_save(nf_ctx *, nf_store *, const nf_plan *, const char *folder, int64_t published, int64_t now);
int nf_store_plan(nf_ctx *, nf_store *, nf_plan *out, int64_t known);            /* NF_ENOTFOUND: no plan loaded */
int nf_store_enter(nf_ctx *, nf_store *, const nf_entry *, size_t n);            /* ledger, append-only */
int nf_store_judge(nf_ctx *, nf_store *, const nf_judgement *);

/* ---- the ledger's sheets: one a unit and period, written with what is known, filled in, read back ---- */
typedef struct {
    nf_text unit; nf_period period; size_t tasks; const nf_entry *entry; size_t n_entry;
} nf_ledger_return;
/* The tasks of that unit (its name in either language; NULL: of none), with what the ledger says of them by `now`. */
int nf_ledger_sheet_write(nf_ctx *, nf_sink, const nf_plan *, const char *unit, nf_period, const char *lang,
                          int64_t now);
bool nf_is_ledger_sheet(nf_ctx *, const char *file);             /* by its first row */
/* Only what differs from the ledger becomes an entry, so that a sheet read twice enters nothing the second time. */
int nf_ledger_sheet_read(nf_ctx *, nf_ledger_return *out, const nf_plan *, const char *file, int64_t now);

/* ---- synthetic data, which says so in its name and metadata ---- */
/* Plan and figures of an invented city as CSV tables in a new folder: the same bytes for the same name and seed. */
int nf_synthetic_city(nf_ctx *, const char *city, uint64_t seed, const char *folder);
#ifdef __cplusplus
}
#endif
#endif
