/* command_load.c - load: files into the store, each all or nothing, with a receipt per file. */
#include "ledger_collect.h"
#include "store/store.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char *const refuse_skip[] = { "refuse", "skip", NULL };
static const char *const start_end[] = { "start", "end", NULL };
static const char *const policies[] = { "error", "first", "last", "mean", NULL };

enum { LOADER, DATASET, MAPPING, PUBLISHED, ENCODING, MISSING, TIME, VALUE, BY, START, FREQ, HOUR, BAD_ROW, DUPLICATES,
       STRICT, DRY_RUN, WRITE_MAPPING, JOBS };
static const nf_field options[] = {
    NF_WORD_OPTION("loader", "read as format NAME ('list loaders'); else the file tells",
                   "按格式 NAME 读取（见 list loaders）；默认自动识别"),
    NF_WORD_OPTION("dataset", "the data set's NAME; else the file's", "数据集名称 NAME；默认取文件名"),
    NF_WORD_OPTION("mapping", "columns, units and time as said in FILE (JSON)", "按 FILE（JSON）说明各列、单位和时间"),
    NF_WORD_OPTION("published", "the figures were published on DATE; a column 'published' says it per row",
                   "数据发布于 DATE；若有 published 列则逐行为准"),
    NF_WORD_OPTION("encoding", "the bytes are in ENCODING: UTF-8, GB18030, UTF-16LE",
                   "文件编码 ENCODING：UTF-8、GB18030、UTF-16LE"),
    NF_WORD_OPTION("missing", "what also means missing: TOKEN,...", "也表示缺失的记号：TOKEN,…"),
    NF_WORD_OPTION("time", "the time is in column COL", "时间所在列 COL"),
    NF_WORD_OPTION("value", "the value is in column COL", "数值所在列 COL"),
    NF_WORD_OPTION("by", "a series for each combination of COL,...", "按 COL,… 的组合分成序列"),
    NF_WORD_OPTION("start", "no time column: the first row is PERIOD", "没有时间列：第一行为 PERIOD"),
    NF_WORD_OPTION("freq", "and each row is a FREQ: year quarter month day hour",
                   "每行一个 FREQ：year quarter month day hour"),
    { .name = "hour-label", .type = NF_WORD, .choices = start_end,
      .title = { "hours are labelled by their start or end", "小时标记为起点还是终点" } },
    { .name = "on-bad-row", .type = NF_WORD, .choices = refuse_skip, .word = "refuse",
      .title = { "a row that cannot be read: refuse the file, or skip and keep the reason", "无法读取的行：拒绝文件，或跳过并记录原因" } },
    { .name = "duplicates", .type = NF_WORD, .choices = policies, .word = "error",
      .title = { "two different values for one period", "同一时期出现不同数值时" } },
    NF_FLAG_OPTION("strict", "UTF-8 only, missing is empty or NA, nothing is mended", "只接受 UTF-8，缺失只认空白或 NA，不作任何修补"),
    NF_FLAG_OPTION("dry-run", "say what would be loaded, load nothing", "只说明将载入什么，不写入"),
    NF_WORD_OPTION("write-mapping", "write what was understood to FILE, to be corrected", "把理解到的内容写入 FILE，供修改"),
    { .name = "jobs", .type = NF_I64, .def = 0, .lo = 0, .hi = 1024,
      .title = { "N threads (all processors); what is stored does not depend on it", "N 个线程（默认全部处理器），结果与此无关" } },
    { 0 }
};

/* ---- receipts ---- */

static const nf_field receipt_fields[] = {
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { .name = "outcome", .type = NF_WORD, .title = { "outcome", "结果" } },
    { .name = "loader", .type = NF_WORD, .title = { "read as", "格式" } },
    { .name = "encoding", .type = NF_WORD, .title = { "encoding", "编码" } },
    { .name = "series", .type = NF_I64, .title = { "series", "序列" } },
    { .name = "first", .type = NF_WORD, .title = { "first", "起" } },
    { .name = "last", .type = NF_WORD, .title = { "last", "止" } },
    { .name = "units", .type = NF_WORD, .title = { "units", "单位" } },
    { .name = "rows", .type = NF_I64, .title = { "rows", "行" } },
    { .name = "new", .type = NF_I64, .title = { "new", "新增" } },
    { .name = "revised", .type = NF_I64, .title = { "revised", "修订" } },
    { .name = "unchanged", .type = NF_I64, .title = { "unchanged", "未变" } },
    { .name = "rejected", .type = NF_I64, .title = { "rejected", "拒绝" } },
    { .name = "duplicates", .type = NF_I64, .title = { "duplicates", "重复" } },
    { .name = "understood", .type = NF_PROSE, .title = { "understood", "理解为" } },
    { 0 }
};

