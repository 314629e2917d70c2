#!/bin/sh
# sweeps.sh BUILD - bounded sweeps: faults in the program's way, then every fuzz target for $NINEFOLD_FUZZ_SECONDS (20) s.
# A line per sweep, at the end 'sweeps: N passed, N failed'. Where the larger harness stands beside the repository, it
# runs as well when NINEFOLD_HARNESS_RUN names its tests, as 'kill9,killsys,writers n=40'.
build=$(cd "${1:-build}" && pwd) || exit 2
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 2
seconds=${NINEFOLD_FUZZ_SECONDS:-20}
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
passed=0 failed=0

count() {                                          # FILE: the last line of it ends in 'N passed, N failed'
    set -- $(tail -1 "$1" | sed -nE 's/.*[ :]([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p') 0 1
    passed=$((passed + $1)) failed=$((failed + $2))
}

fuzz() {                                           # TARGET
    name=$(basename "$1") seeds=tests/fuzz/seeds/${1##*fuzz_}
    mkdir -p "$tmp/$name"
    if "$1" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$tmp/$name." "$tmp/$name" "$seeds" >"$tmp/$name.log" 2>&1; then end="1 passed, 0 failed"
    else end="0 passed, 1 failed"; grep -aE 'ERROR|SUMMARY|fuzz_|Base64' "$tmp/$name.log" | head -8; fi
    echo "$name: $(sed -n 's/^stat::average_exec_per_sec: *//p' "$tmp/$name.log") execs/s, $end" | tee "$tmp/$name.end"
}

tests/faults/alone.py "$build" | tee "$tmp/alone"
count "$tmp/alone"

if [ -n "$NINEFOLD_HARNESS_RUN" ]; then
    NINEFOLD_BUILD=$build tests/faults/faults.py $NINEFOLD_HARNESS_RUN | tee "$tmp/harness"
    grep -q skipped "$tmp/harness" || count "$tmp/harness"
fi

if command -v clang >/dev/null && cmake --preset fuzz >"$tmp/said" 2>&1 && cmake --build build-fuzz --target fuzz >>"$tmp/said" 2>&1; then
    running=0
    for target in build-fuzz/tests/fuzz_*; do
        [ -x "$target" ] && [ -f "$target" ] || continue
        fuzz "$target" &
        running=$((running + 1))
        [ $((running % 2)) -ne 0 ] || wait
    done
    wait
    for end in "$tmp"/*.end; do count "$end"; done
elif command -v clang >/dev/null; then tail -20 "$tmp/said"; failed=$((failed + 1))
else echo "fuzz: skipped, no clang"; fi

echo "sweeps: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
