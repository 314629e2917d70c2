/* formats.c - the table formats of --format: the engine's and the spreadsheet. */
#include "app.h"

extern const nf_writer nf_writer_xlsx;
#define NF_WRITER(id) extern const nf_writer nf_writer_##id;
#include "writers.def"
#undef NF_WRITER
const nf_writer *const nf_formats[] = {
#define NF_WRITER(id) &nf_writer_##id,
#include "writers.def"
#undef NF_WRITER
    &nf_writer_xlsx, NULL
};
