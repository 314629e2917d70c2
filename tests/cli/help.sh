# What people want to do; the list; one command; the same in Chinese.
nf
nf --help
nf load --help
nf help judge --lang zh
nf --version
LC_ALL=zh_CN.UTF-8 nf >zh; head -4 zh
# Nothing is wider than a page of 80 columns.
for k in $(nf --help | sed -n 's/^  \([a-z]\{3,\}\) .*/\1/p'); do nf help "$k"; done | awk 'length > 80'
