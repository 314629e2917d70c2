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

size_t nf_text_columns(const char *utf8)
{
    size_t columns = 0;
    for (size_t i = 0, bytes, len = strlen(utf8); i < len; i += bytes) {
        uint32_t c = nf_utf8_next(utf8 + i, len - i, &bytes);
        columns += c == NF_BAD_CHAR ? 1 : (size_t)nf_char_columns(c);
    }
    return columns;
}
