/* table_roles.h - private to datasets/: what loaders have in common when they find out which column is what. */
#ifndef NF_TABLE_ROLES_H
#define NF_TABLE_ROLES_H
#include "loader.h"

/* TIME, or YEAR QUARTER MONTH DAY HOUR MINUTE, by name and content; also TIME with HOUR.
 * Whether there is any. */
bool nf_map_time(nf_ctx *, nf_mapping *, const nf_peek *);
/* "1995 ", "2024年4月": header cells that are periods become PERIOD columns. How many. */
size_t nf_map_periods(nf_ctx *, nf_mapping *, const nf_peek *);
/* A row per year, a column per month or quarter of it (1月, Jan, Q1, or 1 to 12): PERIOD columns beside YEAR. How
 * many. */
size_t nf_map_parts_of_year(nf_ctx *, nf_mapping *, const nf_peek *p);
/* Dates that are all the first of a month, quarter or year stand for that month, quarter or year. */
void nf_map_coarse(nf_mapping *, const nf_peek *);
/* Name, unit and title of a VALUE column from its header: "GDP (亿元)". */
int nf_map_value(nf_ctx *, nf_mapping *, size_t column, const char *header);
/* VALUE for every column of numbers that has no role. How many, or < 0. */
int nf_map_values(nf_ctx *, nf_mapping *, const nf_peek *);
/* KEY for as few text columns as tell rows of one time apart, and for one that names the place of all. */
int nf_map_keys(nf_ctx *, nf_mapping *, const nf_peek *);
bool nf_is_counter(const nf_peek *, size_t column);            /* 1, 2, 3, ...: numbers of rows, no data */
bool nf_header_is(const nf_peek *, size_t column, const char *names);       /* "time|date", any case */

/* ---- one table per family (air, traffic, industry) ----
 * name is what stands before the @ in a key. sure: the unit holds wherever the column is found; otherwise only
 * where a column of `witness` shows whose file it is. over: numbers above it are of unit_over instead. */
typedef struct {
    const char *headers, *name, *quantity, *unit; bool sure; double over; const char *unit_over;
} nf_family_column;
typedef struct { const nf_family_column *column; const char *places, *witness; size_t least; } nf_family;
int nf_family_bid(nf_ctx *, nf_mapping *, const nf_peek *, const nf_family *);
#endif
