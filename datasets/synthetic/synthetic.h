/* synthetic.h - the invented city's indicators: what nf_synthetic_city draws and which target each has. */
#ifndef NF_SYNTHETIC_H
#define NF_SYNTHETIC_H
#include "engine.h"

enum { SYNTHETIC_FIRST_YEAR = 2012, SYNTHETIC_LAST_YEAR = 2025 };

typedef struct {
    const char *code, *en, *zh, *improvement, *unit;
    nf_scale scale;
    int sense;
    double level;                 /* in SYNTHETIC_FIRST_YEAR */
    double drift, noise;          /* a year: fractions on log scale, units of the figure otherwise */
    int decimals;
    nf_kind kind; int base, due;  /* due 0: no deadline */
    double goal;                  /* NaN: direction only; NF_CHANGE_PCT: percent of the base */
    int last;                     /* last year with a figure; 0: none at all */
    bool binding;
    const char *expression;       /* a formula over hourly or monthly series, or NULL: an annual series */
} synthetic_indicator;

typedef struct {
    const char *code; nf_text title; const char *improvement; nf_text improvement_title, owner;
    nf_text task[5];
} synthetic_project;

extern const synthetic_project synthetic_projects[9];
extern const synthetic_indicator synthetic_indicators[];   /* ends at code NULL */
#endif
