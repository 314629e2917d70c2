/* store_sources.c - who published the figures of a series: several publishers are all named, none stands for the others. */
#include "store_flow.h"
#include <string.h>

static bool names(const char *list, const char *name, size_t len)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ";");
        if (n == len && !memcmp(p, name, len)) return true;
        p += n;
        p += strspn(p, "; ");
    }
    return false;
}

bool nf_sources_join(char out[NF_TEXT_MAX + 1], const char *list, const char *more)
{
    size_t used = strnlen(list, NF_TEXT_MAX), before = used;     /* a hostile store may hold a longer one */
    memcpy(out, list, used);
    out[used] = 0;
    for (const char *p = more; *p;) {
        size_t n = strcspn(p, ";");
        if (n && !names(out, p, n) && used + n + 2 <= NF_TEXT_MAX) {
            if (used) memcpy(out + used, "; ", 2), used += 2;
            memcpy(out + used, p, n);
            out[used += n] = 0;
        }
        p += n;
        p += strspn(p, "; ");
    }
    return used > before;
}

int nf_intake_source(nf_intake *in, uint32_t handle, const char *source)
{
    const char *text[NF_TEXTS];
    char room[NF_TEXTS_BYTES], joined[NF_TEXT_MAX + 1];
    if (in->flow) return nf_flow_source(in, handle, source);
    nf_arrived *a = &in->series[handle];
    int rc = nf_intake_texts(in, a, text, room);
    if (rc || !nf_sources_join(joined, text[NF_TEXT_SOURCE], source)) return rc;
    text[NF_TEXT_SOURCE] = joined;
    return nf_texts_spill(in, text, &a->meta);
}
