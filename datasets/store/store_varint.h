/* store_varint.h - bytes of a plane: numbers seven bits to a byte, single bytes, stretches. Internal to the codec. */
#ifndef NF_STORE_VARINT_H
#define NF_STORE_VARINT_H
#include "store_codec.h"

static inline uint8_t *put_unsigned(uint8_t *o, uint64_t u)
{
    for (; u >= 0x80; u >>= 7) *o++ = (uint8_t)(u | 0x80);
    *o++ = (uint8_t)u;
    return o;
}

static inline bool get_unsigned(nf_encoded *in, uint64_t *u)
{
    *u = 0;
    for (int shift = 0; shift < 64 && in->p < in->end; shift += 7) {
        uint8_t byte = *in->p++;
        *u |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

static inline bool get_byte(nf_encoded *in, int *byte)
{
    if (in->p >= in->end) return false;
    *byte = *in->p++;
    return true;
}

static inline bool take(nf_encoded *in, size_t size, const uint8_t **at)
{
    if ((size_t)(in->end - in->p) < size) return false;
    *at = in->p;
    in->p += size;
    return true;
}
#endif
