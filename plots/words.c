/* words.c - sentences put together, and dates, in the reader's language. */
#include "words.h"
#include "engine.h"
#include <string.h>

const char *nf_say(nf_ctx *c, const char *lang, nf_text pattern, const char *a, const char *b, const char *x,
                   const char *y)
{
    const char *const arg[] = { a ? a : "", b ? b : "", x ? x : "", y ? y : "" }, *p = nf_text_in(pattern, lang);
    size_t size = strlen(p) + 1, used = 0;
    for (const char *q = p; *q; q++)
        if (*q == '{' && q[1] >= '0' && q[1] < '4' && q[2] == '}') size += strlen(arg[q[1] - '0']);
    char *out = nf_alloc(c, size);
    if (!out) return "";
    for (; *p; p++) {
        bool place = *p == '{' && p[1] >= '0' && p[1] < '4' && p[2] == '}';
        size_t n = place ? strlen(arg[p[1] - '0']) : 1;
        memcpy(out + used, place ? arg[p[1] - '0'] : p, n);
        used += n;
        if (place) p += 2;
    }
    return out;
}

const char *nf_join(nf_ctx *c, const char *left, const char *separator, const char *right)
{
    if (!left || !*left) return right ? right : "";
    if (!right || !*right) return left;
    const char *out = nf_format(c, "%s%s%s", left, separator, right);
    return out ? out : left;
}

const char *nf_capital(nf_ctx *c, const char *text)
{
    char *out = nf_strdup(c, text);
    if (out && *out >= 'a' && *out <= 'z') *out = (char)(*out - 'a' + 'A');
    return out ? out : "";
}

/* "Ninefold City: three of nine ..." */
const char *nf_head_of(nf_ctx *c, const char *lang, const char *place, const char *sentence)
{
    if (!place || !*place) return sentence;
    if (!strcmp(lang, "zh")) return nf_join(c, place, "：", sentence);
    char *text = nf_strdup(c, sentence);
    if (text && *text >= 'A' && *text <= 'Z' && text[1] >= 'a') *text = (char)(*text - 'A' + 'a');
    return nf_join(c, place, ": ", text);
}

static char lower(char x) { return x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x; }

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    if (!m || m > n || (m < n && text[n - m - 1] == '-')) return false;
    for (size_t i = 0; i < m; i++)
        if (lower(text[n - m + i]) != lower(end[i])) return false;
    return true;
}

const char *nf_measure(nf_ctx *c, const char *lang, const char *name, const char *unit)
{
    bool rank = unit && (!strcmp(unit, "rank") || !strcmp(unit, "位"));
    if (!unit || rank || ends_with(name, unit)) return name;
    return nf_join(c, name, !strcmp(lang, "zh") ? "，" : ", ", unit);
}

/* ---- dates ---- */

static const char *const month_en[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                                        "Dec" };

static const char *kept(const char *text) { return text ? text : ""; }

const char *nf_date(nf_ctx *c, nf_period p, const char *lang)
{
    bool zh = !strcmp(lang, "zh");
    char text[48];
    int64_t y;
    int m, d;
    if (nf_period_is_empty(p)) return "";
    nf_civil_of_day((nf_period_end(p) - 1) / 86400 - (nf_period_end(p) - 1 < 0), &y, &m, &d);
    if (p.freq == NF_YEAR && p.span == 1) return kept(nf_format(c, zh ? "%lld年" : "%lld", (long long)y));
    if (p.freq == NF_MONTH && p.span == 1)
        return kept(zh ? nf_format(c, "%lld年%d月", (long long)y, m) : nf_format(c, "%s %lld", month_en[m - 1],
            (long long)y));
    if (p.freq == NF_QUARTER && p.span == 1)
        return kept(nf_format(c, zh ? "%lld年第%d季度" : "%lld Q%d", (long long)y, (m + 2) / 3));
    if ((p.freq == NF_DAY && p.span == 1) || p.freq >= NF_HOUR)
        return kept(zh ? nf_format(c, "%lld年%d月%d日", (long long)y, m, d)
                    : nf_format(c, "%d %s %lld", d, month_en[m - 1], (long long)y));
    nf_period_text(text, p);
    return kept(nf_strdup(c, text));
}

const char *nf_tick_date(nf_ctx *c, nf_period p, bool first, const char *lang)
{
    bool zh = !strcmp(lang, "zh");
    int64_t begin = nf_period_begin(p), y;
    int m, d, hour = (int)((begin % 86400 + 86400) % 86400 / 3600);
    nf_civil_of_day((begin - (begin % 86400 + 86400) % 86400) / 86400, &y, &m, &d);
    if (p.freq == NF_YEAR) return kept(nf_format(c, "%lld", (long long)y));
    if (p.freq == NF_MONTH && (first || m == 1))
        return kept(zh ? nf_format(c, "%lld年%d月", (long long)y, m) : nf_format(c, "%s %lld", month_en[m - 1],
            (long long)y));
    if (p.freq == NF_MONTH) return kept(zh ? nf_format(c, "%d月", m) : nf_strdup(c, month_en[m - 1]));
    if (p.freq == NF_HOUR && hour && !first) return kept(nf_format(c, "%02d:00", hour));
    if (first || (m == 1 && d <= 7 && p.freq != NF_HOUR))
        return kept(zh ? nf_format(c, "%lld年%d月%d日", (long long)y, m, d)
                    : nf_format(c, "%d %s %lld", d, month_en[m - 1], (long long)y));
    return kept(zh ? nf_format(c, "%d月%d日", m, d) : nf_format(c, "%d %s", d, month_en[m - 1]));
}

const char *nf_day(nf_ctx *c, int64_t seconds)
{
    char text[32];
    nf_instant_text(text, seconds - 1);          /* what is known by a day is known from its end */
    const char *day = nf_strndup(c, text, strcspn(text, "T"));
    return day ? day : "";
}
