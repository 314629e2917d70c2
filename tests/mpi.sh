#!/bin/sh
# mpi.sh BUILD - the bytes of ninefold-mpi at 1, 2 and 4 ranks are those of one process.
build=$1
command -v mpirun >/dev/null && [ -x "$build/ninefold-mpi" ] || { echo "mpi: skipped, no Open MPI here"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
store=$tmp/city.db
run() { ranks=$1; shift; mpirun --allow-run-as-root --oversubscribe -np "$ranks" "$build/ninefold-mpi" "$@"; }
"$build/ninefold" sample --city Test --seed 3 -o "$tmp/city" >/dev/null || exit 1
"$build/ninefold" -s "$store" load "$tmp"/city/data/synthetic_i*.csv >/dev/null 2>&1 || exit 1
for format in csv jsonl; do
    "$build/ninefold" -s "$store" trend --format "$format" >"$tmp/one" 2>/dev/null
    for ranks in 1 2 4; do
        run "$ranks" -s "$store" trend --format "$format" >"$tmp/many" 2>/dev/null
        cmp "$tmp/one" "$tmp/many" || { echo "mpi: $format differs at $ranks ranks"; exit 1; }
    done
    echo "mpi: $format, $(wc -l <"$tmp/one") lines, the same at 1, 2 and 4 ranks"
done
# Shards: the series of one store after those of the other.
i=0
for file in "$tmp"/city/data/synthetic_i*.csv; do
    i=$((i + 1))
    "$build/ninefold" -s "$tmp/shard$i.db" load "$file" >/dev/null 2>&1 || exit 1
    "$build/ninefold" -s "$tmp/shard$i.db" trend --format csv 2>/dev/null | { [ "$i" -gt 1 ] && sed 1d || cat; } >>"$tmp/joined"
    set -- "$@" -s "$tmp/shard$i.db"
done
shift
for ranks in 1 2 4; do
    run "$ranks" "$@" trend --format csv >"$tmp/many" 2>/dev/null
    cmp "$tmp/joined" "$tmp/many" || { echo "mpi: $i shards differ at $ranks ranks"; exit 1; }
done
echo "mpi: $i shards, $(wc -l <"$tmp/joined") lines, the same at 1, 2 and 4 ranks"
run 2 -s "$store" trend --format csv --adjust bh >"$tmp/many" 2>"$tmp/said" && { echo "mpi: --adjust went through"; exit 1; }
grep -q 'one process' "$tmp/said" && [ ! -s "$tmp/many" ] || { cat "$tmp/said"; exit 1; }
