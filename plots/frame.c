/* frame.c - headline, subtitle, verdict pill, notes and source around every chart. */
#include "frame.h"
#include <math.h>
#include <string.h>

bool   nf_is_narrow(const nf_scene *s) { return s->width < 560; }
double nf_pad(const nf_scene *s) { return nf_is_narrow(s) ? 14 : NF_PAD; }

typedef struct { double title, subtitle, pill, note; } sizes;
static sizes sizes_of(const nf_scene *s)
{ return nf_is_narrow(s) ? (sizes){ 18, 13.5, 13, 12 } : (sizes){ 21, 14.5, 13, 12 }; }

enum { LINES = 6 };

typedef struct { const char *text, *end, *rest; double size, whole, longer; bool bold; } parting;

/* The stop at which the two lines come out most even; the stop itself stays or goes. */
static void part_at(parting *p, const char *stop, bool stays)
{
    size_t n = strlen(stop);
    for (const char *at = p->text; (at = strstr(at, stop)) && at[n]; at += n) {
        double rest = nf_text_width(at + n, p->size, p->bold), longer = fmax(rest, p->whole - rest);
        if (longer <= p->longer) p->longer = longer, p->rest = at + n, p->end = stays ? at + n : at;
    }
}

/* Two lines part between statements, else in Chinese after a clause, where both have room. */
static bool halves(nf_scene *s, const char *line[LINES], const char *text, double size, bool bold, double width)
{
    static const char *const clauses[] = { "，", "：", "；", "。" };
    parting p = { .text = nf_text_clean(s->ctx, text), .size = size, .longer = width, .bold = bold };
    p.whole = nf_text_width(p.text, size, bold);
    part_at(&p, " · ", false);
    bool statements = p.rest != NULL;
    for (size_t i = 0; !statements && i < sizeof clauses / sizeof *clauses; i++) part_at(&p, clauses[i], true);
    line[0] = p.rest ? nf_strndup(s->ctx, p.text, (size_t)(p.end - p.text)) : NULL;
    if (line[0]) line[1] = p.rest;
    return line[0] != NULL;
}

/* Lines as even as they can be without becoming more: no word alone on the last. */
static size_t balanced(nf_scene *s, const char *line[LINES], size_t max, const char *text, double size, bool bold,
                       double width)
{
    const char *even[LINES];
    size_t n = nf_text_wrap(s->ctx, line, LINES, text, size, bold, width);
    if (n > max) return nf_text_wrap(s->ctx, line, max, text, size, bold, width);
    if (n == 2 && halves(s, even, text, size, bold, width)) {
        memcpy(line, even, n * sizeof *even);
        return n;
    }
    if (strstr(text, " · ")) return n;           /* those break between statements */
    for (double w = width * .95; n > 1 && n < LINES && w > width * .5; w -= width * .05) {
        if (nf_text_wrap(s->ctx, even, LINES, text, size, bold, w) != n) break;
        memcpy(line, even, n * sizeof *even);
    }
    return n;
}

static double text_width(const nf_scene *s) { return (s->width - 2 * nf_pad(s)) * 0.97; }

/* At most max lines of text from the baseline y down; returns the baseline after the last. */
static double paragraph(nf_scene *s, nf_font font, const char *text, double y, double leading, size_t max)
{
    const char *line[LINES];
    size_t n = text && *text ? balanced(s, line, max, text, font.size, font.bold, text_width(s)) : 0;
    for (size_t i = 0; i < n; i++, y += leading) nf_scene_text(s, font, nf_pad(s), y, line[i]);
    return y;
}

/* A headline of more than three lines is set smaller. */
static double title_size(nf_scene *s, const char *title, double size)
{
    const char *line[LINES];
    return nf_text_wrap(s->ctx, line, LINES, title ? title : "", size, true, text_width(s)) > 3 ? size * 0.85 : size;
}

static double head(nf_scene *s, const nf_frame *f)
{
    sizes z = sizes_of(s);
    z.title = title_size(s, f->title, z.title);
    double pad = nf_pad(s), y = paragraph(s, (nf_font){ NF_INK, z.title, 's', true, false }, f->title,
                                          pad * 0.6 + z.title + 2, z.title * 1.26, LINES);
    y = paragraph(s, (nf_font){ NF_SUB, z.subtitle, 's', false, false }, f->subtitle,
                  y - z.title * 1.26 + z.subtitle * 1.62, z.subtitle * 1.35, LINES);
    y -= z.subtitle * 1.35;
    if (!f->verdict) return y;
    double top = y + 15, wide = nf_pill_width(f->verdict, z.pill), at = pad + wide + 12, room = s->width - pad - at;
    const char *line[LINES];
    size_t n = 0;
    nf_pill(s, pad, top + 16.6, z.pill, f->level, f->verdict, true);
    bool beside = f->verdict_text && nf_text_width(f->verdict_text, z.pill, false) <= room;
    if (f->verdict_text && !beside) n = balanced(s, line, 4, f->verdict_text, z.pill, false, text_width(s));
    if (beside) nf_scene_text(s, (nf_font){ .role = NF_INK, .size = z.pill }, at, top + 16.6, f->verdict_text);
    for (size_t i = 0; i < n; i++)
        nf_scene_text(s, (nf_font){ .role = NF_INK, .size = z.pill }, pad, top + 42 + 18 * (double)i, line[i]);
    return top + 24 + (n ? 18 * (double)n + 6 : 0);
}

/* Notes fill their lines, unless that left a few words alone on the last. */
static size_t note_lines(nf_scene *s, const char *line[LINES], const char *text, double size)
{
    double width = text_width(s);
    if (!text || !*text) return 0;
    size_t n = nf_text_wrap(s->ctx, line, LINES, text, size, false, width);
    bool widow = n > 1 && nf_text_width(line[n - 1], size, false) < width / 3;
    return widow ? balanced(s, line, LINES, text, size, false, width) : n;
}

nf_box nf_frame_draw(nf_scene *s, const nf_frame *f, double plot)
{
    double pad = nf_pad(s), leading = 17, foot = 0;
    const char *line[4][LINES];
    size_t n[4] = { 0 };
    nf_scene_rect(s, (nf_pen){ .fill = NF_PAPER }, 0, 0, s->width, s->height, 0);
    size_t paper = s->n_item ? s->n_item - 1 : 0;
    double y = head(s, f) + 22;
    for (size_t i = 0; i < f->n_note; i++) {
        n[i] = s->bare ? 0 : note_lines(s, line[i], f->note[i], 12);
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
