/* frame.c - headline, subtitle, verdict pill, notes and source around every chart. */
#include "frame.h"
#include <math.h>
#include <string.h>

bool   nf_is_narrow(const nf_scene *s) { return s->width < 560; }
double nf_pad(const nf_scene *s) { return nf_is_narrow(s) ? 14 : NF_PAD; }

typedef struct { double title, subtitle, pill, note; } sizes;
static sizes sizes_of(const nf_scene *s)
{ return nf_is_narrow(s) ? (sizes){ 18, 13.5, 13, 12 } : (sizes){ 21, 14.5, 13, 12 }; }

/* Lines as even as they can be without becoming more: no word alone on the last. */
static size_t balanced(nf_scene *s, const char **line, size_t max, const char *text, double size, bool bold,
                       double width)
{
    size_t n = nf_text_wrap(s->ctx, line, max, text, size, bold, width);
    if (strstr(text, " · ")) return n;           /* those break between statements */
    for (double w = width * .95; n > 1 && n < max && w > width * .5; w -= width * .05) {
        const char *even[4];
        if (nf_text_wrap(s->ctx, even, n + 1, text, size, bold, w) != n) break;
        memcpy(line, even, n * sizeof *even);
    }
    return n;
}

/* Lines of text from the baseline y down; returns the baseline after the last. */
static double paragraph(nf_scene *s, nf_font font, const char *text, double y, double leading, size_t max)
{
    const char *line[4];
    double pad = nf_pad(s);
    size_t n = text && *text ? balanced(s, line, max, text, font.size, font.bold, (s->width - 2 * pad) * 0.97) : 0;
    for (size_t i = 0; i < n; i++, y += leading) nf_scene_text(s, font, pad, y, line[i]);
    return y;
}

static double head(nf_scene *s, const nf_frame *f)
{
    sizes z = sizes_of(s);
    double pad = nf_pad(s), y = paragraph(s, (nf_font){ NF_INK, z.title, 's', true, false }, f->title,
                                          pad * 0.6 + z.title + 2, z.title * 1.26, 3);
    y = paragraph(s, (nf_font){ NF_SUB, z.subtitle, 's', false, false }, f->subtitle,
                  y - z.title * 1.26 + z.subtitle * 1.62, z.subtitle * 1.35, 2);
    y -= z.subtitle * 1.35;
    if (!f->verdict) return y;
    double top = y + 15, wide = nf_pill_width(f->verdict, z.pill), at = pad + wide + 12, room = s->width - pad - at;
    const char *line[3];
    size_t n = 0;
    nf_pill(s, pad, top + 16.6, z.pill, f->level, f->verdict, true);
    bool beside = f->verdict_text && nf_text_width(f->verdict_text, z.pill, false) <= room;
    if (f->verdict_text && !beside)
        n = balanced(s, line, 3, f->verdict_text, z.pill, false, (s->width - 2 * pad) * 0.97);
    if (beside) nf_scene_text(s, (nf_font){ .role = NF_INK, .size = z.pill }, at, top + 16.6, f->verdict_text);
    for (size_t i = 0; i < n; i++)
        nf_scene_text(s, (nf_font){ .role = NF_INK, .size = z.pill }, pad, top + 42 + 18 * (double)i, line[i]);
    return top + 24 + (n ? 18 * (double)n + 6 : 0);
}

nf_box nf_frame_draw(nf_scene *s, const nf_frame *f, double plot)
{
    double pad = nf_pad(s), leading = 17, foot = 0;
    const char *line[4][6];
    size_t n[4] = { 0 };
    nf_scene_rect(s, (nf_pen){ .fill = NF_PAPER }, 0, 0, s->width, s->height, 0);
    size_t paper = s->n_item ? s->n_item - 1 : 0;
    double y = head(s, f) + 22;
    for (size_t i = 0; i < f->n_note; i++) {
        if (!f->note[i] || !*f->note[i]) continue;
        n[i] = nf_text_wrap(s->ctx, line[i], 6, f->note[i], 12, false, (s->width - 2 * pad) * 0.97);
        foot += leading * (double)n[i];
    }
    if (!s->fixed) s->height = ceil(y + plot + foot + (foot > 0 ? 30 : 14));
    if (s->n_item > paper) s->item[paper].h = s->height;
    double bottom = s->height - foot - (foot > 0 ? 30 : 14), at = s->height - foot + 2;
    for (size_t i = 0; i < f->n_note; i++)
        for (size_t k = 0; k < n[i]; k++, at += leading)
            nf_scene_text(s, (nf_font){ .role = NF_SUB, .size = 12 }, pad, at, line[i][k]);
    return (nf_box){ pad, y, s->width - pad, fmax(bottom, y + 40) };
}
