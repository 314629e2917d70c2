/* text.c - cleaning, measuring, fitting and wrapping of UTF-8 text. */
#include "scene.h"
#include <string.h>

/* Advance widths of Lato Regular and Bold (SIL Open Font License), thousandths of an em: U+0020-007E, U+00A0-00FF. */
static const uint16_t advance[2][191] = { {
    256, 269, 371, 580, 580, 802, 712, 204, 267, 267, 425, 580, 227, 372, 236, 452, 580, 580, 580, 580, 580, 580,
    580, 580, 580, 580, 250, 262, 580, 580, 580, 448, 837, 677, 647, 668, 761, 578, 566, 731, 764, 280, 423, 663,
    514, 929, 764, 801, 601, 801, 627, 543, 591, 736, 677, 1036, 649, 624, 602, 306, 452, 306, 580, 459, 400, 497,
    560, 478, 560, 528, 351, 520, 558, 240, 240, 508, 236, 823, 558, 567, 561, 560, 364, 433, 359, 558, 516, 786,
    498, 516, 452, 301, 251, 301, 580, 256, 252, 580, 580, 580, 580, 254, 495, 400, 832, 368, 429, 580, 0, 832, 400,
    415, 580, 334, 334, 400, 650, 701, 260, 400, 334, 402, 430, 734, 726, 742, 440, 677, 677, 677, 677, 677, 677,
    931, 668, 578, 578, 578, 578, 280, 280, 280, 280, 769, 764, 801, 801, 801, 801, 801, 580, 801, 736, 736, 736,
    736, 624, 599, 580, 497, 497, 497, 497, 497, 497, 805, 478, 528, 528, 528, 528, 240, 240, 240, 240, 566, 558,
    567, 567, 567, 567, 567, 580, 567, 558, 558, 558, 558, 516, 561, 516 }, {
    243, 281, 396, 580, 580, 820, 724, 212, 275, 275, 425, 580, 234, 373, 238, 466, 580, 580, 580, 580, 580, 580,
    580, 580, 580, 580, 258, 271, 580, 580, 580, 460, 844, 695, 659, 662, 761, 575, 566, 726, 771, 297, 430, 686,
    520, 945, 771, 808, 619, 808, 643, 549, 600, 743, 695, 1051, 671, 648, 606, 314, 466, 314, 580, 467, 400, 508,
    568, 482, 568, 534, 359, 528, 564, 254, 254, 535, 249, 838, 564, 575, 568, 568, 373, 440, 372, 564, 528, 803,
    522, 528, 460, 306, 261, 306, 580, 243, 270, 580, 580, 580, 580, 264, 504, 400, 824, 367, 456, 580, 0, 824, 400,
    416, 580, 334, 334, 400, 660, 737, 275, 400, 334, 401, 456, 743, 736, 750, 455, 695, 695, 695, 695, 695, 695,
    933, 662, 575, 575, 575, 575, 297, 297, 297, 297, 770, 771, 808, 808, 808, 808, 808, 580, 808, 743, 743, 743,
    743, 648, 616, 603, 508, 508, 508, 508, 508, 508, 810, 483, 534, 534, 534, 534, 254, 255, 254, 254, 571, 564,
    575, 575, 575, 575, 575, 580, 574, 564, 564, 564, 564, 528, 568, 528 } };

/* The character at s and its length in bytes; U+FFFD and 1 where the bytes are not UTF-8. */
static uint32_t decode(const char *s, size_t *len)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = u[0] < 0x80 ? 1 : u[0] >= 0xc2 && u[0] < 0xe0 ? 2 : (u[0] & 0xf0) == 0xe0 ? 3 : u[0] >= 0xf0
        && u[0] < 0xf5 ? 4 : 0;
    uint32_t c = n == 1 ? u[0] : n ? u[0] & (0x7fu >> n) : 0;
    *len = 1;
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xc0) != 0x80) return 0xfffd;
        c = c << 6 | (u[i] & 0x3fu);
    }
    static const uint32_t least[5] = { 0xffffffff, 0, 0x80, 0x800, 0x10000 };
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return 0xfffd;
    *len = n;
    return c;
}

/* Marks that draw nothing but turn or hide what stands beside them. */
static bool is_trick(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f)
    || c == 0xfeff ||
           (c >= 0xe0000 && c <= 0xe0fff);
}
static bool is_control(uint32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff; }
static bool is_wide(uint32_t c) { return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4)
                                  || (c >= 0xf900 && c < 0xfb00)
                                      || (c >= 0xfe30 && c < 0xfe50) || (c >= 0xff00 && c < 0xff61) || c >= 0x1f000; }

const char *nf_text_clean(nf_ctx *c, const char *s)
{
    size_t room = 3 * strnlen(s, NF_SCENE_TEXT), used = 0, len;
    if (room > NF_SCENE_TEXT) room = NF_SCENE_TEXT;
    char *out = nf_alloc(c, room + 1);
    if (!out) return "";
    for (; *s; s += len) {
        uint32_t u = decode(s, &len);
        if (is_trick(u)) continue;
        bool space = u == ' ' || u == '\t' || u == '\n' || u == '\r', bad = u == 0xfffd || (is_control(u) && !space);
        if (space && used && out[used - 1] == ' ') continue;     /* SVG shows one: so does every canvas */
        size_t n = bad ? 3 : space ? 1 : len;
        if (used + n > room) break;
        memcpy(out + used, bad ? "\xef\xbf\xbd" : space ? " " : s, n);
        used += n;
    }
    return out;
}

