/* registries.c - the engine's .def lists, made into tables. */
#include "method.h"
#include "scheme.h"
#include "writer.h"

#define NF_METHOD(id) extern const nf_method nf_method_##id;
#include "methods.def"
#undef NF_METHOD
const nf_method *const nf_methods[] = {
#define NF_METHOD(id) &nf_method_##id,
#include "methods.def"
#undef NF_METHOD
    NULL
};

#define NF_SCHEME(id) extern const nf_scheme nf_scheme_##id;
#include "schemes.def"
#undef NF_SCHEME
const nf_scheme *const nf_schemes[] = {
#define NF_SCHEME(id) &nf_scheme_##id,
#include "schemes.def"
#undef NF_SCHEME
    NULL
};

#define NF_WRITER(id) extern const nf_writer nf_writer_##id;
#include "writers.def"
#undef NF_WRITER
const nf_writer *const nf_writers[] = {
#define NF_WRITER(id) &nf_writer_##id,
#include "writers.def"
#undef NF_WRITER
    NULL
};
