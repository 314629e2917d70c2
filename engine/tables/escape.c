/* escape.c - text made inert for the place it goes to: the only escapes in the tree. */
#include "table.h"
#include "utf8.h"
#include <stdio.h>
#include <string.h>

/* The text, walked once: `from` is where bytes not yet written begin, the character at hand ends before `next`. */
typedef struct { nf_out out; const char *text, *from, *at, *next; int rc; } walk;

static void put(walk *w, const char *bytes, size_t n)
{
    if (!w->rc && n) w->rc = w->out.write(w->out.self, bytes, n);
}

/* Instead of the character at hand. */
static void instead(walk *w, const char *s)
{
    put(w, w->from, (size_t)(w->at - w->from));
    put(w, s, strlen(s));
    w->from = w->next;
}

/* In front of the character at hand, which stays. */
static void before(walk *w, const char *s)
{
    put(w, w->from, (size_t)(w->at - w->from));
    put(w, s, strlen(s));
    w->from = w->at;
}

typedef void escaper(walk *, uint32_t c);

/* Nothing that any markup minds. */
static bool is_letter_or_digit(char c) { return (unsigned char)((c | 32) - 'a') < 26 || (unsigned char)(c - '0') < 10; }

static int escape_all(nf_out out, const char *s, escaper *one)
{
    walk w = { .out = out, .text = s, .from = s };
    const char *end = s + strlen(s);
    size_t bytes;
    for (w.at = s; w.at < end; w.at = w.next) {
        w.next = w.at + 1;
        if (is_letter_or_digit(*w.at)) continue;
        uint32_t c = nf_utf8_next(w.at, (size_t)(end - w.at), &bytes);
        w.next = w.at + bytes;
        one(&w, c);
    }
    put(&w, w.from, (size_t)(end - w.from));
    return w.rc;
}

