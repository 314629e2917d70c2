/* load_zones.c - time zones in a column of times: civil time stays as written, so all cells must mean the same
 * clock. */
#include "load_zones.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAVING = 60 };                            /* minutes that daylight saving may move a clock */

static bool two_digits(const char *s, const char *end)
{
    return end - s >= 2 && isdigit((unsigned char)s[0]) && isdigit((unsigned char)s[1]);
}

/* Minutes east of UTC behind a time of day: Z, +08, +0800, +08:00. False: it says none. */
static bool zone_of(const char *s, size_t len, int *east)
{
    const char *end = s + len, *colon = memchr(s, ':', len), *slash = memchr(s, '/', len);
    if (slash && colon && slash > colon) end = slash;            /* a length follows: .../PT1H */
    while (end > s && end[-1] == ' ') end--;
    if (end == s || !colon) return false;
    if (end[-1] == 'Z' || end[-1] == 'z') return *east = 0, true;
    const char *sign = end;
    while (sign > colon && *sign != '+' && *sign != '-') sign--;
    if (sign <= colon || !two_digits(sign + 1, end)) return false;
    const char *minutes = sign + 3 + (sign + 3 < end && sign[3] == ':');
    *east = 60 * atoi((char[]){ sign[1], sign[2], 0 });
    if (two_digits(minutes, end)) *east += atoi((char[]){ minutes[0], minutes[1], 0 });
    if (*sign == '-') *east = -*east;
    return true;
}

static void zone_text(char out[16], int east)
{
    if (east) snprintf(out, 16, "%c%02d:%02d", east < 0 ? '-' : '+', abs(east) / 60 % 100, abs(east) % 60);
    else strcpy(out, "Z");
}

static int mixed(nf_ctx *c, const nf_zones *z, bool says, int east)
{
    char here[16] = "no zone", before[16] = "no zone";
    if (says) zone_text(here, east);
    if (z->zones) zone_text(before, z->east[0]);
    nf_fail(c, NF_EDATA, "the time has %s, those before it %s", here, before);
    return nf_hint(c, "bring them to one clock first: the civil times of two zones do not make one series");
}

int nf_zones_see(nf_ctx *c, nf_zones *z, const char *s, size_t len)
{
    int east = 0, at = 0;
    bool says = zone_of(s, len, &east);
    if (z->bare ? says : z->zones && !says) return mixed(c, z, says, east);
    z->bare = !says;
    if (!says) return NF_OK;
    while (at < z->zones && z->east[at] != east) at++;
    if (at == z->zones && (at == 2 || (at && abs(z->east[0] - east) > SAVING))) return mixed(c, z, says, east);
    if (at == z->zones) z->east[z->zones++] = east;
    z->n[at]++;
    return NF_OK;
}

void nf_zones_end(nf_ctx *c, const nf_zones *z, const char *file)
{
    char one[16], two[16];
    if (z->zones < 2) return;
    zone_text(one, z->east[0]);
    zone_text(two, z->east[1]);
    nf_note(c, file, 0, 0, "kept as the clock showed them; an hour that comes twice is settled by --duplicates",
            "daylight saving: %zu times are at %s, %zu at %s", z->n[0], one, z->n[1], two);
}
