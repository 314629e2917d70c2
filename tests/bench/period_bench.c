/* period_bench.c - nanoseconds a period takes to be read, printed and placed, one core. */
#include "calendar.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PERIODS = 4096, ROUNDS = 1000 };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double each(double since) { return (cpu() - since) * 1e9 / PERIODS / ROUNDS; }

static void time_form(const char *name, nf_freq freq, const char *tail)
{
    static char text[PERIODS][48];
    static size_t len[PERIODS];
    static nf_period period[PERIODS];
    volatile double sink = 0;
    nf_period p = { 0 };
    char out[48];
    size_t bytes = 0;
    for (int i = 0; i < PERIODS; i++) {
        nf_period minute = { (10000 + 3 * (int64_t)i) * 1440 + i % 1440, NF_MINUTE, 1 };
        period[i] = nf_period_convert(minute, freq);
        nf_period_text(text[i], period[i]);
        len[i] = strlen(strcat(text[i], tail));
    }
    double t = cpu();
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < PERIODS; i++) bytes += nf_period_scan(&p, text[i], len[i], NF_ORDER_YMD);
    double scan = each(t);
    if (bytes != (size_t)PERIODS * ROUNDS) printf("%s: not read\n", name);
    t = cpu();
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < PERIODS; i++) bytes += nf_period_text(out, period[i]);
    double print = each(t);
    t = cpu();
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < PERIODS; i++) sink = sink + nf_years_between(period[0], period[i]);
    printf("%-18s %6.1f ns read  %6.1f ns printed  %6.1f ns placed on the year axis\n", name, scan, print, each(t));
}

int main(void)
{
    time_form("2024", NF_YEAR, "");
    time_form("2024-03", NF_MONTH, "");
    time_form("2024-Q1", NF_QUARTER, "");
    time_form("2024-W05", NF_WEEK, "");
    time_form("2024-03-01", NF_DAY, "");
    time_form("2024-03-01T13", NF_HOUR, "");
    time_form("2024-03-01T13:05", NF_MINUTE, "");
    time_form("...T13:05:00", NF_MINUTE, ":00");
    time_form("...T13:05Z", NF_MINUTE, "Z");
}
