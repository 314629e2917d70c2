/* utf8.c - valid UTF-8 and nothing else, character by character. */
#include "utf8.h"
#include "table.h"
#include <string.h>

static bool continues(unsigned char c) { return (c & 0xc0) == 0x80; }

uint32_t nf_utf8_next(const char *text, size_t len, size_t *bytes)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)text;
    *bytes = 1;
    if (*p < 0x80) return *p;
    size_t n = *p >= 0xf0 && *p < 0xf5 ? 4 : *p >= 0xe0 ? 3 : 2;
    if (*p < 0xc2 || *p > 0xf4 || n > len) return NF_BAD_CHAR;
    uint32_t c = *p & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (!continues(p[i])) return NF_BAD_CHAR;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return NF_BAD_CHAR;
    *bytes = n;
    return c;
}

bool nf_char_is_bidi(uint32_t c)
{
    return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool nf_utf8_valid(const char *text, size_t len, size_t *bad)
{
    for (size_t i = 0, bytes; i < len; i += bytes)
        if (nf_utf8_next(text + i, len - i, &bytes) == NF_BAD_CHAR) {
            if (bad) *bad = i;
            return false;
        }
    return true;
}

static size_t columns_of(uint32_t c) { return c == NF_BAD_CHAR ? 1 : (size_t)nf_char_columns(c); }

size_t nf_text_columns(const char *utf8)
{
    size_t columns = 0;
    for (size_t i = 0, bytes, len = strlen(utf8); i < len; i += bytes) {
        uint32_t c = nf_utf8_next(utf8 + i, len - i, &bytes);
        columns += columns_of(c);
    }
    return columns;
}

static bool is_among(uint32_t c, const char *set)
{
    for (size_t n = strlen(set), bytes; n; set += bytes, n -= bytes)
        if (nf_utf8_next(set, n, &bytes) == c) return true;
    return false;
}

/* A line may end at a blank, between choices, and beside a wide character unless punctuation would lose its place. */
static bool may_end_between(uint32_t before, uint32_t after)
{
    if (after == ' ' || before == '|') return true;
    if (columns_of(before) < 2 && columns_of(after) < 2) return false;
    return !is_among(after, "，。；：、！？）》」”%％…") && !is_among(before, "（《「“");
}

size_t nf_text_line(const char *text, size_t columns)
{
    size_t len = strlen(text), best = 0, used = 0, at = 0, bytes;
    for (uint32_t before = 0; at < len; at += bytes) {
        uint32_t c = nf_utf8_next(text + at, len - at, &bytes);
        if (at && may_end_between(before, c)) best = at;
        if ((used += columns_of(c)) > columns) return best ? best : at ? at : bytes;
        before = c;
    }
    return len;
}
