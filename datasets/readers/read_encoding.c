/* read_encoding.c - bytes into UTF-8: which encoding it is, and blocks that end with a line. */
#define _GNU_SOURCE                              /* memmem, memrchr */
#include "reading.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A block converted to UTF-8 grows threefold at most; what is left of the one before is shorter than a block. */
enum { BLOCK = NF_TEXT_BLOCK, CARRY = 16, ROOM = 5 * BLOCK };
#define NO_ICONV ((iconv_t)-1)
#define BOM "\xef\xbb\xbf"
#define NUL_BYTE "holds a NUL byte"

/* Text in [from, to) was not handed out yet; what lies before `checked` is known to be valid. */
struct nf_text_file {
    nf_bytes *bytes;
    const char *encoding;
    bool strict, end, guessed;                   /* guessed: UTF-8 until a byte says otherwise */
    bool marks;                                  /* a byte of a mark was seen: look for marks */
    bool begun, inside;                          /* text was handed out; its last byte was inside a line */
    iconv_t convert;
    char *raw; size_t n_raw;                     /* not yet decoded, only with iconv */
    bool doubted; size_t usual, odd;             /* GB18030 by default: characters of common Chinese, and others */
    char *text; size_t from, checked, to;
    const char *fault;                           /* found behind the valid text: raised when that is used up */
};

/* ---- checking ---- */

static bool plain_ascii(const char *s)           /* eight bytes, none of them NUL or above 127 */
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return !(((w - 0x0101010101010101u) | w) & 0x8080808080808080u);
}

/* Bytes of the character at s (n of them are there), 0 when it is none, -1 when it may go on after n. */
static int character(const unsigned char *s, size_t n)
{
    int len = *s < 0x80 ? 1 : *s < 0xc2 ? 0 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : *s < 0xf5 ? 4 : 0;
    if (!len || !*s) return 0;
    for (int i = 1; i < len; i++) {
        if ((size_t)i >= n) return -1;
        unsigned char low = 0x80, high = 0xbf;   /* no overlong forms, surrogates, or beyond U+10FFFF */
        if (i == 1 && *s == 0xe0) low = 0xa0;
        if (i == 1 && *s == 0xed) high = 0x9f;
        if (i == 1 && *s == 0xf0) low = 0x90;
        if (i == 1 && *s == 0xf4) high = 0x8f;
        if (s[i] < low || s[i] > high) return 0;
    }
    return len;
}

/* How many bytes are valid text without NULs; *fault says what follows them, *cut that a character is unfinished. */
static size_t valid(const char *s, size_t n, const char **fault, bool *cut, bool *marks)
{
    size_t i = 0;
    *fault = NULL;
    *cut = false;
    while (i < n) {
        while (i + 8 <= n && plain_ascii(s + i)) i += 8;
        if (i == n) break;
        int len = character((const unsigned char *)s + i, n - i);
        *marks |= s[i] == BOM[0];
        if (len > 0) {
            i += (size_t)len;
            continue;
        }
        *cut = len < 0;
        if (!len) *fault = s[i] ? "is not valid UTF-8" : NUL_BYTE;
        break;
    }
    return i;
}

/* ---- reading ---- */

static int read_raw(nf_ctx *c, nf_text_file *t)
{
    size_t got;
    int rc = nf_bytes_read(c, t->bytes, t->text + t->to, BLOCK, &got);
    if (rc) return rc;
    t->to += got;
    t->end = !got;
    return NF_OK;
}

/* Western and Japanese bytes, and Big5, are mostly valid GB18030 as well, but make characters that hardly anybody
 * uses: those outside GB 2312, of two bytes. n bytes are whole characters. */
static void count_characters(nf_text_file *t, const unsigned char *s, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (s[i] < 0x80) continue;
        bool four = s[i + 1] >= '0' && s[i + 1] <= '9', usual = s[i] >= 0xa1 && s[i] <= 0xf7 && s[i + 1] >= 0xa1;
        t->usual += !four && usual;
        t->odd += !four && !usual;
        i += four ? 3 : 1;
    }
}

static bool hardly_chinese(const nf_text_file *t)
{
    return t->odd > t->usual || (t->usual + t->odd >= 20 && 5 * t->odd > t->usual + t->odd);
}

static int read_converted(nf_ctx *c, nf_text_file *t)
{
    size_t got, room = ROOM - t->to;
    int rc = nf_bytes_read(c, t->bytes, t->raw + t->n_raw, BLOCK, &got);
    if (rc) return rc;
    char *in = t->raw, *out = t->text + t->to;
    t->n_raw += got;
    t->end = !got;
    size_t bad = iconv(t->convert, &in, &t->n_raw, &out, &room);
    t->to = (size_t)(out - t->text);
    if (t->doubted) count_characters(t, (const unsigned char *)t->raw, (size_t)(in - t->raw));
    if (t->doubted && t->end && hardly_chinese(t)) t->fault = "is neither UTF-8 nor likely Chinese (GB18030)";
    if (bad == (size_t)-1 && (errno != EINVAL || t->n_raw >= CARRY || t->end))
        t->fault = "is not valid in its encoding";
    memmove(t->raw, in, t->n_raw < CARRY ? t->n_raw : CARRY);
    return NF_OK;
}

static void check(nf_text_file *t)
{
    const char *fault;
    bool cut;
    t->checked += valid(t->text + t->checked, t->to - t->checked, &fault, &cut, &t->marks);
    if (cut && t->end) fault = "ends inside a character";
    if (!fault) return;
    t->fault = fault;
    t->to = t->checked;
}

