/* theme.c - the colours of the roles, and the CSS made from them. */
#include "theme.h"
#include <stdio.h>

/* Marks: Okabe-Ito; text of the same hue darkened to at least 7:1 on paper. Fans are blended with the paper beforehand
 * (alpha .07 .16 .29), since libplot knows no transparency. */
static const struct { const char *name; uint32_t light, dark; } role[NF_ROLE_COUNT] = {
    [NF_PAPER] = { "paper", 0xffffff, 0x16181b },         [NF_INK] = { "ink", 0x1a1a1a, 0xf2f2f2 },
    [NF_SUB] = { "sub", 0x5b5b5b, 0xb5b5b5 },             [NF_GRID] = { "grid", 0xe2e2e2, 0x34383d },
    [NF_AXIS] = { "axis", 0x8c8c8c, 0x8c8c8c },
    [NF_OBSERVED] = { "obs", 0x0072b2, 0x4aa3dc },        [NF_OBSERVED_TEXT] = { "obst", 0x00527f, 0x7cc0ee },
    [NF_TREND] = { "trend", 0x4d4d4d, 0xb0b0b0 },         [NF_TREND_TEXT] = { "trendt", 0x4d4d4d, 0xc4c4c4 },
    [NF_BAND] = { "band", 0xdddddd, 0x34393f },
    [NF_FAN95] = { "fan95", 0xedf5fa, 0x1a242c },         [NF_FAN80] = { "fan80", 0xd6e8f3, 0x1f3341 },
    [NF_FAN50] = { "fan50", 0xb5d6e9, 0x284a62 },
    [NF_TARGET] = { "goal", 0xd55e00, 0xf08a3c },         [NF_TARGET_TEXT] = { "goalt", 0x8a3b00, 0xf4a868 },
    [NF_TRACK] = { "track", 0xededed, 0x2b2f33 },         [NF_BAR] = { "bar", 0x2687be, 0x3d8fc4 },
    [NF_WHISKER] = { "whisk", 0x4d4d4d, 0xd0d0d0 },
    [NF_TONE_NONE] = { "none", 0x555555, 0xb5b5b5 },      [NF_WASH_NONE] = { "wnone", 0xe9e9e9, 0x33373c },
    [NF_TONE_MISSED] = { "missed", 0x8c1d18, 0xf79a94 },  [NF_WASH_MISSED] = { "wmissed", 0xf7dad8, 0x4d1a17 },
    [NF_TONE_OFF] = { "off", 0x9e3a00, 0xf5a582 },        [NF_WASH_OFF] = { "woff", 0xf9dfd0, 0x4a2210 },
    [NF_TONE_RISK] = { "risk", 0x735600, 0xe8c55a },      [NF_WASH_RISK] = { "wrisk", 0xfbefc9, 0x3d3208 },
    [NF_TONE_ON] = { "on", 0x00663d, 0x7fd6ac },          [NF_WASH_ON] = { "won", 0xdcf0e6, 0x123a28 },
    [NF_TONE_MET] = { "met", 0x00527f, 0x8cc8f0 },        [NF_WASH_MET] = { "wmet", 0xd9eaf5, 0x123149 },
    [NF_HEAT1] = { "heat1", 0xfff7ec, 0xfff7ec },         [NF_HEAT2] = { "heat2", 0xfdd49e, 0xfdd49e },
    [NF_HEAT3] = { "heat3", 0xfc8d59, 0xfc8d59 },         [NF_HEAT4] = { "heat4", 0xd7301f, 0xd7301f },
    [NF_HEAT5] = { "heat5", 0x990000, 0x990000 },         [NF_HEAT6] = { "heat6", 0x4a0000, 0x5c0a1e },
    [NF_MISSING] = { "missing", 0xdcdcdc, 0x45494e },
    [NF_CAT1] = { "cat1", 0x0072b2, 0x4aa3dc },           [NF_CAT2] = { "cat2", 0xd55e00, 0xf08a3c },
    [NF_CAT3] = { "cat3", 0x009e73, 0x2fbf95 },           [NF_CAT4] = { "cat4", 0xcc79a7, 0xdd97bd },
    [NF_CAT5] = { "cat5", 0xe69f00, 0xe69f00 },           [NF_CAT6] = { "cat6", 0x56b4e9, 0x56b4e9 },
};

uint32_t nf_role_rgb(nf_role r, nf_theme t) { return t == NF_DARK ? role[r].dark : role[r].light; }
const char *nf_paint_name(nf_role r) { return role[r].name; }
nf_role nf_tone(nf_level l) { return (nf_role)(NF_TONE_NONE + (int)l); }
nf_role nf_wash(nf_level l) { return (nf_role)(NF_WASH_NONE + (int)l); }

static int variables(nf_out out, const char *before, const char *selector, const char *after, nf_theme t,
                     const bool *used)
{
    char text[64];
    int rc = nf_put(out, before);
    if (!rc) rc = nf_put(out, selector);
    if (!rc) rc = nf_put(out, "{");
    for (int r = NF_PAPER; !rc && r < NF_ROLE_COUNT; r++) {
        if (used && !used[r]) continue;
        snprintf(text, sizeof text, "--nf-%s:#%06x;", role[r].name, (unsigned)nf_role_rgb((nf_role)r, t));
        rc = nf_put(out, text);
    }
    return rc ? rc : nf_put(out, after);
}

int nf_theme_css(nf_out out, const char *selector, nf_theme t, const bool *used)
{
    char text[160];
    int rc = variables(out, "", selector, "}\n", t, used);
    if (!rc && t == NF_AUTO)
        rc = variables(out, "@media screen and (prefers-color-scheme:dark){", selector, "}}\n", NF_DARK, used);
    for (int r = NF_PAPER; !rc && r < NF_ROLE_COUNT; r++) {
        if (used && !used[r]) continue;
        snprintf(text, sizeof text, ".nf .f-%s{fill:var(--nf-%s)}.nf .s-%s{stroke:var(--nf-%s)}\n",
                 role[r].name, role[r].name, role[r].name, role[r].name);
        rc = nf_put(out, text);
    }
    return rc;
}
