/* pick.h - the selection options, understood; and what they do to one series. */
#ifndef NF_PICK_H
#define NF_PICK_H
#include "app.h"
#include "aggregate.h"

typedef struct {
    const char *where_key, *where_value;
    nf_period from, to; double from_number, to_number;           /* empty, infinite: unbounded */
    bool aggregate; nf_aggregate rule;
    const nf_season *season; size_t n_season;
    /* a series that cannot be had so comes empty, with meta->unfit; else an error */
    bool keeps;
} nf_pick;

/* The end of a range as text: a period, and the number it may be where the axis is plain numbers (left where it is
 * none). place: who gave it, for errors. */
int nf_pick_bound(nf_ctx *, nf_period *, double *number, const char *text, const char *place);
int nf_pick_parse(nf_ctx *, nf_pick *, const struct nf_selection *);
int nf_pick_cut(nf_ctx *, const nf_pick *, nf_series *);
#endif
