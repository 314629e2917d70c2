# Hostile names on a terminal and on stderr: control bytes are shown, never sent.
script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal here"
printf 'series,time,value\n"\033]52;c;ZXZpbA==\007\033[2J",2015,1\n"\033]52;c;ZXZpbA==\007\033[2J",2016,2\n' >h.csv
nf trend h.csv --format csv --method sen >out.csv 2>&1; echo "exit $?"
nf load "$(printf 'no\033[31mfile.csv')" ; echo "exit $?"
nf list "$(printf 'a\nb\tc')" ; echo "exit $?"
script -qec "$bin trend h.csv --method sen" /dev/null </dev/null | tr -d '\r' | tee tty.txt >/dev/null
LC_ALL=C tr -d '\n -~\200-\377' <tty.txt | wc -c
