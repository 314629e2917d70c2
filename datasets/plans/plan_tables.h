/* plan_tables.h - private to datasets/: the plan's tables as data, and what reads and writes them. */
#ifndef NF_PLAN_TABLES_H
#define NF_PLAN_TABLES_H
#include "readers/reading.h"

/* What a cell becomes. PROSE is a pair: the column and its twin with the suffix _zh. */
typedef enum { NF_CELL_TEXT, NF_CELL_PROSE, NF_CELL_NUMBER, NF_CELL_COUNT, NF_CELL_FLAG, NF_CELL_PERIOD, NF_CELL_KNOWN,
               NF_CELL_KIND, NF_CELL_SENSE, NF_CELL_SCALE, NF_CELL_PATH } nf_cell_kind;

/* One column: where it goes in the row's struct. needed: the column must be there and its cells filled. */
typedef struct { const char *name; nf_cell_kind kind; size_t at; bool needed; } nf_plan_column;
/* One table; columns end at a NULL name. size 0: the table has one row, which is the plan itself. */
typedef struct { const char *name; const nf_plan_column *column; size_t size, list, count; } nf_plan_table;

extern const nf_plan_table nf_plan_tables[];     /* in reading order; ends at a NULL name */
extern const nf_plan_table nf_targets_table;     /* the flat table of `check --data --targets` */

/* Rows of one table as they come in: the header first. */
typedef struct nf_plan_intake nf_plan_intake;
int nf_plan_intake_new(nf_ctx *, nf_plan_intake **, nf_plan *, const nf_plan_table *);
int nf_plan_intake_record(void *intake, nf_ctx *, const nf_record *);   /* an nf_record_fn */
int nf_plan_intake_end(nf_ctx *, nf_plan_intake *);

/* One cell into a field. The error is without its place. */
int nf_plan_cell(nf_ctx *, void *field, const nf_plan_column *, const char *text);
/* Targets take from their indicators what they do not say themselves; done twice it changes nothing. */
void nf_plan_link(nf_plan *);
#endif
