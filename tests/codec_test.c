/* codec_test.c - planes of integers and doubles come back bit by bit, and damaged ones are refused. */
#include "store/store.h"
#include "store/store_chunk.h"
#include "test.h"

static int64_t draw(uint64_t *r, int kind, size_t i, int64_t last)
{
    switch (kind) {
    case 0: return 42;
    case 1: return 1000 + 3 * (int64_t)i;
    case 2: return last + (rnd(r) % 40 ? 1 : 25);
    case 3: return (int64_t)(rnd(r) % 2000) - 1000;
    case 4: return (int64_t)rnd(r);
    case 5: return rnd(r) % 2 ? INT64_MIN : INT64_MAX;
    case 6: return (int64_t)(rnd(r) % 5) * 1000000007;
    case 7: return last + (int64_t)(rnd(r) % 100000);
    default: return (int64_t)(rnd(r) >> (rnd(r) % 64));
    }
}

TEST(integers_of_every_kind_come_back)
{
    for_all(seed, 400) {
        uint64_t r = seed * 31 + 7;
        int64_t v[NF_PLANE], back[NF_PLANE];
        uint8_t out[NF_PLANE_BYTES + NF_PLANE_PAD];
        size_t n = 1 + rnd(&r) % (seed % 3 ? 60 : NF_PLANE);
        int kind = (int)(rnd(&r) % 9);
        for (size_t i = 0; i < n; i++) v[i] = draw(&r, kind, i, i ? v[i - 1] : 0);
        memset(out, 0xa5, sizeof out);
        size_t size = nf_ints_encode(out, v, n);
        ok(size <= NF_PLANE_BYTES && size <= 1 + 8 * n + 12);
        nf_encoded in = { out, out + size };
        ok(nf_ints_decode(&in, back, n) && in.p == in.end);
        ok(!memcmp(v, back, n * sizeof *v));
        in.p = out;
        ok(nf_ints_decode(&in, NULL, n) && in.p == in.end);
        for (int k = 0; k < 20; k++) {                           /* cut short: refused, and nothing read beyond */
            nf_encoded cut = { out, out + rnd(&r) % size };
            ok(!nf_ints_decode(&cut, back, n));
        }
    }
}

static double real(uint64_t *r, int kind)
{
    uint64_t bits = rnd(r);
    double v;
    memcpy(&v, &bits, sizeof v);
    switch (kind) {
    case 0: return (double)(rnd(r) % 2000) / 10;
    case 1: return rnd(r) % 100 ? (double)(int64_t)(rnd(r) % 100000 - 50000) / 100 : -0.0;
    case 2: return isfinite(v) ? v : 5e-324;
    case 3: return (double)(float)rnd_unit(r);
    case 4: return 1.0 / 3;
    case 5: return (double)(rnd(r) % 1000) * 1e-9;
    case 6: return 1e15 + (double)(rnd(r) % 100);
    case 7: return rnd(r) % 30 ? (double)(rnd(r) % 9) : 0.1 + 0.2;
    default: return (rnd_unit(r) - 0.5) * 1e308;
    }
}

TEST(doubles_of_every_kind_come_back_to_the_bit)
{
    for_all(seed, 400) {
        uint64_t r = seed * 17 + 3;
        double v[NF_PLANE], back[NF_PLANE];
        uint8_t out[NF_REALS_BYTES + NF_PLANE_PAD];
        size_t n = 1 + rnd(&r) % (seed % 3 ? 60 : NF_PLANE);
        int kind = (int)(rnd(&r) % 9), missing = (int)(rnd(&r) % 4);
        for (size_t i = 0; i < n; i++) v[i] = missing && rnd(&r) % (missing == 3 ? 1 : 50) == 0 ? NAN : real(&r, kind);
        size_t size = nf_reals_encode(out, v, n);
        ok(size <= NF_REALS_BYTES);
        nf_encoded in = { out, out + size };
        ok(nf_reals_decode(&in, back, n) && in.p == in.end);
        for (size_t i = 0; i < n; i++)
            if (isnan(v[i]) ? !isnan(back[i]) : memcmp(&v[i], &back[i], sizeof *v) != 0)
                fail_msg("CASE=%llu figure %zu is %.17g, expected %.17g", (unsigned long long)seed, i, back[i], v[i]);
        for (int k = 0; k < 20; k++) {
            nf_encoded cut = { out, out + rnd(&r) % size };
            ok(!nf_reals_decode(&cut, back, n));
        }
    }
}

