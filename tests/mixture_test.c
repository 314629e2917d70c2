/* mixture_test.c - tails and quantiles of one Student t agree with the general ones; every instruction set agrees. */
#include "engine.h"
#include "judging/lattice.h"
#include "test.h"

static nf_mixture one(int dof, double mu, double sd)
{
    nf_mixture m = { .n = 8, .dof = dof, .unit = 1 };
    for (size_t g = 0; g < 8; g++) {
        m.mu[g] = mu;
        m.sd[g] = sd;
        m.w[g] = g ? 0 : 1;
    }
    return m;
}

TEST(tails_are_those_of_student)
{
    for (int dof = 1; dof <= 230; dof = dof < 12 ? dof + 1 : dof + 7) {
        nf_mixture m = one(dof, 3, 2);
        for (double t = -40; t <= 40; t += .37) {
            double p = nf_mixture_upper(&m, 3 + 2 * t), exact = nf_t_upper(t, dof);
            if (!(fabs(p - exact) <= 4e-15)) fail_msg("dof %d t %g: %.17g, not %.17g", dof, t, p, exact);
        }
    }
}

TEST(quantiles_are_those_of_student)
{
    for (int dof = 2; dof <= 230; dof = dof < 12 ? dof + 1 : dof + 7) {
        nf_mixture m = one(dof, -1, 5);
        static const double p[] = { 1e-3, .025, .1, .25, .5, .75, .9, .975, .999 };
        for (size_t i = 0; i < sizeof p / sizeof *p; i++)
            near(nf_mixture_quantile(&m, p[i]) + 1, 5 * nf_t_quantile(p[i], dof), p[i] == .5 ? 1e-12 : 1e-9);
    }
}

/* Two clumps far apart: Newton's step would leave the ground between them. */
TEST(quantiles_of_two_clumps_are_found)
{
    nf_mixture m = one(5, 0, 1);
    m.w[0] = .5;
    m.w[1] = .5;
    m.mu[1] = 1e6;
    for (double p = .01; p < 1; p += .07) near(1 - nf_mixture_upper(&m, nf_mixture_quantile(&m, p)), p, 1e-6);
}
