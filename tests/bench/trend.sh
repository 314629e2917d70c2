#!/bin/sh
# trend.sh BUILD - trend statistics: in process, then beside scipy, R and DuckDB on the same figures, in CPU time.
#
# NINEFOLD_TREND_SERIES=N: series of the last part (default 1000000, in CI 50000; 800 bytes of TMPDIR each). DuckDB is
# taken from the npm package @duckdb/node-api where node finds it (NODE_PATH); pyMannKendall and R's Kendall, trend and
# zyp where they are installed. Takes two to four minutes.
build=$1
many=${NINEFOLD_TREND_SERIES:-$([ -n "${CI:-}" ] && echo 50000 || echo 1000000)}
here=$(cd "$(dirname "$0")" && pwd)
"$build/tests/trend_bench" || exit 2
echo
"$build/tests/stl_bench"
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

# line PEER SECONDS [GOAL]: their time by ours, and whether that is enough.
line() {
    [ -n "$2" ] || return 0
    awk -v what="$size" -v peer="$1" -v theirs="$2" -v ours="$ours" -v goal="${3:-0}" 'BEGIN {
        if (theirs + 0 <= 0 || ours + 0 <= 0) exit
        ratio = theirs / ours
        printf("%-14s %-34s %10.3f %10.3f %8.1f", what, peer, theirs, ours, ratio)
        if (goal > 0) printf(" %6d  %s", goal, ratio >= goal ? "met" : "not met")
        print "" }'
}
echo
echo "seconds of CPU: reading and writing included for ninefold and DuckDB, computing alone for the others;"
echo "ninefold does Mann-Kendall, Sen and limits"
printf '%-14s %-34s %10s %10s %8s %6s\n' 'series x n' beside theirs ninefold ratio goal
for sizes in "20000 30 20" "1000 240 35" "6 8760 500"; do
    # shellcheck disable=SC2086
    set -- $sizes
    size="$1 x $2"
    figures "$1" "$2" >"$work/f.csv"
    ours=$(for _ in 1 2 3; do cpu "$build/ninefold" trend "$work/f.csv" --format csv -j 1; done | sort -g | sed -n 2p)
    [ -n "$python" ] && line 'scipy theilslopes (no test)' "$("$python" "$here/trend_scipy.py" "$work/f.csv")" "$3"
    [ -n "$python" ] && "$python" -c 'import pymannkendall' 2>/dev/null &&
        line 'pyMannKendall original_test' "$("$python" "$here/trend_pymannkendall.py" "$work/f.csv")" 300
    command -v Rscript >/dev/null && Rscript --vanilla "$here/trend_r.R" "$work/f.csv" 2>/dev/null | while read -r took peer; do
        line "R $peer" "$took"
    done
    node -e 'require("@duckdb/node-api")' 2>/dev/null && line 'DuckDB regr_slope (a mere line)' "$(node "$here/trend_duckdb.cjs" "$work/f.csv")"
done
"${python:-false}" -c 'import pymannkendall' 2>/dev/null || echo "pyMannKendall is not installed: not measured"

echo
echo "$many series x 30, CSV to CSV, two threads to compute ($(nproc) processors)"
figures "$many" 30 >"$work/f.csv"
"$build/tests/trend_parts_bench" "$work/f.csv" 2
# shellcheck disable=SC2046
set -- $(python3 "$here/spent.py" "$build/ninefold" trend "$work/f.csv" --format csv -j 2)
awk -v cpu="$1" -v wall="$2" -v rss="$3" -v many="$many" 'BEGIN {
    printf("the program, CSV to CSV: CPU %.2f s, wall %.2f s, RSS %d MB", cpu, wall, rss)
    if (many == 1000000) printf("; goal 8 s wall: %s", wall <= 8 ? "met" : "not met")
    print "" }'
