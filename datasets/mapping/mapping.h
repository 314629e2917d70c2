/* mapping.h - private to datasets/: what the columns of a table stand for. Loaders write it, load_rows.c obeys it.
 *
 *     records -> nf_peek (a look at the first ones) -> loader's bid -> nf_mapping -> load/load_rows.c -> intake
 *
 * A mapping is data: --write-mapping prints it as JSON, --mapping reads it back, so what a loader guessed a user
 * can correct. The key of a series is NAME@KEY.KEY: NAME is the cell of the name column, else what the value column
 * or the whole table is called (nothing where that says nothing); the KEYs are the cells of the key columns. */
#ifndef NF_MAPPING_H
#define NF_MAPPING_H
#include "readers/reading.h"
#include <string.h>

typedef enum {
    /* PERIOD: wide, the header is the time */
    NF_ROLE_IGNORE, NF_ROLE_NAME, NF_ROLE_KEY, NF_ROLE_VALUE, NF_ROLE_PERIOD,
    NF_ROLE_TIME, NF_ROLE_YEAR, NF_ROLE_QUARTER, NF_ROLE_MONTH, NF_ROLE_DAY, NF_ROLE_HOUR, NF_ROLE_MINUTE,
    NF_ROLE_UNIT, NF_ROLE_MULTIPLIER, NF_ROLE_STATUS, NF_ROLE_PUBLISHED, NF_ROLE_MEASURE, NF_ROLE_ACTION,
    NF_ROLE_PLACE, NF_ROLE_QUANTITY, NF_ROLE_TITLE, NF_ROLE_TITLE_ZH, NF_ROLE_SOURCE, NF_ROLE_DOCUMENT, NF_ROLE_LICENCE,
    NF_ROLE_SYNTHETIC, NF_ROLE_ATTRIBUTE, NF_ROLE_STRUCTURE, NF_ROLE_CONFIDENTIAL, NF_ROLES
} nf_role;

typedef struct {
    nf_role role;
    const char *header;                          /* as the file has it; "" without one */
    const char *name, *unit, *quantity, *title;  /* VALUE, PERIOD: of its series; NULL: none */
    /* KEY: written "dimension=cell" and left out where blank; NULL: plain */
    const char *dimension;
    const char *missing;                         /* tokens besides the file's own, comma-separated; NULL: none */
    bool packed; int unit_part;                  /* KEY: commas part it ("A,EUR,DE"); which part is the unit, from 1 */
    bool unit_inside;                            /* NAME, TITLE: the unit stands in it: "GDP (current US$)" */
    bool labelled;                               /* cells are "ID: words" (SDMX labels=both): the words are cut off */
    bool sparse;                                 /* VALUE: a blank cell is no observation, not a missing one */
    bool ytd;                                    /* VALUE: sums since January; NAME: where its cell says so */
    bool percent;                                /* VALUE, PERIOD: every figure has a % behind it, that is the unit */
    nf_period period;                            /* PERIOD; beside a YEAR column as of year 1 */
    double lo, hi; bool bounded, hard;           /* VALUE: what is plausible; hard: what is allowed */
    double factor;                               /* every value is multiplied by it; 0: as it is */
} nf_map_column;

typedef struct {
    const char *loader, *dataset, *source, *licence;
    char delimiter, decimal;                     /* decimal ',' : points and spaces separate thousands */
    long data_line;                              /* records that begin before this line are preamble and header */
    bool footer;                                 /* records that are no data may stand at the end */
    bool flags;                                  /* letters behind a value are its status (Eurostat) */
    bool exact;                                  /* --strict */
    bool hour_end;                               /* an hour is labelled by its end: 1:00 .. 24:00 */
    /* SDMX-CSV 2: rows in their order; what one leaves unsaid stays as it is */
    bool merges;
    bool unit_splits;                            /* rows of another unit are another series: KEY;unit=UNIT */
    bool plain_time;                             /* time is a plain number */
    int freq;                                    /* every period is read as one of these; NF_ANY: as its text says */
    nf_date_order order;
    const char *missing;                         /* tokens, comma-separated; empty is missing always */
    const char *name, *unit, *quantity, *place, *title;   /* for the whole table, where no column says it */
    nf_period start; int64_t step;               /* no time column: the period of the first row; span 0: none */
    nf_map_column *column; size_t n;
    nf_text words;                               /* what the loader saw, for the receipt */
    const char *left_out;                        /* columns of numbers that nobody reads; NULL: none */
} nf_mapping;