static unsigned width_of(uint32_t c, bool bold)
{
    if (c >= 0x20 && c < 0x7f) return advance[bold][c - 0x20];
    if (c >= 0xa0 && c < 0x100) return advance[bold][c - 0xa0 + 95];
    if (c == 0x2018 || c == 0x2019) return 221;
    if (c == 0x201c || c == 0x201d) return 387;
    if (c == 0x2014 || c == 0x2026) return 800;
    if (c == 0x2192 || is_wide(c)) return 1000;
    return (c >= 0x300 && c < 0x370) || is_trick(c) ? 0 : 600;
}

double nf_text_width(const char *s, double size, bool bold)
{
    unsigned long sum = 0;
    for (size_t len; *s; s += len) sum += width_of(decode(s, &len), bold);
    return (double)sum * size / 1000;
}

/* How many bytes of s fit into that width; always at least one character. */
static size_t take(const char *s, double size, bool bold, double width)
{
    double sum = 0;
    size_t at = 0;
    for (size_t len; s[at]; at += len) {
        sum += width_of(decode(s + at, &len), bold) * size / 1000;
        if (sum > width && at) break;
    }
    return at;
}

static const char *fitted(nf_ctx *c, const char *clean, double size, bool bold, double width)
{
    if (nf_text_width(clean, size, bold) <= width) return clean;
    size_t n = take(clean, size, bold, width - 0.8 * size);
    while (n && clean[n - 1] == ' ') n--;
    const char *out = nf_format(c, "%.*s\u2026", (int)n, clean);
    return out ? out : "";
}

const char *nf_text_fit(nf_ctx *c, const char *s, double size, bool bold, double width)
{ return fitted(c, nf_text_clean(c, s), size, bold, width); }

static bool is_one_of(uint32_t c, const uint32_t *list)
{
    while (*list && *list != c) list++;
    return *list != 0;
}

/* Closing punctuation may not begin a line, nor opening one end it. */
static const uint32_t closing[] = { 0x3001, 0x3002, 0xff0c, 0xff1a, 0xff1b, 0xff09, 0x201d, 0x300b, 0xff1f, 0xff01,
                                    0x300d, 0 };
static const uint32_t opening[] = { 0xff08, 0x201c, 0x300a, 0x300c, 0 };
static const uint32_t dated[] = { 0x5e74, 0x6708, 0x7b2c, 0 };                             /* 年 月 第 */
static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
#define DOT "\xc2\xb7"                           /* between two statements */

/* Where a line of at most n bytes had better end: after a dot, after a space, or between Han characters. */
static size_t break_at(const char *s, size_t n)
{
    size_t best = 0, dot = 0;
    for (size_t at = 0, len; at < n; at += len) {
        uint32_t c = decode(s + at, &len), after = at + len <= n && s[at + len] ? decode(s + at + len, &(size_t){ 0 })
            : ' ';
        if (at + len > n) break;
        bool percent = after == '%' || (after == ' ' && s[at + len] && s[at + len + 1] == '%');     /* 4.3 % */
        bool han = (is_wide(c) || is_wide(after)) && !is_one_of(after, closing) && !is_one_of(c, opening)
                && !is_digit(c) && !(is_digit(after) && is_one_of(c, dated));              /* 2027年3月, 第3季度 */
        if (han || ((c == ' ' || after == ' ') && !percent)) best = at + len;
        if (c == 0xb7 && after == ' ' && s[at + len]) dot = at + len;
    }
    return dot > n / 3 ? dot : best ? best : n;
}

/* Blanks and a dot that only joined what is now apart. */
static size_t trimmed(const char *s, size_t end)
{
    while (end && s[end - 1] == ' ') end--;
    if (end > 2 && !memcmp(s + end - 2, DOT, 2))
        for (end -= 2; end && s[end - 1] == ' ';) end--;
    return end;
}

static const char *next_word(const char *s)
{
    while (*s == ' ' || !strncmp(s, DOT " ", sizeof DOT)) s += *s == ' ' ? 1 : sizeof DOT - 1;
    return s;
}

size_t nf_text_wrap(nf_ctx *c, const char **line, size_t max, const char *utf8, double size, bool bold, double width)
{
    const char *s = nf_text_clean(c, utf8);
    size_t n = 0;
    while (n < max && *(s = next_word(s))) {
        if (n + 1 == max || nf_text_width(s, size, bold) <= width) {
            line[n++] = fitted(c, s, size, bold, width);
            break;
        }
        size_t cut = break_at(s, take(s, size, bold, width));
        char *copy = nf_strndup(c, s, trimmed(s, cut));
        line[n++] = copy ? copy : "";
        s += cut;
    }
    return n;
}
