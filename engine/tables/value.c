/* value.c - cells: which are empty, and fields by name. */
#include "table.h"
#include <math.h>
#include <string.h>

bool nf_value_is_empty(nf_type type, const nf_value *v)
{
    switch (type) {
    case NF_F64: return !isfinite(v->f);
    case NF_I64: case NF_FLAG: return v->i == NF_NO_I64;
    case NF_TIME: return v->t.span == 0;
    case NF_WORD: return !v->s;
    case NF_PROSE: return !v->p.en && !v->p.zh;
    case NF_ARRAY: return !v->a.v;
    case NF_END: break;
    }
    return true;
}

nf_value nf_value_empty(nf_type type)
{
    switch (type) {
    case NF_F64: return (nf_value){ .f = NAN };
    case NF_I64: case NF_FLAG: return (nf_value){ .i = NF_NO_I64 };
    case NF_TIME: return (nf_value){ .t = { 0, 0, 0 } };
    case NF_WORD: return (nf_value){ .s = NULL };
    case NF_PROSE: return (nf_value){ .p = { NULL, NULL } };
    case NF_ARRAY: case NF_END: break;
    }
    return (nf_value){ .a = { NULL, 0 } };
}

size_t nf_field_count(const nf_field *f)
{
    size_t n = 0;
    while (f && f[n].type != NF_END) n++;
    return n;
}

int nf_field_index(const nf_field *f, const char *name)
{
    for (int i = 0; f && f[i].type != NF_END; i++)
        if (*f[i].name == *name && strcmp(f[i].name, name) == 0) return i;
    return -1;
}

const char *nf_text_in(nf_text t, const char *lang)
{
    bool zh = lang && strcmp(lang, "zh") == 0;
    return zh && t.zh ? t.zh : t.en ? t.en : t.zh;
}
