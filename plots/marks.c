/* marks.c - marks that several charts share: verdict shapes, pills, sparklines, bullet bars. */
#include "frame.h"
#include <math.h>
#include <string.h>

/* A verdict is a shape, a word and a colour: each alone is enough. */
void nf_mark_level(nf_scene *s, nf_role role, nf_level level, double x, double y, double r)
{
    nf_pen fill = { .fill = role }, line = { .stroke = role, .width = r * 0.45, .round = true };
    switch (level) {
    case NF_MET:
        nf_scene_polyline(s, line, 3, (double[]){ x - r * 0.9, x - r * 0.25, x + r },
                          (double[]){ y + r * 0.05, y + r * 0.75, y - r * 0.75 });
        break;
    case NF_ON: nf_scene_disc(s, fill, x, y, r); break;
    case NF_RISK:
        nf_scene_polygon(s, fill, 4, (double[]){ x, x + r * 1.2, x, x - r * 1.2 },
                         (double[]){ y - r * 1.2, y, y + r * 1.2, y });
        break;
    case NF_OFF:
        nf_scene_polygon(s, fill, 3, (double[]){ x - r * 1.15, x + r * 1.15, x },
                         (double[]){ y - r * 0.9, y - r * 0.9, y + r * 1.1 });
        break;
    case NF_MISSED:
        nf_scene_line(s, line, x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8);
        nf_scene_line(s, line, x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8);
        break;
    default: nf_scene_rect(s, fill, x - r, y - r * 0.3, 2 * r, r * 0.6, 0);
    }
}

/* A closing full-width bracket brings its own blank with it. */
double nf_pill_width(const char *word, double size)
{
    size_t n = strlen(word);
    double blank = n >= 3 && !strcmp(word + n - 3, "）") ? size * 0.5 : 0;
    return nf_text_width(word, size, true) * 1.04 + size * 2.9 - blank;
}

void nf_pill(nf_scene *s, double x, double y, double size, nf_level level, const char *word, bool solid)
{
    double tall = size * 1.84, top = y - size * 1.28;
    nf_role back = solid ? nf_tone(level) : nf_wash(level), front = solid ? NF_PAPER : nf_tone(level);
    nf_scene_rect(s, (nf_pen){ .fill = back }, x, top, nf_pill_width(word, size), tall, tall / 2);
    nf_mark_level(s, front, level, x + size * 1.2, top + tall / 2, size * 0.4);
    nf_scene_text(s, (nf_font){ front, size, 's', true, false }, x + size * 2, y, word);
}

void nf_sparkline(nf_scene *s, const nf_series *series, nf_box b)
{
    enum { MOST = 600 };
    double x[MOST], y[MOST], lo = INFINITY, hi = -INFINITY;
    size_t n = series ? series->t.n : 0, skip = n > MOST ? n - MOST : 0, count = n - skip, last = count;
    if (!count) return;
    double from = nf_axis_position(&series->t, skip), to = nf_axis_position(&series->t, n - 1);
    for (size_t i = 0; i < count; i++) {
        y[i] = series->y[skip + i];
        x[i] = to > from ? nf_axis_position(&series->t, skip + i) : to;
        if (!isfinite(y[i])) continue;
        lo = fmin(lo, y[i]);
        hi = fmax(hi, y[i]);
        last = i;
    }
    if (last == count) return;
    nf_linear sx = { from, to > from ? to : from + 1, b.left, b.right }, sy = { lo, hi, b.bottom, b.top };
    for (size_t i = 0; i < count; i++) {
        x[i] = to > from ? nf_px(&sx, x[i]) : b.right;
        y[i] = hi > lo ? nf_px(&sy, y[i]) : isfinite(y[i]) ? (b.top + b.bottom) / 2 : NAN;
    }
    nf_scene_polyline(s, (nf_pen){ .stroke = NF_OBSERVED, .width = 1.8, .round = true }, count, x, y);
    if (count <= 60)
        for (size_t i = 0; i < count; i++)       /* lone points between gaps */
            if (isfinite(y[i]) && (i == 0 || !isfinite(y[i - 1])) && (i + 1 == count || !isfinite(y[i + 1])))
                nf_scene_disc(s, (nf_pen){ .fill = NF_OBSERVED }, x[i], y[i], 1.6);
    nf_scene_disc(s, (nf_pen){ .fill = NF_OBSERVED }, x[last], y[last], 3);
}

void nf_bullet_bar(nf_scene *s, const nf_bullet *b, double x, double y, double width)
{
    nf_pen whisker = { .stroke = NF_WHISKER, .width = 1.6 };
    nf_scene_rect(s, (nf_pen){ .fill = NF_TRACK }, x, y - 7, width, 14, 0);
    double done = fmin(b->done, 1.3);
    if (done > 0) nf_scene_rect(s, (nf_pen){ .fill = NF_BAR }, x, y - 7, width * done, 14, 0);
    else if (done < 0)                           /* away from the target: an arrow to the left of the start */
        nf_scene_polygon(s, (nf_pen){ .fill = NF_TONE_OFF }, 3, (double[]){ x - 2, x - 2, x - 10 },
                         (double[]){ y - 6, y + 6, y });
    if (isfinite(b->expected) && b->expected >= 0 && b->expected < 1)
        nf_scene_line(s, (nf_pen){ .stroke = NF_INK, .width = 1.4, .dash = { 2, 2 } }, x + width * b->expected, y - 11,
                      x + width * b->expected, y + 11);
    nf_scene_line(s, (nf_pen){ .stroke = NF_TARGET, .width = 2.4 }, x + width, y - 11, x + width, y + 11);
    if (!b->has_range || !isfinite(b->lo) || !isfinite(b->hi)) return;
    double lo = fmin(fmax(fmin(b->lo, b->hi), -0.04), 1.33), hi = fmin(fmax(fmax(b->lo, b->hi), -0.04), 1.33),
           mid = b->mid;
    nf_scene_line(s, whisker, x + width * lo, y, x + width * hi, y);
    if (lo > -0.04) nf_scene_line(s, whisker, x + width * lo, y - 4, x + width * lo, y + 4);
    if (hi < 1.33) nf_scene_line(s, whisker, x + width * hi, y - 4, x + width * hi, y + 4);
    if (mid > -0.04 && mid < 1.33)
        nf_scene_disc(s, (nf_pen){ .fill = NF_PAPER, .stroke = NF_WHISKER, .width = 1.4 }, x + width * mid, y, 3.2);
}