/* Joined files carry a mark at the start of a record: it is no part of the name that follows. */
static void drop_marks(nf_text_file *t)
{
    char *s = t->text + t->from, *end = t->text + t->checked, *to, *mark;
    bool start = !t->begun || (!t->strict && !t->inside);
    if (start && end - s >= 3 && !memcmp(s, BOM, 3)) t->from += 3, s += 3;
    if (t->strict || !t->marks) return;
    for (to = s; (mark = memmem(s, (size_t)(end - s), "\n" BOM, 4)) != NULL; s = mark + 4) {
        memmove(to, s, (size_t)(mark + 1 - s));
        to += mark + 1 - s;
    }
    if (to == s) return;
    memmove(to, s, (size_t)(t->text + t->to - s));
    t->checked -= (size_t)(s - to);
    t->to -= (size_t)(s - to);
}

/* Lines stay whole where they are shorter than a block, so that marks at record starts are seen whole. */
int nf_text_block(nf_ctx *c, nf_text_file *t, const char **block, size_t *n)
{
    int rc = NF_OK;
    memmove(t->text, t->text + t->from, t->to - t->from);
    t->to -= t->from;
    t->checked -= t->from;
    t->from = 0;
    while (!rc && !t->end && !t->fault && !memrchr(t->text, '\n', t->checked) && t->checked < BLOCK) {
        rc = t->convert == NO_ICONV ? read_raw(c, t) : read_converted(c, t);
        if (rc) return rc;
        check(t);
    }
    drop_marks(t);
    const char *last = t->end || t->fault ? NULL : memrchr(t->text + t->from, '\n', t->checked - t->from);
    *block = t->text + t->from;
    *n = last ? (size_t)(last + 1 - *block) : t->checked - t->from;
    t->from += *n;
    if (*n) t->begun = true, t->inside = (*block)[*n - 1] != '\n';
    if (*n || !t->fault) return NF_OK;
    nf_fail(c, NF_EDATA, "the text %s", t->fault);
    if (t->strict) return nf_hint(c, "strict mode reads UTF-8 only");
    if (t->doubted) return nf_hint(c, "give --encoding windows-1252, Big5, Shift_JIS ..., or GB18030 if it is that");
    if (!strcmp(t->fault, NUL_BYTE)) return nf_hint(c, "give --encoding UTF-16LE or UTF-16BE if it is that");
    return nf_hint(c, "give --encoding NAME if it is another");
}

int nf_text_rewind(nf_ctx *c, nf_text_file *t)
{
    t->from = t->checked = t->to = t->n_raw = 0;
    t->end = t->begun = t->inside = false;
    t->fault = NULL;
    t->usual = t->odd = 0;
    if (t->convert != NO_ICONV) iconv(t->convert, NULL, NULL, NULL, NULL);
    return nf_bytes_rewind(c, t->bytes);
}

/* ---- which encoding ---- */

static int mark_of(nf_ctx *c, nf_bytes *b, const char **encoding)
{
    unsigned char s[2];
    size_t got;
    int rc = nf_bytes_read(c, b, s, sizeof s, &got);
    if (rc) return rc;
    if (got == 2 && s[0] == 0xff && s[1] == 0xfe) *encoding = "UTF-16LE";
    if (got == 2 && s[0] == 0xfe && s[1] == 0xff) *encoding = "UTF-16BE";
    return nf_bytes_rewind(c, b);
}

static int decode_as(nf_ctx *c, nf_text_file *t, const char *encoding)
{
    t->encoding = encoding;
    if (!strcasecmp(encoding, "UTF-8") || !strcasecmp(encoding, "UTF8")) return NF_OK;
    t->convert = iconv_open("UTF-8", t->encoding);
    if (t->convert != NO_ICONV) return NF_OK;
    nf_fail(c, NF_EINVAL, "no encoding '%s'", t->encoding);
    return nf_hint(c, "UTF-8, GB18030, Big5, UTF-16LE, WINDOWS-1252 and what `iconv -l` lists");
}

static int choose(nf_ctx *c, nf_text_file *t, const char *encoding)
{
    int rc = t->strict || encoding ? NF_OK : mark_of(c, t->bytes, &encoding);
    if (rc) return rc;
    t->guessed = !t->strict && !encoding;
    return decode_as(c, t, t->strict || !encoding ? "UTF-8" : encoding);
}

/* One byte anywhere that is not UTF-8, and the file is GB18030: seen while reading, which then begins again. */
bool nf_text_falls_back(nf_ctx *c, nf_text_file *t)
{
    if (!t->guessed || !t->fault || !strcmp(t->fault, NUL_BYTE)) return false;
    t->guessed = false;
    t->doubted = true;
    return !decode_as(c, t, "GB18030") && !nf_text_rewind(c, t);
}

int nf_text_open(nf_ctx *c, nf_text_file **out, nf_bytes *bytes, const char *encoding, bool strict)
{
    nf_text_file *t = calloc(1, sizeof *t);
    if (t) *t = (nf_text_file){ .bytes = bytes, .strict = strict, .convert = NO_ICONV,
                                .text = malloc(ROOM), .raw = malloc(CARRY + BLOCK) };
    int rc = t && t->text && t->raw ? choose(c, t, encoding) : nf_fail(c, NF_ENOMEM, "out of memory");
    if (!rc) return *out = t, NF_OK;
    nf_at(c, nf_bytes_name(bytes), 0, 0);
    nf_text_close(t);
    return rc;
}

void nf_text_close(nf_text_file *t)
{
    if (!t) return;
    if (t->convert != NO_ICONV) iconv_close(t->convert);
    free(t->raw);
    free(t->text);
    free(t);
}

double nf_text_done(const nf_text_file *t) { return nf_bytes_done(t->bytes); }
double nf_text_size(const nf_text_file *t) { return nf_bytes_size(t->bytes); }
const char *nf_text_encoding(const nf_text_file *t) { return t->encoding; }
