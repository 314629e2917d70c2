/* ledger_collect.h - sheets of the ledger: one to each unit, and back again. */
#ifndef NF_LEDGER_COLLECT_H
#define NF_LEDGER_COLLECT_H
#include "app.h"

/* A prefilled workbook for each unit of the plan's key tasks, into the folder; a row per unit on the sink. */
int nf_ledger_give(nf_ctx *, nf_workspace *, const char *period, const char *folder);
/* The sheets come back: each is entered whole or not at all. A row per unit: received, late, refused or awaited.
 * period NULL: whatever the sheets say; until NULL: ten days after the period's end. */
int nf_ledger_take(nf_ctx *, nf_workspace *, char **file, const char *period, const char *until);
#endif