const char *nf_column_role_name(nf_role);               /* "key" "value" ...: the words of the JSON */
nf_map_column *nf_mapping_column(nf_mapping *, nf_role);      /* the first of that role, or NULL */
size_t nf_mapping_count(const nf_mapping *, nf_role);
void nf_map_plausible(nf_mapping *);              /* bounds by quantity and unit where none are set */
/* over a started one; columns match by header, else by place */
int nf_mapping_read(nf_ctx *, nf_mapping *, const char *file);
int nf_mapping_json(nf_ctx *, const nf_mapping *, char **out);               /* text, in nf_alloc */
int nf_mapping_write(nf_ctx *, const nf_mapping *, const char *file);

/* ---- a look at the first records ---- */
/* A table that can be read again and again: a CSV file, a sheet of a workbook. */
typedef struct {
    int (*each)(void *self, nf_ctx *, nf_record_fn *, void *to);
    void *self;
} nf_grid;

typedef struct {
    size_t cells, empty, numbers, percents, periods;     /* of the data rows in sight */
    nf_date_order order;                         /* what day/month/year dates say so far */
    double lo, hi;                               /* of the numbers; hi < lo: none */
    bool whole;                                  /* all numbers are whole */
    bool fiscal;                                 /* 2010-11, 2011-12: years, not months */
} nf_column_facts;

typedef struct {
    const char *file; char delimiter, decimal; bool exact;
    const nf_record *row; size_t n;              /* the first records, blank ones left out */
    size_t width;                                /* columns of the table */
    /* index of the header row and of the first data row; no header: equal */
    size_t header, data;
    const char *const *name;                     /* width names, trimmed; "" without a header */
    const nf_column_facts *facts;                /* width */
    int time; nf_date_order order;               /* as options or a schema say; -1: they do not */
} nf_peek;
int nf_peek_take(nf_ctx *, nf_peek *out, nf_grid, const char *file, char delimiter, bool exact);
int nf_peek_decimal(nf_ctx *, nf_peek *, char decimal);          /* another sign before decimals: looks again */
int nf_sniff_delimiter(nf_ctx *, nf_text_file *, char *out);
bool nf_word_in(const char *word, const char *list);         /* "time|date|日期"; any case */
/* 2011-12 may be a year that ends in the next one, or a December: a column of nothing else holds years. */
bool nf_is_two_years(const char *cell, size_t len);
/* Numbers, a few bad cells aside: those are errors of the file, no reason to leave the column out. */
static inline bool nf_holds_numbers(const nf_column_facts *f) { return 2 * f->numbers >= f->cells; }
/* "time|date|日期": the first there is, any case; -1: none */
int nf_peek_column(const nf_peek *, const char *names);
/* A mapping with every column ignored, to be filled by a loader. */
int nf_mapping_start(nf_ctx *, nf_mapping *, const nf_peek *);

/* ---- cells ---- */
bool nf_is_missing(const char *tokens, const char *cell, size_t len);        /* tokens: comma-separated */
/* With thousands in groups of three (1,234 1 234 1'234), spaces round it and a % behind it: as people write numbers. */
bool nf_number_scan(char decimal, const char *cell, size_t len, double *v);
static inline bool nf_has_percent(const char *cell, size_t len)
{
    while (len && cell[len - 1] == ' ') len--;
    return len && (cell[len - 1] == '%' || (len > 3 && !strncmp(cell + len - 3, "％", 3)));
}
/* Bytes of a "<" before a number, blanks behind it included; 0: none. The figure is below that number. */
size_t nf_below_sign(const char *cell, size_t len);
typedef enum { NF_SCAN_VALUE, NF_SCAN_MISSING, NF_SCAN_BAD } nf_scan;
nf_scan nf_cell_value(const nf_mapping *, const nf_map_column *, const char *cell, size_t len, double *v,
                      unsigned *status);
/* "b", "bep", "P", "A", "Estimated value" ...; false: unknown */
bool nf_status_scan(const char *text, unsigned *status);
extern const char nf_missing_default[], nf_missing_strict[];

/* ---- parts of years and days: year_parts.c ---- */
bool nf_says_since_january(const char *name);    /* 产量_累计值, 累计增长, sales YTD */
/* A column's number where the cell is no more than that: 2024 2024年 3 3月 13 13时. */
bool nf_part_number(nf_role, const char *cell, size_t len, int64_t *v);
/* 1-2月 一季度 上半年 Q1 Mar, of that year. */
bool nf_part_of_year(nf_ctx *, nf_period *out, int64_t year, const char *cell);
/* Date and time for a clock's cell: 13:00, 1:00 PM, 13时05分. False: too long. */
bool nf_clock_text(char out[64], int64_t day, const char *cell);
#endif
