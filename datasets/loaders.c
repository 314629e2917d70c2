/* loaders.c - the loaders, made into a table. */
#include "datasets.h"

#define NF_LOADER(id) extern const nf_loader nf_loader_##id;
#include "loaders.def"
#undef NF_LOADER
const nf_loader *const nf_loaders[] = {
#define NF_LOADER(id) &nf_loader_##id,
#include "loaders.def"
#undef NF_LOADER
    NULL
};
