/* command_sample.c - sample: an invented city, complete and said to be invented. */
#include "app.h"

enum { CITY, SEED, OUTPUT };
static const nf_field options[] = {
    { .name = "city", .type = NF_WORD, .word = "Ninefold City", .title = { "the city is called NAME", "城市名 NAME" } },
    { .name = "seed", .type = NF_I64, .def = 1, .lo = 0, .hi = 0x1p53,
      .title = { "another N is another city", "不同的 N 生成不同的城市" } },
    NF_WORD_OPTION("output", "the folder DIR for its files", "输出文件夹 DIR"),
    { 0 }
};

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    (void)w;
    (void)argument;
    if (!opt[OUTPUT].s) return nf_fail(c, NF_EINVAL, "sample needs a folder: -o DIR");
    int rc = nf_folder_make(c, opt[OUTPUT].s);
    return rc ? rc : nf_synthetic_city(c, opt[CITY].s, (uint64_t)opt[SEED].i, opt[OUTPUT].s);
}

extern const nf_command nf_command_sample;
const nf_command nf_command_sample = {
    .row = { .name = "sample", .title = { "an invented city's data and plan, marked synthetic",
                                          "虚构城市的数据和计划（标明为合成）" },
             .opt = options },
    .arguments = "-o DIR", .examples = "ninefold sample --city Metropolis --seed 7 -o city/", .run = run };
