/* plausible.c - what a quantity can be: bounds outside which a loader warns, never changes. */
#include "mapping.h"
#include <math.h>
#include <string.h>

/* By quantity, else by unit. Bounds are of the unit given: generous, for hours of single stations. */
static const struct { const char *quantity, *unit; double lo, hi; } bounds[] = {
    { "air.pm25", "µg/m3", 0, 2000 }, { "air.pm10", "µg/m3", 0, 10000 }, { "air.so2", "µg/m3", 0, 5000 },
    { "air.no2", "µg/m3", 0, 2000 }, { "air.no", "µg/m3", 0, 3000 }, { "air.nox", "µg/m3", 0, 5000 },
    { "air.o3", "µg/m3", 0, 1500 }, { "air.o3_8h", "µg/m3", 0, 1500 }, { "air.co", "mg/m3", 0, 100 },
    { "air.co", "µg/m3", 0, 100000 }, { "air.aqi", "index", 0, 500 }, { "air.temp", "°C", -60, 60 },
    { "air.pres", "hPa", 500, 1100 }, { "air.rain", "mm", 0, 400 }, { "air.wind_speed", "m/s", 0, 120 },
    { "weather.temp", "K", 180, 340 }, { "weather.rain", "mm", 0, 400 },
    { "traffic.volume", "vehicles", 0, 100000 }, { "traffic.speed", "km/h", 0, 250 },
    { NULL, "K", 180, 340 }, { NULL, "vehicles", 0, INFINITY }, { NULL, "辆", 0, INFINITY }, { NULL, "人", 0, INFINITY },
    { NULL, "万人", 0, INFINITY }, { NULL, "万人次", 0, INFINITY }
};

void nf_map_plausible(nf_mapping *m)
{
    for (size_t i = 0; i < m->n; i++) {
        nf_map_column *k = &m->column[i];
        const char *unit = k->unit ? k->unit : m->unit;
        if (k->role != NF_ROLE_VALUE || k->bounded || !unit || nf_mapping_column(m, NF_ROLE_UNIT)) continue;
        for (size_t b = 0; b < sizeof bounds / sizeof *bounds && !k->bounded; b++) {
            if (bounds[b].quantity ? !k->quantity || strcmp(k->quantity, bounds[b].quantity) : k->quantity != NULL)
                continue;
            if (strcmp(unit, bounds[b].unit)) continue;
            k->lo = bounds[b].lo;
            k->hi = bounds[b].hi;
            k->bounded = true;
        }
    }
}
