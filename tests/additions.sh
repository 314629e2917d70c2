#!/bin/sh
# additions.sh - the six additions, made for real in a copy of the tree: a method with arrays, a scheme with words of its
# own, a formula of three inputs at three frequencies, a chart of tasks, a loader and a command. Each is one new file and one
# row of a table, nothing else is edited, and everything that reads the tables knows it: help, list, trend, check, plot,
# load, derive and the SQL aggregates.
src=$(cd "$(dirname "$0")/.." && pwd)
work=${TMPDIR:-/tmp}/ninefold-additions
tree=$work/tree
build=$work/build
passed=0 failed=0
mkdir -p "$tree"
for part in engine indicators datasets plots app CMakeLists.txt; do cp -Rp "$src/$part" "$tree/" || exit 2; done
new() { cat >"$tree/$1"; printf '%s\n' "$3" >>"$tree/$2"; }

new engine/methods/method_halves.c engine/methods.def 'NF_METHOD(halves)' <<'END'
/* method_halves.c - a method with an array: the mean of the second half less that of the first, and each point's half. */
#include "method.h"
enum { DIFFERENCE, HALF };
static const nf_field out[] = { { .name = "difference", .type = NF_F64, .dim = NF_FREE }, { .name = "half", .type = NF_ARRAY, .dim = NF_ONE }, { 0 } };
static int fit(nf_ctx *c, nf_result *r, const nf_sample *in, size_t n_in, const nf_value *opt)
{
    double sum[2] = { 0, 0 }, *half = nf_alloc(c, in->n * sizeof *half);
    size_t n = in->n / 2;
    (void)n_in; (void)opt;
    if (!half) return NF_ENOMEM;
    for (size_t i = 0; i < in->n; i++) sum[i >= in->n - n] += i < n || i >= in->n - n ? in->y[i] : 0, half[i] = i >= in->n - n;
    r->v[DIFFERENCE].f = (sum[1] - sum[0]) / (double)n;
    r->v[HALF].a = (nf_span){ half, in->n };
    return NF_OK;
}
extern const nf_method nf_method_halves;
const nf_method nf_method_halves = { .row = { .name = "halves", .title = { "Difference of halves", "前后半段之差" }, .formula = "mean(second) - mean(first)",
    .cite = "an example", .use = "to show an addition", .avoid = "everything else" }, .min_n = 2, .min_in = 1, .max_in = 1, .out = out, .fit = fit };
END
new engine/schemes/scheme_halfway.c engine/schemes.def 'NF_SCHEME(halfway)' <<'END'
/* scheme_halfway.c - a scheme with words and a field of its own. */
#include "scheme.h"
#include <math.h>
static const nf_grade grade[] = { { "past-halfway", NF_ON, { "past halfway", "过半" } }, { "before-halfway", NF_OFF, { "before halfway", "未过半" } },
    { "unknown", NF_UNKNOWN, { "unknown", "未知" } }, { 0 } };
static const nf_field out[] = { { .name = "way", .type = NF_F64, .title = { "part of the way", "进度" } }, { 0 } };
static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    (void)c; (void)k; (void)opt;
    f->r.v[0].f = f->at.completion;
    f->grade = isnan(f->at.completion) ? &grade[2] : f->at.completion >= .5 ? &grade[0] : &grade[1];
    f->basis = "";
    f->reason = f->grade->title;
    return NF_OK;
}
extern const nf_scheme nf_scheme_halfway;
const nf_scheme nf_scheme_halfway = { .row = { .name = "halfway", .title = { "Halfway", "过半" }, .formula = "completion >= 1/2", .cite = "an example",
    .use = "to show an addition", .avoid = "everything else" }, .grade = grade, .out = out, .judge = judge };
END
new indicators/formula_three.c indicators/formulas.def 'NF_FORMULA(three)' <<'END'
/* formula_three.c - three inputs at three frequencies: how many figures each has in a year. */
#include "indicators.h"
static const nf_input in[] = { { .quantity = "any", .unit = "", .freq = NF_HOUR }, { .quantity = "any", .unit = "", .freq = NF_MONTH },
                               { .quantity = "any", .unit = "", .freq = NF_YEAR } };
static int derive(nf_ctx *c, nf_series *out, const nf_series *s, size_t n, const nf_value *opt)
{
    double *y = nf_alloc(c, (s[2].t.n + 1) * sizeof *y);
    (void)n; (void)opt;
    if (!y) return NF_ENOMEM;
    for (size_t k = 0; k < s[2].t.n; k++)
        for (int i = 0; i < 3; i++)
            for (size_t j = 0; j < s[i].t.n; j++)
                y[k] += nf_period_convert(nf_axis_at(&s[i].t, j), NF_YEAR).ord == nf_axis_at(&s[2].t, k).ord;
    *out = (nf_series){ .t = s[2].t, .y = y };
    return NF_OK;
}
extern const nf_formula nf_formula_three;
const nf_formula nf_formula_three = { .row = { .name = "three", .title = { "Figures a year", "年度数据量" }, .formula = "count", .cite = "an example",
    .use = "to show an addition", .avoid = "everything else" }, .in = in, .n_in = 3, .unit = "1", .derive = derive };