TEST(damaged_planes_are_refused_or_decode_to_finite_figures)
{
    for_all(seed, 600) {
        uint64_t r = seed * 13 + 1;
        static nf_chunk c, back;
        static uint8_t out[NF_CHUNK_BYTES + NF_PLANE_PAD];
        c.n = 0;
        for (int i = 0; i < 50; i++)
            nf_chunk_add(&c, &(nf_figure){ 100 + i, 1, 1000, 1, (int64_t)(seed % 3 ? 4 : i % 5), 2 + i,
                                           rnd(&r) % 9 ? 0 : 4, real(&r, (int)(seed % 9)) });
        size_t size = nf_chunk_encode(out, &c, 0, c.n);
        for (int k = 0; k < 3; k++) out[rnd(&r) % size] ^= (uint8_t)(1 << rnd(&r) % 8);
        if (!nf_chunk_decode(nf_chunk_planes(&back, 0), out, size, c.n)) continue;
        for (size_t i = 0; i < c.n; i++) ok(!isinf(back.value[i]));
    }
}

TEST(hourly_readings_with_one_decimal_take_little_room)
{
    uint64_t r = 5;
    static nf_chunk c;
    static uint8_t out[NF_CHUNK_BYTES];
    double level = 50;
    c.n = 0;
    for (int i = 0; i < NF_CHUNK; i++) {
        level += 2.4 * (rnd_unit(&r) - 0.5) + 0.02 * (50 - level);
        double v = rnd(&r) % 200 ? round((level + 8 * sin(i * 0.2618)) * 10) / 10 : NAN;
        nf_chunk_add(&c, &(nf_figure){ 400000 + i, 1, 1700000000, 3, 1, 2 + i, 0, v });
    }
    size_t size = nf_chunk_encode(out, &c, 0, c.n);
    ok((double)size / NF_CHUNK < 1.15);
}

TEST(a_checksum_covers_the_place_of_a_chunk)
{
    uint8_t data[] = { 1, 2, 3 };
    nf_place p = { .series = 7, .first = 100, .wide = 1, .last = 120, .known = 9, .n = 21 }, q = p;
    uint32_t crc = nf_place_crc(&p, data, sizeof data);
    q.series = 8;
    ok(nf_place_crc(&q, data, sizeof data) != crc);
    q = p;
    q.first = 101;
    ok(nf_place_crc(&q, data, sizeof data) != crc);
    data[1] ^= 1;
    ok(nf_place_crc(&p, data, sizeof data) != crc);
}

TEST(plain_numbers_keep_their_order_as_time)
{
    const double x[] = { -1.7976931348623157e308, -2.5, -5e-324, 0, 5e-324, 1, 1.5, 1e300 };
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        ok(nf_number_of_period(nf_period_of_number(x[i])) == x[i]);
        if (i) ok(nf_period_of_number(x[i - 1]).ord < nf_period_of_number(x[i]).ord);
    }
    ok(nf_period_of_number(-0.0).ord == nf_period_of_number(0.0).ord);
}

TEST(planes_of_a_chunk_begin_at_the_same_figure)
{
    static nf_chunk c;
    nf_planes p = nf_chunk_planes(&c, 3);
    ok(p.ord == c.ord + 3 && p.span == c.span + 3 && p.published == c.published + 3 && p.load == c.load + 3);
    ok(p.origin == c.origin + 3 && p.line == c.line + 3 && p.status == c.status + 3 && p.value == c.value + 3);
}
