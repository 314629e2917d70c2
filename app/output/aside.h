/* aside.h - rows put aside in a temporary file without a name, until all p of a batch are known. */
#ifndef NF_ASIDE_H
#define NF_ASIDE_H
#include "method.h"
int  nf_aside_open(nf_ctx *, nf_aside *);
void nf_aside_close(nf_aside);
#endif
