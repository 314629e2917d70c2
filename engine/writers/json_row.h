/* json_row.h - a row as a JSON object: shared by writer_json.c and writer_jsonl.c. */
#ifndef NF_JSON_ROW_H
#define NF_JSON_ROW_H
#include "pen.h"
int  nf_pen_json_table(nf_pen *, const nf_field *);   /* nf_pen_table, and the keys */
void nf_pen_json_row(nf_pen *, const nf_value *);
#endif
