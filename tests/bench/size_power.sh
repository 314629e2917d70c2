#!/bin/sh
# size_power.sh BUILD [SIMULATIONS] - do the corrections for autocorrelation hold the 5 % they claim, and what do they find?
exec "$1/tests/size_power_bench" "${2:-1000}"
