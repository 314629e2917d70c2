/* store.h - what loaders and the store say to each other; internal to datasets/.
 *
 * A load is an intake: begin, name series once and put observations through their handles in any order, keep
 * rejected rows, then finish (one durable transaction) or abort (nothing happened). Memory is bounded whatever the
 * file's size: observations are encoded as they come and spill to a nameless file beside the store. The database
 * is locked only inside nf_intake_finish, so several programs may read files at once and queue for that moment.
 *
 * What a figure is: (series, period, published) -> (value, status). What had been published by a time K is, for each
 * period, the version with the latest published <= K. A row that says what was known already is unchanged, also when
 * it is published again later; a load that changes nothing writes nothing. */
#ifndef NF_STORE_H
#define NF_STORE_H
#include "datasets.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct nf_intake nf_intake;

typedef struct {                                 /* all strings are copied */
    const char *dataset;                         /* name: required */
    const char *file;                            /* as the user named it; "-" is stdin */
    const char *loader;
    const char *mapping, *options;               /* JSON texts, or NULL */
    const char *duplicates;                      /* two different values for one (series, period, published):
                                                    "error" (NULL) "first" "last" "mean"; equal ones are dropped,
                                                    but refused too by "refuse" */
    int64_t now;                                 /* seconds UTC */
    bool dry_run;                                /* finish counts, then takes everything back */
} nf_intake_about;

/* The context stays with the intake until finish or abort: errors go there. Refused on a store open for reading. */
int nf_intake_begin(nf_ctx *, nf_intake **out, nf_store *, const nf_intake_about *);

/* The handle of a series: made at the first call with its key, the same one afterwards. Of meta are used key
 * (required), unit, place, quantity, title, source, licence, synthetic; NULL is "". All its periods have one
 * frequency (spans may differ). Finish refuses a unit or frequency that differs from the stored one. */
int nf_intake_series(nf_intake *, const nf_meta *, nf_freq, uint32_t *handle);
/* The handle of a key named before: 1, or 0 when it is new. Cheap; key need not end in NUL. */
int nf_intake_find(nf_intake *, const char *key, size_t len, uint32_t *handle);
/* For a load of several tables: how many series it has so far; the unit one was made with, copied into the context. */
uint32_t nf_intake_count(const nf_intake *);
int nf_intake_unit(nf_intake *, uint32_t handle, const char **unit);

/* Who says the figures put from now on, and in which document; "" or NULL: not known. Both NULL: as before the first
 * call, when a figure is said by the source its series was named with. */
int nf_intake_origin(nf_intake *, const char *publisher, const char *document);

/* One observation; NaN is missing, infinities are refused. status: bits of series.h. published: seconds UTC.
 * line: 1-based line of the record, for error places and `explain` (0: unknown). Never looks at the store. */
int nf_intake_put(nf_intake *, uint32_t handle, nf_period, double value, unsigned status, int64_t published,
                  int64_t line);
/* Plain numbers as time (NF_NUMBER): the period to put for the number x, which is finite, and back. Order is kept. */
nf_period nf_period_of_number(double x);
double    nf_number_of_period(nf_period);

/* Beside the status bits of a put: what a row leaves unsaid. The value or the status stays what it was, in a row put
 * before with the same publication or else in the store; a kept status joins the given one. A row that takes back
 * needs a figure to be there, without one it says nothing. Rows of one period and publication with any of these bits
 * count in the order they were put, whatever the rule for duplicates. */
enum { NF_KEEPS_VALUE = 0x200, NF_KEEPS_STATUS = 0x400, NF_TAKES_BACK = 0x800 };
/* Puts such a row for the figures that are there so far, in this load or stored and published by then: of one period,
 * or of all (empty). *n: how many. A store that another load changes meanwhile is refused at finish. */
int nf_intake_take_back(nf_intake *, const char *key, nf_period, unsigned status, int64_t published, int64_t line,
                        size_t *n);
const char *nf_intake_key(const nf_intake *, uint32_t handle, size_t *len);      /* not NUL-ended */
/* The stored keys of a dataset, and the mapping (JSON) of the latest load that brought it anything, NULL: none. */
int nf_intake_dataset(nf_intake *, const char *dataset, const char ***key, size_t *n, const char **mapping);

/* A row that was left out, with its reason and the beginning of its text. */
int nf_intake_reject(nf_intake *, int64_t line, const char *reason, const char *text, size_t len);

/* Commit. Fills series, rows, added, revised, unchanged, rejected, duplicates, first, last of the receipt and leaves
 * the rest. sha256 NULL: unknown. Frees the intake, whatever it returns; on failure nothing changed. Errors of a
 * row carry file and line. */
int  nf_intake_finish(nf_intake *, const uint8_t sha256[32], uint64_t bytes, nf_receipt *);
void nf_intake_abort(nf_intake *);               /* NULL is fine */

/* A store that lives in memory (path ":memory:" of nf_store_open, CREATE) serves nf_file_source; this source hands
 * its series out in order of first appearance rather than by key. Where no figure of the load is repeated, revised or
 * out of order, nf_intake_hold (1; 0: finish it) leaves them with the load, which then belongs to the store. */
int nf_intake_hold(nf_intake *);
nf_source nf_store_source_as_loaded(nf_store *);
#ifdef __cplusplus
}
#endif
#endif
