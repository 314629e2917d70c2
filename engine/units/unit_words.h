/* unit_words.h - the words that units are made of: data behind unit.c. */
#ifndef NF_UNIT_WORDS_H
#define NF_UNIT_WORDS_H
#include "unit.h"

enum { NF_UNIT_ROOM = 64 };

/* A symbol or word as tidied by nf_unit_tidy. prefixed: k, M, µ and the other SI prefixes may stand before it. */
typedef struct { const char *word, *dimension; double scale, offset; bool prefixed; } nf_unit_word;
extern const nf_unit_word nf_unit_words[];         /* ends with a NULL word */

/* Spellings of one unit, separated by '|', and what people read. */
typedef struct { const char *spellings, *en, *zh; } nf_unit_label;
extern const nf_unit_label nf_unit_labels[];       /* ends with NULL spellings */

/* One spelling of every sign: half-width letters, u for both micro signs, 2 and 3 for superscripts, no blanks at
 * the ends. false: too long to be a unit. */
bool nf_unit_tidy(char out[NF_UNIT_ROOM], const char *text);
#endif