END
new plots/charts/chart_lamps.c plots/charts.def 'NF_CHART(lamps)' <<'END'
/* chart_lamps.c - a chart of key tasks: their codes and lights as rows of the numbers beside the picture. */
#include "plots.h"
static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    static const nf_field col[] = { { .name = "task", .type = NF_WORD }, { .name = "light", .type = NF_WORD }, { 0 } };
    (void)s; (void)opt;
    if (!drawn.begin) return NF_OK;
    int rc = drawn.begin(drawn.self, c, "lamps", col);
    for (size_t i = 0; !rc && i < e->n_finding; i++)
        if (e->finding[i].of->task)
            rc = drawn.row(drawn.self, c, (nf_value[]){ { .s = e->finding[i].of->task->code }, { .s = e->finding[i].grade->word } });
    return drawn.end(drawn.self, c, rc);
}
extern const nf_chart nf_chart_lamps;
const nf_chart nf_chart_lamps = { .row = { .name = "lamps", .title = { "Lights of key tasks", "重点任务亮灯" }, .formula = "one light a task", .cite = "an example",
    .use = "to show an addition", .avoid = "everything else" }, .needs = NF_NEEDS_TASKS | NF_NEEDS_FINDING, .width = 300, .height = 200, .draw = draw };
END
new datasets/loaders/loader_points.c datasets/loaders.def 'NF_LOADER(points)' <<'END'
/* loader_points.c - a table whose columns are called what, when and howmuch. */
#include "loader.h"
static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int key = nf_peek_column(p, "what"), time = nf_peek_column(p, "when"), value = nf_peek_column(p, "howmuch");
    (void)c;
    if (key < 0 || time < 0 || value < 0) return 0;
    m->column[key].role = NF_ROLE_KEY;
    m->column[time].role = NF_ROLE_TIME;
    m->column[value].role = NF_ROLE_VALUE;
    return 90;
}
extern const nf_loader nf_loader_points;
const nf_loader nf_loader_points = { .row = { .name = "points", .title = { "what, when, how much", "何物何时多少" }, .use = "to show an addition",
    .avoid = "everything else" }, .bid = bid };
END
new app/commands/command_hello.c app/commands.def 'NF_COMMAND(hello)' <<'END'
/* command_hello.c - a command. */
#include "app.h"
static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    (void)c; (void)argument; (void)opt;
    return nf_put(w->out, "hello\n");
}
extern const nf_command nf_command_hello;
const nf_command nf_command_hello = { .row = { .name = "hello", .title = { "say hello", "问好" } }, .examples = "ninefold hello", .run = run };
END

edited=$(diff -rq "$src/engine" "$tree/engine"; for d in indicators datasets plots app; do diff -rq "$src/$d" "$tree/$d"; done)
printf '%s\n' "$edited"
cmake -S "$tree" -B "$build" -G Ninja -DNINEFOLD_TESTS=OFF -DCMAKE_BUILD_TYPE=Debug >"$work/log" 2>&1 &&
    cmake --build "$build" >>"$work/log" 2>&1 || { tail -20 "$work/log"; exit 1; }
nf() { "$build/ninefold" -s "$work/store.db" "$@"; }
expect() {  # expect WHAT PATTERN COMMAND...: the command's output has the pattern
    what=$1 pattern=$2; shift 2
    if "$@" 2>&1 | grep -q "$pattern"; then echo "ok: $what"; passed=$((passed + 1))
    else echo "not ok: $what: $("$@" 2>&1 | tail -2)"; failed=$((failed + 1)); fi
}
[ "$(printf '%s\n' "$edited" | grep -c '^Only in')" -eq 6 ] && [ "$(printf '%s\n' "$edited" | grep -c '^Files .*\.def')" -eq 6 ] &&
    [ "$(printf '%s\n' "$edited" | wc -l)" -eq 12 ] && passed=$((passed + 1)) || { echo "not ok: more than six files and six rows"; failed=$((failed + 1)); }
rm -f "$work/store.db"
printf 'what,when,howmuch\na,2020,1\na,2021,2\na,2022,5\na,2023,8\n' >"$work/points.csv"
{ echo series,time,value; for h in 00 01 02; do echo "h,2021-01-01T$h,1"; done; echo m,2021-05,1; echo m,2021-06,1; } >"$work/more.csv"
expect "the loader bids and loads" 'points.csv *loaded' nf load "$work/points.csv"
nf load "$work/more.csv" >/dev/null 2>&1
expect "the method fits" '"difference":5' nf trend --method halves --format jsonl a
expect "its array is there" '"half":\[0,0,1,1\]' nf trend --method halves --format jsonl --components a
expect "the formula derives over three frequencies" '^2021.*6\|2021,6' nf derive 'three(h, m, a)' --format csv
expect "the command runs" hello nf hello
expect "help knows it" 'hello *say hello' nf --help
for kind in methods schemes formulas charts loaders; do
    expect "list $kind knows its row" 'an example\|halves\|halfway\|three\|lamps\|points' sh -c "'$build/ninefold' list $kind | grep -E 'halves|halfway|three|lamps|points'"
done
"$build/ninefold" sample --city X --seed 1 -o "$work/city" >/dev/null 2>&1
nf load "$work/city/data/synthetic_indicators_yearly.csv" >/dev/null 2>&1
expect "the scheme judges" 'past-halfway' nf check --plan "$work/city/plan" --scheme halfway --format csv
expect "the chart draws" '<svg' sh -c "'$build/ninefold' -s '$work/store.db' plot lamps --plan '$work/city/plan' -o '$work/lamps.svg' >/dev/null && cat '$work/lamps.svg'"
expect "SQL has the aggregate" '^5' sqlite3 :memory: ".load $build/extension/ninefold" \
    "select nf_halves_difference(t, v) from (select 2020 t, 1 v union all select 2021, 2 union all select 2022, 5 union all select 2023, 8)"
rm -rf "$tree" "$work/city"
echo "additions: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
