/* store_texts.c - what an arriving series is called: its texts, checked, in the spill until the load is finished. */
#include "store_block.h"
#include <string.h>

void nf_texts_of(const nf_meta *m, const char *text[NF_TEXTS])
{
    const char *const all[NF_TEXTS] = { m->key, m->unit, m->place, m->quantity, m->title.en, m->title.zh, m->licence };
    memcpy(text, all, sizeof all);
}

int nf_texts_join(nf_intake *in, const char *const text[NF_TEXTS], char joined[NF_TEXTS_BYTES], size_t *size)
{
    const char *key = text[NF_TEXT_KEY];
    size_t used = 0, bad;
    for (int i = 0; i < NF_TEXTS; i++) {
        size_t len = text[i] ? strlen(text[i]) : 0;
        if (len > NF_TEXT_MAX)
            return nf_fail(in->ctx, NF_EDATA, "a name or text of series '%.60s' is over %d bytes", key, NF_TEXT_MAX);
        if (len && !nf_utf8_valid(text[i], len, &bad))
            return nf_fail(in->ctx, NF_EDATA, "a text of series '%.60s' is not UTF-8", key);
        if (len) memcpy(joined + used, text[i], len);
        joined[used + len] = 0;
        used += len + 1;
    }
    *size = used;
    return NF_OK;
}

int nf_texts_spill(nf_intake *in, const char *const text[NF_TEXTS], int64_t *address)
{
    char joined[NF_TEXTS_BYTES];
    size_t used = 0;
    int rc = nf_texts_join(in, text, joined, &used);
    if (rc) return rc;
    *address = nf_spill_add(in->spill, &used, sizeof used, joined, used);
    return *address < 0 ? nf_intake_spilled(in) : NF_OK;
}

int nf_intake_texts(nf_intake *in, const nf_arrived *a, const char *text[NF_TEXTS], char room[NF_TEXTS_BYTES])
{
    size_t size;
    const void *at = nf_spill_at(in->spill, a->meta, sizeof size, room);
    if (!at) return nf_intake_spilled(in);
    memcpy(&size, at, sizeof size);
    if (!(at = nf_spill_at(in->spill, a->meta + (int64_t)sizeof size, size, room))) return nf_intake_spilled(in);
    memmove(room, at, size);
    for (int i = 0; i < NF_TEXTS; i++) {
        text[i] = room;
        room += strlen(room) + 1;
    }
    return NF_OK;
}
