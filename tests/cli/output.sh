# A full disk and a closed stdout are errors, never silence.
nf list methods --format csv >/dev/full; echo "exit $?"
nf --help >/dev/full; echo "exit $?"
nf completion bash >&-; echo "exit $?"
nf man >&-; echo "exit $?"
{ sleep .3; nf man; echo "exit $?" >status; } 2>said | true; cat said status