static bool is_control(uint32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }
static bool is_line_end(uint32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
static bool is_nonchar(uint32_t c) { return c == NF_BAD_CHAR || (c & 0xfffe) == 0xfffe; }
static bool in(const char *set, uint32_t c) { return c < 0x80 && c && strchr(set, (int)c); }

#define REPLACEMENT "\xef\xbf\xbd"

/* What no reader of a document may meet: controls, noncharacters, marks that reorder text. */
static bool is_unfit(uint32_t c) { return is_control(c) || is_nonchar(c) || nf_char_is_bidi(c); }

static void plain(walk *w, uint32_t c) { if (c == NF_BAD_CHAR) instead(w, REPLACEMENT); }

static void tty(walk *w, uint32_t c)
{
    char hex[8];
    if (!is_unfit(c) && !is_line_end(c)) return;
    before(w, "");
    for (const char *p = w->at; p < w->next; p++) {
        snprintf(hex, sizeof hex, "\\x%02x", (unsigned char)*p);
        put(w, hex, 4);
    }
    w->from = w->next;
}

static void csv_quoted(walk *w, uint32_t c)
{
    if (c == '"') before(w, "\"");
    plain(w, c);
}

static void json(walk *w, uint32_t c)
{
    char hex[16];
    if (c == '"' || c == '\\') before(w, "\\");
    else if (c == '\n') instead(w, "\\n");
    else if (c == '\t') instead(w, "\\t");
    else if (c == NF_BAD_CHAR) instead(w, REPLACEMENT);
    else if (is_control(c) || c == '<' || c == '>' || is_line_end(c) || nf_char_is_bidi(c)) {
        snprintf(hex, sizeof hex, "\\u%04x", c);
        instead(w, hex);
    }
}

static void xml(walk *w, uint32_t c)
{
    if (c == '&') instead(w, "&amp;");
    else if (c == '<') instead(w, "&lt;");
    else if (c == '>') instead(w, "&gt;");
    else if (c == '"') instead(w, "&quot;");
    else if (c == '\'') instead(w, "&#39;");
    else if (c == '\r') instead(w, "&#13;");
    else if (is_unfit(c) && c != '\n' && c != '\t') instead(w, REPLACEMENT);
}

/* A number and a dot, or a sign, would begin a list; # a heading; = and - underline one; four blanks make code. */
static bool begins_markdown_block(const walk *w, uint32_t c)
{
    if (in("#+-=:%", c)) return w->at == w->text;
    if (!in(".)", c) || !strchr(" \t\r\n", *w->next)) return false;       /* the end counts too */
    return w->at > w->text && strspn(w->text, "0123456789") == (size_t)(w->at - w->text);
}

/* http://, https://, ftp:// and www. become links by themselves in GFM. */
static bool begins_markdown_link(const walk *w, uint32_t c)
{
    if (c == ':') return strncmp(w->at, "://", 3) == 0;
    return c == '.' && w->at - w->text >= 3 && (w->at[-1] | 32) == 'w' && (w->at[-2] | 32) == 'w';
}

/* -- and ... would become a dash and an ellipsis in pandoc. */
static bool is_repeated(const walk *w, char c) { return w->at > w->text && *w->at == c && w->at[-1] == c; }

static void markdown(walk *w, uint32_t c)
{
    if (c == '&') instead(w, "&amp;");
    else if (c == '<') instead(w, "&lt;");
    else if (c == '>') instead(w, "&gt;");
    else if (is_line_end(c) || c == '\t') instead(w, " ");
    else if (c == ' ' && w->at == w->text) instead(w, "&#32;");
    else if (is_unfit(c)) instead(w, REPLACEMENT);
    else if (in("\\`*_{}[]|~^$@", c) || begins_markdown_block(w, c) || begins_markdown_link(w, c)) before(w, "\\");
    else if (is_repeated(w, '-') || is_repeated(w, '.')) before(w, "\\");
}

typedef struct { uint32_t c; const char *tex; } tex_name;
/* Latin-1 signs (µ × ³) are known to every engine of today; minus and superscripts beyond them are not. */
static const tex_name TEX[] = {
    { '\\', "\\textbackslash{}" }, { '^', "\\textasciicircum{}" }, { '~', "\\textasciitilde{}" },
    { '<', "\\textless{}" }, { '>', "\\textgreater{}" },
    { '|', "$|$" }, { '"', "\\char34{}" }, { '`', "\\textasciigrave{}" }, { '[', "{[}" },
    { ']', "{]}" }, { '*', "{*}" }, { 0x3bc, "µ" }, { 0x2070, "\\textsuperscript{0}" },
    { 0x207b, "\\textsuperscript{$-$}" }, { 0x2212, "$-$" }, { 0x2264, "$\\leq$" }, { 0x2265, "$\\geq$" },
};

static void tex(walk *w, uint32_t c)
{
    char power[] = "\\textsuperscript{4}";
    if (in("{}$&#%_", c)) before(w, "\\");
    else if (is_line_end(c) || c == '\t') instead(w, " ");
    else if (is_unfit(c)) instead(w, REPLACEMENT);
    else if (is_repeated(w, '-')) instead(w, "{-}");      /* no dash by ligature */
    else if (c >= 0x2074 && c <= 0x2079) {
        power[sizeof "\\textsuperscript{" - 1] = (char)('0' + (c - 0x2070));
        instead(w, power);
    } else {
        for (size_t i = 0; i < sizeof TEX / sizeof *TEX; i++)
            if (TEX[i].c == c) instead(w, TEX[i].tex);
    }
}

/* Quotes where a reader would split, trim or take a blank line for nothing. */
static bool csv_needs_quotes(const char *s)
{
    size_t n = strlen(s);
    return n && (s[strcspn(s, ",\"\r\n")] || in(" \t", (unsigned char)*s) || in(" \t", (unsigned char)s[n - 1]));
}

static int in_quotes(nf_out out, const char *s, escaper *one)
{
    int rc = nf_put(out, "\"");
    if (!rc) rc = escape_all(out, s, one);
    return rc ? rc : nf_put(out, "\"");
}

/* As most names, words and dates are: they stand as they are. */
static bool csv_takes_as_is(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '!' || s[i] > '~' || s[i] == ',' || s[i] == '"') return false;
    return true;
}

static int csv(nf_out out, const char *s)
{
    size_t n = strlen(s);
    if (csv_takes_as_is(s, n)) return out.write(out.self, s, n);
    return csv_needs_quotes(s) ? in_quotes(out, s, csv_quoted) : escape_all(out, s, plain);
}

int nf_escape(nf_out out, nf_markup markup, const char *s)
{
    if (!s) return markup == NF_JSON ? nf_put(out, "null") : NF_OK;
    switch (markup) {
    case NF_CSV:  return csv(out, s);
    case NF_JSON: return in_quotes(out, s, json);
    case NF_TTY:  return escape_all(out, s, tty);
    case NF_MD:   return escape_all(out, s, markdown);
    case NF_XML:  return escape_all(out, s, xml);
    case NF_TEX:  return escape_all(out, s, tex);
    case NF_PLAIN: break;
    }
    return escape_all(out, s, plain);
}

bool nf_runs_in_spreadsheet(const char *s)
{
    static const char *const first[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };
    double number;
    s += strspn(s, "'");
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (strncmp(s, first[i], strlen(first[i])) == 0) return !nf_double_scan(s, strlen(s), &number);
    return false;
}
