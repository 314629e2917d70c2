# The invented city's plan is sound, and its data load whole.
nf sample --city Testopolis --seed 5 -o city >/dev/null; echo "exit $?"
nf plan check city/plan
nf load city/data 2>/dev/null | awk '{ print $2, $3, $7 }' FS='  +'
