/* synthetic_test.c - the invented city: same bytes for the same seed, others for another, and it says what it is. */
#include "datasets.h"
#include "test.h"
#include <dirent.h>
#include <unistd.h>

static uint64_t hash_file(const char *folder, const char *name, size_t *bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    uint64_t h = 0xcbf29ce484222325u;
    ok(f);
    for (int ch; (ch = getc(f)) != EOF; ++*bytes) h = (h ^ (uint64_t)ch) * 0x100000001b3u;
    fclose(f);
    return h;
}

static const char *const files[] = { "data/synthetic_air_hourly.csv", "data/synthetic_traffic_hourly.csv",
    "data/synthetic_industry_monthly.csv", "data/synthetic_indicators_yearly.csv", "plan/programme.csv",
    "plan/improvements.csv",
    "plan/projects.csv", "plan/indicators.csv", "plan/targets.csv", "plan/tasks.csv", "plan/milestones.csv",
    "plan/ledger.csv" };

static uint64_t city(const char *name, uint64_t seed, char folder[64])
{
    nf_ctx *c = nf_ctx_new(NULL);
    uint64_t all = 0;
    size_t bytes = 0;
    snprintf(folder, 64, "/tmp/synthetic-%ld-%d", (long)getpid(), (int)seed);
    ok(nf_synthetic_city(c, name, seed, folder) == NF_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) all = all * 31 + hash_file(folder, files[i], &bytes);
    ok(bytes > 5000000);
    nf_ctx_free(c);
    return all;
}

static void remove_city(const char *folder)
{
    char path[512];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        snprintf(path, sizeof path, "%s/%s", folder, files[i]), unlink(path);
    snprintf(path, sizeof path, "%s/data", folder), rmdir(path);
    snprintf(path, sizeof path, "%s/plan", folder), rmdir(path);
    ok(rmdir(folder) == 0);                        /* and it wrote nothing else */
}

TEST(the_same_seed_gives_the_same_bytes_and_another_seed_another_city)
{
    char a[64], b[64];
    uint64_t first = city("Hengshi", 7, a), again = city("Hengshi", 7, a), other = city("Hengshi", 8, b);
    ok(first == again);
    ok(first != other);
    remove_city(a);
    remove_city(b);
}

TEST(every_row_says_synthetic_and_the_counts_are_those_promised)
{
    char folder[64], path[128], line[1024];
    city("<script>,\"x\"", 9, folder);
    snprintf(path, sizeof path, "%s/data/synthetic_industry_monthly.csv", folder);
    FILE *f = fopen(path, "r");
    ok(f && fgets(line, sizeof line, f));
    int rows = 0;
    while (fgets(line, sizeof line, f)) {
        ok(strstr(line, "(synthetic)") && strstr(line, ",yes\n") && strstr(line, "synthetic.industry.output"));
        rows++;
    }
    ok(rows == 120);
    fclose(f);
    snprintf(path, sizeof path, "%s/plan/targets.csv", folder);
    f = fopen(path, "r");
    rows = 0;
    while (fgets(line, sizeof line, f)) rows++;
    ok(rows == 61);
    fclose(f);
    snprintf(path, sizeof path, "%s/plan/tasks.csv", folder);
    f = fopen(path, "r");
    rows = 0;
    while (fgets(line, sizeof line, f)) rows++;
    ok(rows == 46);
    fclose(f);
    remove_city(folder);
}
