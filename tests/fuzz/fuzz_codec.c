/* fuzz_codec.c - bytes as a plane of a chunk: the first says how many, the rest is the plane. What decodes is encoded
 * and decoded to the same; stepping over a plane takes as many bytes as reading it. */
#include "fuzz.h"
#include "store/store_codec.h"

static void ints(const uint8_t *p, size_t bytes, size_t n)
{
    static int64_t v[NF_PLANE], back[NF_PLANE];
    static uint8_t out[NF_PLANE_BYTES + NF_PLANE_PAD];
    int64_t base, step;
    nf_encoded in = { p, p + bytes }, over = in, line = in;
    int read = nf_ints_decode(&in, v, n), passed = nf_ints_decode(&over, NULL, n);
    if (read) must(passed && over.p == in.p && in.p <= in.end, "stepping over is not reading");
    if (!read) return;
    if (nf_ints_line(line, n, &base, &step))
        must(v[n - 1] == (int64_t)((uint64_t)base + (n - 1) * (uint64_t)step), "another line");
    in = (nf_encoded){ out, out + nf_ints_encode(out, v, n) };
    must(nf_ints_decode(&in, back, n) && !memcmp(v, back, n * sizeof *v), "integers do not come back");
}

static void reals(const uint8_t *p, size_t bytes, size_t n)
{
    static double v[NF_PLANE], back[NF_PLANE];
    static uint8_t out[NF_REALS_BYTES + NF_PLANE_PAD];
    nf_encoded in = { p, p + bytes };
    if (!nf_reals_decode(&in, v, n)) return;
    in = (nf_encoded){ out, out + nf_reals_encode(out, v, n) };
    must(nf_reals_decode(&in, back, n), "doubles do not come back");
    for (size_t i = 0; i < n; i++)
        must(v[i] != v[i] ? back[i] != back[i] : !memcmp(v + i, back + i, sizeof *v), "another double comes back");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n < 3) return 0;
    size_t count = 1 + (bytes[0] | (size_t)bytes[1] << 8) % NF_PLANE, left = n - 2;
    uint8_t *copy = malloc(left + NF_PLANE_PAD);
    must(copy != NULL, "no memory");
    memcpy(copy, bytes + 2, left);
    memset(copy + left, 0x5a, NF_PLANE_PAD);
    ints(copy, left, count);
    reals(copy, left, count);
    free(copy);
    return 0;
}
