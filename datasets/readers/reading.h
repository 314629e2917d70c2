/* reading.h - private to datasets/: from bytes to cells, one direction.
 *
 *     nf_bytes (a file or stdin, hashed) -> nf_text (UTF-8 blocks) -> nf_csv_packs (records of cells)
 *
 * A record's line is its first physical line. Cells are NUL-ended UTF-8 without NULs inside and live until the
 * callback returns. A callback returns NF_OK for more, a positive number to stop early, or an nf_err. */
#ifndef NF_READING_H
#define NF_READING_H
#include "datasets.h"
#include "capacity.h"

/* n is 0 for a blank record. */
typedef struct { const char *const *cell; const uint32_t *len; size_t n; long line; } nf_record;
typedef int nf_record_fn(void *self, nf_ctx *, const nf_record *);

/* ---- bytes: a seekable file; stdin is spooled to an unnamed one ---- */
typedef struct nf_bytes nf_bytes;
int  nf_bytes_open(nf_ctx *, nf_bytes **out, const char *path);
int  nf_bytes_read(nf_ctx *, nf_bytes *, void *to, size_t room, size_t *got);   /* got 0: the end */
int  nf_bytes_rewind(nf_ctx *, nf_bytes *);
void nf_bytes_close(nf_bytes *);                                 /* NULL is fine */
const char *nf_bytes_name(const nf_bytes *);                     /* for messages */
double nf_bytes_size(const nf_bytes *);
double nf_bytes_done(const nf_bytes *);                          /* read since the last rewind */
/* SHA-256 of what was read since the last rewind, as 64 hex digits; only of readings after nf_bytes_hashed. */
void nf_bytes_hashed(nf_bytes *);
void nf_bytes_sha256(nf_bytes *, char hex[65]);

/* ---- text: UTF-8 in blocks that end with a line where lines are shorter than a block ---- */
typedef struct nf_text_file nf_text_file;
/* encoding NULL: a byte order mark decides, else UTF-8 where the whole file is valid, else GB18030: a reading that
 * fails begins again where nf_text_falls_back says so. strict: UTF-8 and nothing else. */
int  nf_text_open(nf_ctx *, nf_text_file **out, nf_bytes *, const char *encoding, bool strict);
int  nf_text_block(nf_ctx *, nf_text_file *, const char **block, size_t *n);    /* n 0: the end */
bool nf_text_falls_back(nf_ctx *, nf_text_file *);
int  nf_text_rewind(nf_ctx *, nf_text_file *);
double nf_text_done(const nf_text_file *);                       /* bytes of the file read so far, */
double nf_text_size(const nf_text_file *);                       /* of all that there are */
void nf_text_close(nf_text_file *);
const char *nf_text_encoding(const nf_text_file *);

/* v times ten to the power of places, by its decimal digits. */
double nf_shifted(double v, int places);
int nf_places_of(double factor);                                 /* 0: 1, or no power of ten from 1e-12 to 1e12 */

/* ---- records ----
 * exact: spaces round cells are data (strict mode, csvdump); else cells outside quotes are trimmed. */
/* name: for messages */
typedef struct { nf_text_file *text; const char *name; char delimiter; bool exact; } nf_csv;
int nf_csv_each(nf_ctx *, const nf_csv *, nf_record_fn *, void *self);
/* The same with a second thread that reads and splits ahead of the callback, which stays in the caller's. Records,
 * errors and their order are the same; the text is the second thread's own until this returns. */
int nf_csv_each_ahead(nf_ctx *, const nf_csv *, nf_record_fn *, void *self);

/* What passes from the one to the other: some thousand records with their cells. */
typedef struct {
    nf_record *record; size_t n;
    const char **cell; uint32_t *len; size_t cells;
    char *bytes; size_t used;                    /* the cells' text: reserved whole, touched as needed */
    double done;                                 /* bytes of the file read for it */
} nf_pack;
nf_pack *nf_pack_new(void);                      /* NULL: out of memory */
void nf_pack_free(nf_pack *);                    /* NULL is fine */
int  nf_pack_each(nf_ctx *, const nf_pack *, nf_record_fn *, void *self);
/* The one function from bytes to cells. take() is given every full pack and puts an empty one in its place. An error
 * comes when all records before it were taken. */
int  nf_csv_packs(nf_ctx *, const nf_csv *, nf_pack *first, int take(void *self, nf_ctx *, nf_pack **), void *self);
/* The same for a file by its path: comma, UTF-8 or GB18030. */
int nf_csv_file(nf_ctx *, const char *path, nf_record_fn *, void *self);
#endif
