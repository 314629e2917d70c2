/* formulas.c - the formulas, made into a table. */
#include "indicators.h"

#define NF_FORMULA(id) extern const nf_formula nf_formula_##id;
#include "formulas.def"
#undef NF_FORMULA
const nf_formula *const nf_formulas[] = {
#define NF_FORMULA(id) &nf_formula_##id,
#include "formulas.def"
#undef NF_FORMULA
    NULL
};
