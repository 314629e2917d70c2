#!/bin/sh
# sweeps.sh BUILD [PART...] - bounded sweeps, and at the end one table: what was held and broken in how many seconds.
#
#   faults   faults put in the program's way, hostile files, bounds of time and memory (tests/faults/alone.py)
#   fuzz     every fuzz target, two at a time, for $NINEFOLD_FUZZ_SECONDS (60) each, by the draws of $NINEFOLD_FUZZ_SEED
#            (1: the gate answers the same for the same tree; 0: other draws every time)
#   afl      the same under AFL++ for $NINEFOLD_AFL_SECONDS (10) each, where it is installed
#   harness  the larger harness, where it stands beside the repository and $NINEFOLD_HARNESS_RUN names its tests
#
# Without PART all of them. Exit 1 when anything was broken.
build=$(cd "${1:-build}" && pwd) || exit 2
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 2
[ $# -lt 1 ] || shift
parts=${*:-faults fuzz afl harness}
seconds=${NINEFOLD_FUZZ_SECONDS:-60}
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
touch "$tmp/lines"

row() { echo "$1: $2 held, $3 broken, $4 s${5:+; $5}" | tee -a "$tmp/lines"; }      # NAME HELD BROKEN SECONDS [NOTE]

faults() {
    tests/faults/alone.py "$build" >"$tmp/alone" 2>&1; end=$?
    cat "$tmp/alone"
    grep -E '^[a-z]+: [0-9]+ held' "$tmp/alone" >>"$tmp/lines"
    grep -q '^alone:' "$tmp/alone" || row faults 0 1 0 "ended early, exit $end"
}

target() {                                         # build-fuzz/tests/fuzz_NAME
    name=${1##*fuzz_} seeds=tests/fuzz/seeds/${1##*fuzz_}
    [ -d "$seeds" ] || seeds=tests/fuzz/seeds/load
    mkdir -p "$tmp/$name"
    "$1" -seed="${NINEFOLD_FUZZ_SEED:-1}" -max_total_time="$seconds" -max_len=1024 -entropic=0 -timeout=10 \
        -rss_limit_mb=2048 -malloc_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$tmp/$name." \
        "$tmp/$name" "$seeds" >"$tmp/$name.log" 2>&1      # 2 GiB with the sanitizers' own memory
    end=$?
    rate="$(sed -n 's/^stat::average_exec_per_sec: *//p' "$tmp/$name.log") execs/s"
    [ $end -eq 0 ] && row "fuzz $name" 1 0 "$seconds" "$rate" && return
    row "fuzz $name" 0 1 "$seconds" "$rate"
    grep -aE 'ERROR|SUMMARY|fuzz_|runtime error' "$tmp/$name.log" | head -8
    for input in "$tmp/$name".*-*; do [ ! -f "$input" ] || base64 -w 0 "$input"; echo; done
}

fuzz() {
    command -v clang >/dev/null || { echo "fuzz: skipped, no clang"; return; }
    cmake --preset fuzz >"$tmp/said" 2>&1 && cmake --build build-fuzz --target fuzz >>"$tmp/said" 2>&1 || {
        tail -20 "$tmp/said"; row "fuzz" 0 1 0 "does not build"; return; }
    running=0
    for one in build-fuzz/tests/fuzz_*; do
        [ -x "$one" ] && [ -f "$one" ] || continue
        target "$one" &
        running=$((running + 1))
        [ $((running % 2)) -ne 0 ] || wait
    done
    wait
}

afl() {
    tests/fuzz/afl.sh "${NINEFOLD_AFL_SECONDS:-10}" >"$tmp/afl" 2>&1
    cat "$tmp/afl"
    grep -E '^afl [a-z]+: [0-9]+ held' "$tmp/afl" >>"$tmp/lines"
}

harness() {
    [ -n "$NINEFOLD_HARNESS_RUN" ] || return 0
    # shellcheck disable=SC2086
    NINEFOLD_BUILD=$build tests/faults/faults.py $NINEFOLD_HARNESS_RUN >"$tmp/harness" 2>&1
    cat "$tmp/harness"
    sed -nE 's/^ +([a-z0-9]+): ([0-9]+) checks, ([0-9]+) failed, ([0-9]+).*/\1 \2 \3 \4/p' "$tmp/harness" |
        while read -r name checks broken took; do row "harness $name" $((checks - broken)) "$broken" "$took"; done
}

for part in $parts; do
    case $part in faults|fuzz|afl|harness) $part ;; *) echo "sweeps: no part '$part'"; exit 2 ;; esac
done

printf '\n%-20s %8s %8s %8s  %s\n' sweep held broken seconds note
sed -E 's/^([^:]+): ([0-9]+) held, ([0-9]+) broken, ([0-9]+) s(; )?/\1\t\2\t\3\t\4\t/' "$tmp/lines" |
    awk -F'\t' '{ printf "%-20s %8d %8d %8d  %s\n", $1, $2, $3, $4, $5; held += $2; broken += $3; s += $4 }
                END { printf "%-20s %8d %8d %8d\n", "all", held, broken, s; exit broken > 0 }'
