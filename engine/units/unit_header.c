/* unit_header.c - the unit glued to a column's header: "GDP (亿元)", "PM2.5 [µg/m³]", "产值_万元". */
#include "unit_words.h"
#include <string.h>

/* Where the last opening bracket of this kind stands, when the header ends with its closing one. */
static const char *opened(const char *s, size_t n, const char *open, const char *close, const char **inside,
                          size_t *len)
{
    size_t o = strlen(open), k = strlen(close);
    if (n < o + k || strncmp(s + n - k, close, k)) return NULL;
    for (size_t i = n - k; i-- > 0;)
        if (!strncmp(s + i, open, o)) {
            *inside = s + i + o;
            *len = n - k - i - o;
            return s + i;
        }
    return NULL;
}

static const char *in_brackets(const char *s, size_t n, const char **inside, size_t *len)
{
    static const char *const pair[][2] = {
        { "(", ")" }, { "（", "）" }, { "[", "]" }, { "【", "】" }, { "［", "］" }, { "<", ">" },
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        const char *at = opened(s, n, pair[i][0], pair[i][1], inside, len);
        if (at) return at;
    }
    return NULL;
}

/* After "_" "," ":" or a blank only what cannot be part of a name: a sign, or a word that is not English. */
static bool cannot_be_a_name(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((s[i] & 0x80) || s[i] == '%' || s[i] == '/') return true;
    return false;
}

static const char *behind_mark(const char *s, size_t n, const char **inside, size_t *len)
{
    static const char *const mark[] = { "_", ",", ":", "，", "：", "、", " " };
    for (size_t i = n; i-- > 1;)
        for (size_t k = 0; k < sizeof mark / sizeof *mark; k++) {
            size_t w = strlen(mark[k]);
            if (i + w >= n || strncmp(s + i, mark[k], w)) continue;
            *inside = s + i + w;
            *len = n - i - w;
            return cannot_be_a_name(*inside, *len) ? s + i : NULL;
        }
    return NULL;
}

static bool copy(char *out, size_t room, const char *s, size_t n)
{
    while (n && (*s == ' ' || *s == '\t')) s++, n--;
    while (n && strchr(" \t,:_", s[n - 1])) n--;
    if (n >= room) return false;
    memcpy(out, s, n);
    out[n] = '\0';
    return true;
}

bool nf_unit_in_header(const char *header, char name[128], char unit[48])
{
    size_t n = strlen(header), len = 0;
    const char *inside = NULL;
    nf_unit u;
    while (n && (header[n - 1] == ' ' || header[n - 1] == '\t')) n--;
    const char *at = in_brackets(header, n, &inside, &len);
    if (!at) at = behind_mark(header, n, &inside, &len);
    return at && copy(unit, 48, inside, len) && nf_unit_parse(&u, unit)
        && copy(name, 128, header, (size_t)(at - header));
}
