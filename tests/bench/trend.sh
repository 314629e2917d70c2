#!/bin/sh
# trend.sh BUILD - trend statistics: in process, then beside scipy and R on the same figures, as ratios of CPU time.
build=$1
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
echo "beside scipy and R: seconds of CPU, reading and writing included for ninefold, computing alone for the others"
printf '%-14s %10s %12s %8s %14s %8s\n' 'series x n' ninefold theilslopes ratio 'R cor.test' ratio
for size in "20000 30" "1000 240" "3 8760"; do
    # shellcheck disable=SC2086
    set -- $size
    figures "$1" "$2" >"$work/f.csv"
    ours=-; scipy=-; r=-
    [ -x "$build/ninefold" ] && ours=$(cpu "$build/ninefold" trend "$work/f.csv" --format csv -j 1)
    [ -n "$python" ] && scipy=$("$python" "$here/trend_scipy.py" "$work/f.csv")
    command -v Rscript >/dev/null && r=$(Rscript --vanilla "$here/trend_r.R" "$work/f.csv" 2>/dev/null)
    awk -v a="$1 x $2" -v o="$ours" -v s="$scipy" -v r="$r" '
        function ratio(t) { return t + 0 > 0 && o + 0 > 0 ? sprintf("%.0f", t / o) : "-" }
        BEGIN { printf("%-14s %10s %12s %8s %14s %8s\n", a, o, s, ratio(s), r, ratio(r)) }'
done