static nf_value count(size_t n) { return (nf_value){ .i = (int64_t)n }; }

/* Plain numbers are times too. */
static const char *time_text(char out[48], nf_period p)
{
    if (nf_period_is_empty(p)) return NULL;
    if (p.freq == NF_NUMBER) nf_double_text(out, nf_number_of_period(p));
    else nf_period_text(out, p);
    return out;
}

static int receipt_row(nf_ctx *c, nf_sink to, const nf_receipt *r, const char *outcome)
{
    char first[48], last[48];
    return to.row(to.self, c, (nf_value[]){ { .s = r->file }, { .s = outcome }, { .s = r->loader },
                                            { .s = r->encoding },
        count(r->series), { .s = time_text(first, r->first) }, { .s = time_text(last, r->last) }, { .s = r->units },
        count(r->rows), count(r->added),
        count(r->revised), count(r->unchanged), count(r->rejected), count(r->duplicates), { .p = r->understood } });
}

static int refused_row(nf_ctx *c, nf_sink to, const char *file)
{
    nf_value v[sizeof receipt_fields / sizeof *receipt_fields];
    for (size_t i = 0; receipt_fields[i].type != NF_END; i++) v[i] = nf_value_empty(receipt_fields[i].type);
    v[0].s = file;
    v[1].s = "refused";
    return to.row(to.self, c, v);
}

/* ---- which files ---- */

typedef struct { const char **name; size_t n, room; } files;

static int add(nf_ctx *c, files *f, const char *name)
{
    f->name = nf_grow(c, f->name, f->n, &f->room, sizeof *f->name);
    if (!f->name || !name) return NF_ENOMEM;
    f->name[f->n++] = name;
    return NF_OK;
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool has_package(nf_ctx *c, const char *dir, char **package)
{
    struct stat s;
    *package = nf_format(c, "%s%sdatapackage.json", dir, dir[strlen(dir) - 1] == '/' ? "" : "/");
    return *package && !stat(*package, &s) && S_ISREG(s.st_mode);
}

static bool is_table(const char *path)
{
    static const char *const ends[] = { ".csv", ".tsv", ".txt", ".dat", ".xlsx", ".xlsm", NULL };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && ends[i]; i++)
        if (!strcasecmp(dot, ends[i])) return true;
    return false;
}

/* A table, a data package in a folder of its own, or something else that is named and left out. */
static int add_entry(nf_ctx *c, files *f, const char *path)
{
    struct stat s;
    char *package;
    if (stat(path, &s)) return NF_OK;
    if (S_ISREG(s.st_mode) && is_table(path)) return add(c, f, path);
    if (S_ISDIR(s.st_mode) && has_package(c, path, &package)) return add(c, f, package);
    nf_note(c, path, 0, 0, "name it to load it all the same",
            S_ISDIR(s.st_mode) ? "left out: a folder that is no data package" : "left out: no table by its name");
    return NF_OK;
}

