/* theme.h - what a mark means decides its colour: roles, and their colours in light and dark.
 *
 * Nothing in a scene names a colour. A canvas asks for the role's colour in its theme; the SVG canvas also
 * writes the role as a class, so that a page's CSS variables (--nf-ROLE) can recolour an inlined chart. */
#ifndef NF_THEME_H
#define NF_THEME_H
#include "plots.h"

typedef enum {
    NF_ROLE_NONE,
    NF_PAPER, NF_INK, NF_SUB, NF_GRID, NF_AXIS,
    NF_OBSERVED, NF_OBSERVED_TEXT, NF_TREND, NF_TREND_TEXT, NF_BAND,
    NF_FAN95, NF_FAN80, NF_FAN50, NF_TARGET, NF_TARGET_TEXT,
    NF_TRACK, NF_BAR, NF_WHISKER,
    NF_TONE_NONE, NF_TONE_MISSED, NF_TONE_OFF, NF_TONE_RISK, NF_TONE_ON, NF_TONE_MET,     /* in the order of nf_level */
    NF_WASH_NONE, NF_WASH_MISSED, NF_WASH_OFF, NF_WASH_RISK, NF_WASH_ON, NF_WASH_MET,
    NF_HEAT1, NF_HEAT2, NF_HEAT3, NF_HEAT4, NF_HEAT5, NF_HEAT6, NF_MISSING,
    NF_CAT1, NF_CAT2, NF_CAT3, NF_CAT4, NF_CAT5, NF_CAT6,
    NF_ROLE_COUNT
} nf_role;

/* 0xRRGGBB; never pure black, which libplot leaves out. AUTO is light */
uint32_t    nf_role_rgb(nf_role, nf_theme);
const char *nf_paint_name(nf_role);               /* "ink": the class is f-ink for fills, s-ink for strokes */
nf_role     nf_tone(nf_level);                   /* dark enough for text on paper and on its wash */
nf_role     nf_wash(nf_level);

/* CSS: variables on `selector` (dark ones under prefers-color-scheme, print always light) and the role classes below
 * it. used: one flag a role, or NULL for all. */
int nf_theme_css(nf_out, const char *selector, nf_theme, const bool *used);
/* The font list, best first; every name a browser or fontconfig may have. */
#define NF_FONT_LIST "Lato,'Source Sans 3','Noto Sans','Helvetica Neue',Arial," \
                     "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
#endif
