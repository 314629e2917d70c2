/* out.c - bytes out: whole strings, and memory that grows. */
#include "table.h"
#include <string.h>

int nf_put(nf_out out, const char *text) { return out.write(out.self, text, strlen(text)); }

static int memory_write(void *self, const char *bytes, size_t n)
{
    nf_memory *m = self;
    if (n >= m->room - m->n) {                     /* one more for the end */
        size_t room = 2 * m->room > m->n + n + 1 ? 2 * m->room : m->n + n + 256;
        char *text = nf_alloc(m->ctx, room);
        if (!text) return NF_ENOMEM;
        if (m->n) memcpy(text, m->text, m->n);
        m->text = text;
        m->room = room;
    }
    memcpy(m->text + m->n, bytes, n);
    m->text[m->n += n] = 0;
    return NF_OK;
}

nf_out nf_out_memory(nf_memory *m) { return (nf_out){ memory_write, m }; }
