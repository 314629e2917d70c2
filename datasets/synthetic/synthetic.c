/* synthetic.c - a complete invented city, the same bytes for the same name and seed, "synthetic" wherever it is named.
 *
 * Two years of hourly air and traffic, ten years of monthly industry, yearly figures of sixty indicators, and a plan:
 * nine improvements, sixty targets, forty-five tasks with timetable and ledger. */
#include "synthetic_table.h"
#include "datasets.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static int make_folder(nf_ctx *c, const char *path)
{
    if (!mkdir(path, 0777) || errno == EEXIST) return NF_OK;
    nf_fail(c, NF_EIO, "cannot make the folder: %s", strerror(errno));
    return nf_at(c, path, 0, 0);
}

int nf_synthetic_city(nf_ctx *c, const char *city, uint64_t seed, const char *folder)
{
    synthetic_table t = { .c = c, .city = city && *city ? city : "Ninefold City", .seed = seed };
    const char *data = nf_format(c, "%s/data", folder), *plan = nf_format(c, "%s/plan", folder);
    if (!data || !plan) return NF_ENOMEM;
    int rc = make_folder(c, folder);
    if (!rc) rc = make_folder(c, data);
    if (!rc) rc = make_folder(c, plan);
    if (!rc) rc = synthetic_series(&t, data);
    return rc ? rc : synthetic_plan(&t, plan);
}
