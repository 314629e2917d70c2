/* xlsx_exact.h - numbers of a finished workbook that need all 17 digits. */
#ifndef NF_XLSX_EXACT_H
#define NF_XLSX_EXACT_H
#include "app.h"

/* Cells whose number the library's 16 digits do not keep, in the order they were written; freed by the owner. */
typedef struct { uint32_t row, col; double value; } nf_exact_cell;
typedef struct { nf_exact_cell *cell; size_t n, room; } nf_exact_cells;
int nf_exact_cells_add(nf_exact_cells *, uint32_t row, uint32_t col, double);    /* 0, or NF_ENOMEM without words */
/* Writes their digits into the first sheet of the workbook at path. */
int nf_xlsx_exact(nf_ctx *, const char *path, const nf_exact_cells *);
#endif
