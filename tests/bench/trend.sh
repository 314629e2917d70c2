#!/bin/sh
# trend.sh BUILD - trend statistics: in process, then beside scipy, R and DuckDB on the same figures, in CPU time.
#
# NINEFOLD_TREND_SERIES=N: series of the last part (default 1000000, in CI 50000; 500 bytes of TMPDIR each). DuckDB is
# taken from the npm package @duckdb/node-api where node finds it (NODE_PATH). Takes two to four minutes.
build=$1
many=${NINEFOLD_TREND_SERIES:-$([ -n "${CI:-}" ] && echo 50000 || echo 1000000)}
here=$(cd "$(dirname "$0")" && pwd)
"$build/tests/trend_bench" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$(for p in /usr/bin/python3 python3; do "$p" -c 'import scipy' 2>/dev/null && { echo "$p"; break; }; done)
cpu() { /usr/bin/env bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null' bash "$@" 2>&1 | awk 'END { print $1 + $2 }'; }

# Long CSV: n points a series, figures with two decimals.
figures() {
    awk -v many="$1" -v n="$2" 'BEGIN { srand(7); print "series,time,value"
        for (i = 0; i < many; i++) for (k = 1; k <= n; k++)
            printf "s%05d,%d,%.2f\n", i, k, 20 + rand() + rand() + rand() + (i % 2) * .6 * k / n }'
}
echo
echo "seconds of CPU: reading and writing included for ninefold and DuckDB, computing alone for scipy and R;"
echo "ninefold does Mann-Kendall, Sen and limits, theilslopes the latter two, cor.test the first, regr_slope a mere line"
printf '%-14s %10s %12s %8s %12s %8s %12s %8s\n' 'series x n' ninefold theilslopes ratio 'R cor.test' ratio regr_slope ratio
for size in "20000 30" "1000 240" "3 8760"; do
    # shellcheck disable=SC2086
    set -- $size
    figures "$1" "$2" >"$work/f.csv"
    ours=-; scipy=-; r=-; duckdb=-
    [ -x "$build/ninefold" ] && ours=$(cpu "$build/ninefold" trend "$work/f.csv" --format csv -j 1)
    [ -n "$python" ] && scipy=$("$python" "$here/trend_scipy.py" "$work/f.csv")
    command -v Rscript >/dev/null && r=$(Rscript --vanilla "$here/trend_r.R" "$work/f.csv" 2>/dev/null)
    node -e 'require("@duckdb/node-api")' 2>/dev/null && duckdb=$(node "$here/trend_duckdb.cjs" "$work/f.csv")
    awk -v a="$1 x $2" -v o="$ours" -v s="$scipy" -v r="$r" -v d="$duckdb" '
        function ratio(t) { return t + 0 > 0 && o + 0 > 0 ? sprintf(t / o < 10 ? "%.1f" : "%.0f", t / o) : "-" }
        BEGIN { printf("%-14s %10s %12s %8s %12s %8s %12s %8s\n", a, o, s, ratio(s), r, ratio(r), d, ratio(d)) }'
done

echo
echo "$many series x 30, CSV to CSV, all processors ($(nproc)): what each part adds"
printf '%-44s %8s %8s %8s\n' part 'CPU s' 'wall s' 'RSS MB'
figures "$many" 30 >"$work/f.csv"
part() {                                           # NAME ARGUMENT...
    name=$1; shift
    # shellcheck disable=SC2046,SC2183
    printf '%-44s %8s %8s %8s\n' "$name" \
        $(python3 "$here/spent.py" "$build/ninefold" trend "$work/f.csv" --format csv "$@")
}
part 'reading alone: no series is taken' --where place=nowhere
part 'and mann-kendall and its rows' --method mann-kendall
part 'and sen, limits and rows: the whole' --method mann-kendall,sen
