/* utf8.h - one character of hostile UTF-8 at a time: shared by escaping, measuring and shortening text. */
#ifndef NF_UTF8_H
#define NF_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NF_BAD_CHAR UINT32_MAX

/* The character at p and its bytes; what is not UTF-8 (overlong, surrogate, cut off, above U+10FFFF) is
 * NF_BAD_CHAR of one byte. len >= 1. */
uint32_t nf_utf8_next(const char *p, size_t len, size_t *bytes);
int nf_char_columns(uint32_t c);                 /* 0, 1 or 2 columns of a terminal */
bool nf_char_is_bidi(uint32_t c);                /* marks that reorder the text around them */
#endif
