/* indicators.h - the formulas of the three families: air, traffic, industry. One file and one row each. */
#ifndef NF_INDICATORS_H
#define NF_INDICATORS_H
#include "engine.h"
#ifdef __cplusplus
extern "C" {
#endif
extern const nf_formula *const nf_formulas[];
#ifdef __cplusplus
}
#endif
#endif