/* The visible tables of a folder in the order of their bytes, whatever the locale. A data package is one file. */
static int add_folder(nf_ctx *c, files *f, const char *dir)
{
    files all = { 0 };
    size_t first = f->n;
    int rc = NF_OK;
    char *package;
    if (has_package(c, dir, &package)) return add(c, f, package);
    DIR *d = opendir(dir);
    for (struct dirent *e; d && !rc && (e = readdir(d));)
        if (*e->d_name != '.')
            rc = add(c, &all, nf_format(c, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", e->d_name));
    if (d) closedir(d);
    if (all.n) qsort(all.name, all.n, sizeof *all.name, by_name);
    for (size_t i = 0; i < all.n && !rc; i++) rc = add_entry(c, f, all.name[i]);
    return rc || f->n > first ? rc : nf_fail(c, NF_ENOTFOUND, "no file to load in the folder '%s'", dir);
}

static int all_files(nf_ctx *c, files *f, char **argument)
{
    struct stat s;
    int rc = NF_OK;
    for (; *argument && !rc; argument++)
        rc = !stat(*argument, &s) && S_ISDIR(s.st_mode) ? add_folder(c, f, *argument) : add(c, f, *argument);
    if (rc || f->n) return rc;
    nf_fail(c, NF_EINVAL, "nothing to load was named");
    return nf_hint(c, "ninefold load FILE or DIR; '-' is standard input");
}

/* ---- the command ---- */

static int understand(nf_ctx *c, const nf_workspace *w, const nf_value *opt, nf_load_options *o)
{
    *o = (nf_load_options){ .loader = opt[LOADER].s, .dataset = opt[DATASET].s, .mapping = opt[MAPPING].s,
        .encoding = opt[ENCODING].s, .missing = opt[MISSING].s, .time = opt[TIME].s, .value = opt[VALUE].s,
        .by = opt[BY].s, .start = opt[START].s, .freq = opt[FREQ].s, .hour_label = opt[HOUR].s,
        .write_mapping = opt[WRITE_MAPPING].s, .duplicates = opt[DUPLICATES].s, .now = w->now,
        .strict = opt[STRICT].i == 1, .dry_run = opt[DRY_RUN].i == 1,
        .skip_bad_rows = !strcmp(opt[BAD_ROW].s, "skip"), .jobs = opt[JOBS].i > 0 ? (int)opt[JOBS].i : w->jobs };
    return opt[PUBLISHED].s ? nf_known_parse(c, &o->published, opt[PUBLISHED].s) : NF_OK;
}

/* One file's refusal does not stop the others: each is a transaction of its own. */
static int load_each(nf_ctx *c, nf_store *store, const files *f, const nf_load_options *o, nf_sink to)
{
    size_t refused = 0;
    int rc = NF_OK;
    for (size_t i = 0; i < f->n && !rc; i++) {
        nf_receipt r = { 0 };
        size_t work = nf_scratch_mark(c);
        rc = nf_load(c, store, f->name[i], o, &r);
        nf_scratch_rewind(c, work);
        if (!rc) {
            rc = receipt_row(c, to, &r, o->dry_run ? "dry run" : "loaded");
        } else if (rc != NF_ENOMEM && f->n > 1) {
            nf_complain(nf_last(c));
            rc = refused_row(c, to, f->name[i]);
            refused++;
        }
    }
    return rc || !refused ? rc : nf_fail(c, NF_EDATA, "%zu of %zu files were refused, the others are loaded", refused,
                                         f->n);
}

/* Sheets of the ledger are no figures: they have a receipt of their own. All of the files are, or none. */
static int sheets_of(nf_ctx *c, const files *f, bool dry_run, char ***out)
{
    enum { LARGEST = 1 << 20 };                  /* bytes: no sheet of one unit is larger */
    struct stat s;
    size_t n = 0;
    char **sheet = nf_alloc(c, (f->n + 1) * sizeof *sheet);
    if (!sheet) return NF_ENOMEM;
    for (size_t i = 0; i < f->n; i++)
        if (!stat(f->name[i], &s) && S_ISREG(s.st_mode) && s.st_size <= LARGEST && nf_is_ledger_sheet(c, f->name[i]))
            if (!(sheet[n++] = nf_strdup(c, f->name[i]))) return NF_ENOMEM;
    *out = n ? sheet : NULL;
    if (!n || (n == f->n && !dry_run)) return NF_OK;
    nf_fail(c, NF_EINVAL, n < f->n ? "sheets of the ledger and figures cannot be loaded in one go"
                                   : "sheets of the ledger are not tried: what does not differ is not entered");
    return nf_hint(c, "'ninefold ledger collect FILE...' takes the sheets");
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    static const char *const few[] = { "file", "outcome", "series", "first", "last", "units", "rows", "new", "revised",
                                       "unchanged", "rejected", "understood", NULL };
    files f = { 0 };
    nf_load_options o;
    nf_store *store = NULL;
    nf_sink to;
    char **sheet = NULL;
    int rc = all_files(c, &f, argument);
    if (!rc) rc = understand(c, w, opt, &o);
    if (!rc) rc = sheets_of(c, &f, o.dry_run, &sheet);
    if (!rc && sheet) return nf_ledger_take(c, w, sheet, NULL, NULL);
    if (!rc && !o.dry_run) rc = nf_workspace_store(c, w, &store, NF_STORE_CREATE);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (!rc && nf_workspace_for_people(w)) rc = nf_sink_columns(c, &to, to, few);
    if (!rc && !(rc = to.begin(to.self, c, "load", receipt_fields)))
        rc = to.end(to.self, c, load_each(c, store, &f, &o, to));
    return rc;
}

extern const nf_command nf_command_load;
const nf_command nf_command_load = {
    .row = { .name = "load", .title = { "files into the store, each all or nothing", "把文件载入数据库，每个文件要么全部成功、要么不变" },
             .opt = options },
    .wish = { "bring in figures", "载入数据" },
    .arguments = "FILE|DIR|-...",
    .examples = "ninefold load figures.csv\nninefold load yearbook.csv --published 2024-03-30\n"
                "ninefold load received/ --dry-run",
    .run = run };
