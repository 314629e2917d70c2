#!/bin/sh
# install.sh BUILD - an installation elsewhere works: the program with its data, and a small program against the library,
# found by pkg-config and by the CMake package.
build=$1
root=$(cd "$(dirname "$0")/.." && pwd)
grep -q -E 'NINEFOLD_SANITIZE:[A-Z]+=(ON|thread)' "$build/CMakeCache.txt" && { echo "install: skipped, a sanitized library is for the tests"; exit 77; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
prefix=$tmp/prefix
cmake --install "$build" --prefix "$prefix" >"$tmp/said" 2>&1 || { cat "$tmp/said"; exit 1; }
mkdir "$tmp/user" && cd "$tmp/user" || exit 2
unset NINEFOLD_DATA NINEFOLD_STORE

must() { "$@" >"$tmp/said" 2>&1 || { cat "$tmp/said"; echo "install: failed: $*"; exit 1; }; }
must "$prefix/bin/ninefold" --version
must "$prefix/bin/ninefold" plan check shijiazhuang
for file in man/man1/ninefold.1 bash-completion/completions/ninefold zsh/site-functions/_ninefold \
            fish/vendor_completions.d/ninefold.fish ninefold/indicators/plans/shijiazhuang/targets.csv; do
    [ -s "$prefix/share/$file" ] || { echo "install: share/$file is missing"; exit 1; }
done

cat >use.c <<'C'
#include <engine.h>
#include <stdio.h>
int main(void)
{
    double y[] = { 1, 3, 4, 8, 9 };
    nf_series s = { .t = { .start = { 2020, NF_YEAR, 1 }, .step = 1, .n = 5 }, .y = y };
    nf_setting set = nf_setting_default();
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    const nf_method *sen = nf_row_find(NF_TABLE(nf_methods), "sen", &(const char *){ NULL });
    if (!sen || nf_fit(c, &r, sen, &s, 1, NULL, &set)) return 1;
    printf("%g\n", nf_result_f64(&r, "slope"));
    nf_ctx_free(c);
}
C
cat >CMakeLists.txt <<'C'
cmake_minimum_required(VERSION 3.25)
project(use C)
find_package(ninefold 0.1 REQUIRED)
add_executable(use use.c)
target_link_libraries(use ninefold::ninefold)
C
libdir=$(dirname "$(find "$prefix" -name libninefold.so)")
PKG_CONFIG_PATH=$libdir/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
must cc -o by_pkg_config use.c $(pkg-config --cflags --libs ninefold)
must cmake -S . -B made -G Ninja -DCMAKE_PREFIX_PATH="$prefix"
must cmake --build made
for program in ./by_pkg_config made/use; do
    slope=$(LD_LIBRARY_PATH=$libdir $program)
    [ "$slope" = 2 ] || { echo "install: $program says '$slope'"; exit 1; }
done
must "$prefix/bin/ninefold" -s x.db load "$root/datasets/samples/shijiazhuang_published.csv"
if command -v sqlite3 >/dev/null; then
    rows=$(sqlite3 x.db -cmd ".load $libdir/ninefold/ninefold" "SELECT count(*) > 0 FROM nf_obs WHERE series = 'shijiazhuang.gdp'")
    [ "$rows" = 1 ] || { echo "install: the extension finds no figures"; exit 1; }
fi
echo "install: program, library, pkg-config, CMake package, extension"
