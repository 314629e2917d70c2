/* cell.c - one cell as people read it, in one language. */
#include "pen.h"
#include "scheme.h"
#include <string.h>

enum { DIGITS = 6, ARRAY_SHOWN = 5 };

bool nf_type_is_number(nf_type type) { return type == NF_F64 || type == NF_I64; }

const char *nf_field_title(const nf_field *f, const char *lang)
{
    const char *title = nf_text_in(f->title, lang);
    return title ? title : f->name;
}

/* The first few numbers, and how many there are. */
static void put_array(char *p, nf_span a)
{
    size_t shown = a.n < ARRAY_SHOWN ? a.n : ARRAY_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        if (i) *p++ = ';', *p++ = ' ';
        p += nf_double_for_people(p, a.v[i], DIGITS);
    }
    if (a.n > shown) {
        memcpy(p, "; … (", sizeof "; … (");
        p += strlen(p);
        p += nf_i64_for_people(p, (int64_t)a.n);
        *p++ = ')';
    }
    *p = 0;
}

const char *nf_cell_for_people(char room[NF_CELL_ROOM], nf_type type, const nf_value *v, const char *lang)
{
    bool zh = lang && strcmp(lang, "zh") == 0;
    if (nf_value_is_empty(type, v)) return "–";
    switch (type) {
    case NF_F64: nf_double_for_people(room, v->f, DIGITS); return room;
    case NF_I64: nf_i64_for_people(room, v->i); return room;
    case NF_FLAG: return v->i ? (zh ? "是" : "yes") : (zh ? "否" : "no");
    case NF_TIME: nf_period_text(room, v->t); return room;
    case NF_WORD: return v->s;
    case NF_PROSE: return nf_text_in(v->p, lang);
    case NF_ARRAY: put_array(room, v->a); return room;
    case NF_END: break;
    }
    return "";
}

/* The word itself, or what people are told for it. */
static bool is_said(const nf_grade *g, nf_type type, const nf_value *v)
{
    if (type == NF_WORD) return strcmp(g->word, v->s) == 0;
    return v->p.en && g->title.en && strcmp(g->title.en, v->p.en) == 0;
}

int nf_cell_level(nf_type type, const nf_value *v)
{
    if ((type != NF_WORD && type != NF_PROSE) || nf_value_is_empty(type, v)) return -1;
    for (const nf_scheme *const *s = nf_schemes; *s; s++)
        for (const nf_grade *g = (*s)->grade; g && g->word; g++)
            if (is_said(g, type, v)) return (int)g->level;
    return -1;
}
