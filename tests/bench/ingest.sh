#!/bin/sh
# ingest.sh BUILD - the same files into DuckDB, sqlite3 and ninefold in turn: CPU and wall ratios, memory, room taken.
#
# Long CSV: 1,600 series x 8,760 hours series after series and hour after hour, 200,000 x 48, and quoted traffic.
# NINEFOLD_INGEST_SERIES=N makes them N/1600 of that (default 1600, in CI 40). DuckDB is taken from the npm package
# @duckdb/node-api where node finds it (NODE_PATH), else left out. sqlite3 imports text as it comes; only ninefold
# parses times, keeps a history and hashes the file. CPU is that of one thread, wall that of two, ours and DuckDB's.
# Needs some 2 GB in TMPDIR at full size.
build=$1
here=$(cd "$(dirname "$0")" && pwd)
many=${NINEFOLD_INGEST_SERIES:-$([ -n "${CI:-}" ] && echo 40 || echo 1600)}
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT || exit 2
export LC_ALL=C
command -v python3 >/dev/null || { echo "ingest: skipped, no python3 to measure with"; exit 0; }
duckdb=; node -e 'require("@duckdb/node-api")' 2>/dev/null && duckdb=yes
[ "$duckdb" ] || echo "ingest: DuckDB is left out: npm install @duckdb/node-api, and NODE_PATH to its node_modules"

of_duckdb() { [ "$duckdb" ] && node "$here/ingest_duckdb.cjs" "$work/f.csv" "$work/duck$1.db" "$1" || echo - - -; }
of_sqlite() {
    command -v sqlite3 >/dev/null || { echo - - -; return; }
    python3 "$here/spent.py" sqlite3 "$work/sqlite.db" 'CREATE TABLE t(series TEXT, time TEXT, value REAL)' \
        '.mode csv' ".import --skip 1 $work/f.csv t"
}
of_ninefold() {                                    # THREADS STORE
    python3 "$here/spent.py" "$build/ninefold" load "$work/f.csv" -s "$work/$2.db" --published 2024-01-01 -j "$1" || exit 2
}

line() {                                           # NAME SERIES STEPS ORDER
    "$build/tests/ingest_bench" "$2" "$3" "$4" >"$work/f.csv"
    ours=$(of_ninefold 1 one) || exit 2
    bytes=$(wc -c <"$work/one.db")
    again=$(of_ninefold 1 one) || exit 2
    two=$(of_ninefold 2 two) || exit 2
    echo "$1 $(($2 * $3)) $bytes $ours $again $(of_duckdb 1) $(of_duckdb 2) $(of_sqlite) $two" | awk '
        function ratio(a, b) { return a + 0 > 0 && b + 0 > 0 ? sprintf("%.2f", a / b) : "-" }
        { printf "%-13s %8.2f %7.2f %7.2f %6d %7.2f %7.2f %9s %9s %9s %9s %9s %9s\n", $1, $2 / 1e6, $4, $20, $6, $3 / $2, $7,
              $10, ratio($10, $4), $14, ratio($14, $20), $16, ratio($16, $4) }'
    rm -f "$work"/*
}

printf '%-13s %8s %7s %7s %6s %7s %7s %9s %9s %9s %9s %9s %9s\n' "" "" ninefold "" "" "" "" DuckDB "" "" "" sqlite3 ""
printf '%-13s %8s %7s %7s %6s %7s %7s %9s %9s %9s %9s %9s %9s\n' file "M rows" "CPU s" "2: wall" "RSS MB" "bytes/o" "again s" \
    "CPU s" "CPU ratio" "2: wall" "wall r." "CPU s" "CPU ratio"
line series-major "$many" 8760 series
line time-major "$many" 8760 time
line short "$((many * 125))" 48 series
line quoted "$((many / 4))" 8760 quoted
