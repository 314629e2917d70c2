#!/bin/sh
# cluster.sh BUILD - what a series costs on its way from a store through mann-kendall and sen to csv, at 1 and 2 ranks.
build=$1
series=${NINEFOLD_SERIES:-50000} points=30
mpi=$build/ninefold-mpi
[ -x "$mpi" ] && command -v mpirun >/dev/null || { echo "cluster: skipped, no Open MPI here"; exit 0; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
export LC_ALL=C
taken() { /usr/bin/env bash -c 'TIMEFORMAT="%R %U %S"; time "$@" >"$0" 2>/dev/null' "$@" 2>&1 | tail -1; }

awk -v many="$series" -v n=$points 'BEGIN { srand(7); print "series,time,value"
    for (i = 0; i < many; i++) for (k = 0; k < n; k++)
        printf "s%07d,%d,%.2f\n", i, 1990 + k, 20 + rand() + rand() + (i % 2) * .02 * k }' >"$tmp/figures.csv"
load=$(taken /dev/null "$build/ninefold" -s "$tmp/store.db" load "$tmp/figures.csv" --published 2024-01-01)
echo "$series series of $points: loaded in ${load%% *} s, store $(($(wc -c <"$tmp/store.db") / series)) bytes a series"
run() {                                            # RANKS: wall and CPU
    set -- "$1" "$(taken "$tmp/$1.csv" mpirun --allow-run-as-root --oversubscribe -np "$1" "$mpi" -s "$tmp/store.db" trend -j 1 --format csv)"
    echo "$1 $2" | awk -v n="$series" '{
        printf("%d rank%s wall %5.2f s, CPU %5.2f s with the start of MPI: %.1f us a series\n", $1, ($1 > 1 ? "s:" : ": "), $2, $3 + $4,
               1e6 * ($3 + $4) / n) }'
}
run 1
run 2
cmp "$tmp/1.csv" "$tmp/2.csv" && echo "the same $(wc -c <"$tmp/1.csv") bytes, $(($(wc -c <"$tmp/1.csv") / series)) a series"
