/* test.h - the whole test dialect: TEST(name) { ... near(), same(), for_all() }.
 *
 * A thin skin over cmocka (crash catching, TAP, XML, name filter) that adds what a
 * numerical library needs: tests register themselves, doubles are compared in relative
 * terms, and properties are checked over seeded random cases that print their seed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct CMUnitTest test_all[1024];
static size_t test_count;

#define TEST(id)                                                              \
    static void id(void **);                                                  \
    __attribute__((constructor)) static void test_add_##id(void)              \
    { test_all[test_count++] = (struct CMUnitTest){ #id, id, 0, 0, 0 }; }     \
    static void id(void **state_ __attribute__((unused)))

#define ok(cond) assert_true(cond)
#define same(a, b) assert_string_equal(a, b)

/* |a-b| <= tol * |b|: relative, so tiny numbers are held to it too; beside an exact 0, |a| <= tol. NaN equals NaN. */
#define near(a, b, tol) do { double a_ = (a), b_ = (b);                       \
    if (!(isnan(a_) && isnan(b_)) && !(a_ == b_) && !(fabs(a_ - b_) <= (tol) * (b_ == 0 ? 1 : fabs(b_)))) \
        fail_msg("%s is %.17g, expected %.17g (tol %g)", #a, a_, b_, (double)(tol)); } while (0)

/* splitmix64: one line of state, so a failing case is named by one number. */
static inline uint64_t rnd(uint64_t *s)
{ uint64_t z = (*s += 0x9e3779b97f4a7c15u); z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu; return z ^ z >> 31; }
static inline double rnd_unit(uint64_t *s) { return (double)(rnd(s) >> 11) * 0x1p-53; }

/* for_all(seed, 200) { ... } runs the body with 200 seeds; CASE=n replays one. */
#define for_all(seed, cases)                                                  \
    for (uint64_t one_ = getenv("CASE") ? strtoull(getenv("CASE"), 0, 0) : 0, \
         i_ = one_, seed = i_; i_ < (one_ ? one_ + 1 : (uint64_t)(cases));    \
         seed = ++i_)

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(argv[0], test_all, test_count, 0, 0);
}
