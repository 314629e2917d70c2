#!/bin/sh
# hardening.sh BUILD - what a reader of hostile files is built with: PIE, RELRO, BIND_NOW, no executable stack, canaries,
# fortified calls.
build=$1
grep -q -E 'NINEFOLD_SANITIZE:[A-Z]+=(ON|thread)' "$build/CMakeCache.txt" && { echo "hardening: skipped, a sanitized build is for the tests"; exit 77; }
grep -q 'CMAKE_BUILD_TYPE:.*=Debug' "$build/CMakeCache.txt" && { echo "hardening: skipped, a debug build is not fortified"; exit 77; }
faults=0
has() {                                            # FILE READELF-OPTION PATTERN WORDS
    readelf -W "$2" "$1" | grep -qE "$3" || { echo "hardening: $1: $4"; faults=1; }
}
for file in "$build/ninefold" "$build/libninefold.so"; do
    has "$file" -h 'Type: *DYN' "not position-independent"
    has "$file" -l 'GNU_RELRO' "no RELRO"
    has "$file" -d 'BIND_NOW|Flags:.*NOW' "bound lazily"
    has "$file" -l 'GNU_STACK.* RW ' "an executable stack"
    has "$file" --dyn-syms '__stack_chk_fail' "no stack canary"
    has "$file" --dyn-syms '__[a-z]+_chk' "nothing fortified"
    ! readelf -W -d "$file" | grep -qE 'TEXTREL|RPATH|RUNPATH' || { echo "hardening: $file: text relocations or a run path"; faults=1; }
done
has "$build/ninefold" -d 'Flags:.*PIE' "no PIE"
[ "$faults" -eq 0 ] && echo "hardening: PIE, RELRO, BIND_NOW, NX, canary, FORTIFY"
