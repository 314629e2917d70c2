/* pick.h - the selection options, understood; and what they do to one series. */
#ifndef NF_PICK_H
#define NF_PICK_H
#include "app.h"

typedef struct { const char *name; int from, to; } nf_season;    /* months 1-12; 12-4 runs over the new year */

typedef struct {
    const char *where_key, *where_value;
    nf_period from, to; double from_number, to_number;           /* empty, NaN: unbounded */
    bool aggregate; nf_freq freq; const char *stat, *rule; double capture;       /* capture: a share */
    const nf_season *season; size_t n_season;
} nf_pick;

int nf_pick_parse(nf_ctx *, nf_pick *, const struct nf_selection *);
bool nf_season_has(const nf_season *, nf_period);                /* NULL: every period */

/* Each answers a new view, or the same one where there is nothing to do. */
void nf_pick_cut(const nf_pick *, nf_series *);
int nf_pick_season(nf_ctx *, nf_series *, const nf_season *);
int nf_pick_aggregate(nf_ctx *, nf_series *, const nf_pick *, const nf_season *);
#endif
