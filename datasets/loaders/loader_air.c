/* loader_air.c - air quality by station or city, hourly or daily: a table of pollutants. */
#include "table_roles.h"

#define GAS "µg/m3", false, 0, NULL
static const nf_family_column columns[] = {
    { "PM2.5|PM25|PM2_5|pm2.5_24h|细颗粒物|细颗粒物(PM2.5)", "pm25", "air.pm25", "µg/m3", true, 0, NULL },
    { "PM10|PM10_24h|可吸入颗粒物|可吸入颗粒物(PM10)", "pm10", "air.pm10", "µg/m3", true, 0, NULL },
    { "SO2|二氧化硫", "so2", "air.so2", GAS },
    { "NO2|二氧化氮", "no2", "air.no2", GAS },
    { "NO", "no", "air.no", GAS },
    { "NOX|氮氧化物", "nox", "air.nox", GAS },
    { "O3|O3_1h|臭氧", "o3", "air.o3", GAS },
    { "O3_8h|O3_8h_max", "o3_8h", "air.o3_8h", GAS },
    { "CO|一氧化碳", "co", "air.co", "mg/m3", false, 60, "µg/m3" },     /* 300 is 0.3 mg/m3: nobody breathes 60 mg/m3 */
    { "AQI|空气质量指数", "aqi", "air.aqi", "index", true, 0, NULL },
    { "TEMP|temperature|气温", "temp", "air.temp", "°C", false, 0, NULL },
    { "PRES|pressure|气压", "pres", "air.pres", "hPa", false, 0, NULL },
    { "DEWP", "dewp", "air.dewp", "°C", false, 0, NULL },
    { "RAIN|降水", "rain", "air.rain", "mm", false, 0, NULL },
    { "WSPM|ws|wind_speed|风速", "ws", "air.wind_speed", "m/s", false, 0, NULL },
    { "wd|wind_direction|风向", "wd", "air.wind_direction", "degree", false, 0, NULL },
    { NULL, NULL, NULL, NULL, false, 0, NULL }
};
/* AQI stands only in files after HJ 633, WSPM only in the Beijing Multi-Site set: both state µg/m3 (CO: see above). */
static const nf_family air = { columns, "station|WatchPoint|site|监测点|站点|city|城市", "AQI|WSPM", 2 };

/* City, date, AQI, its range "256~379", level, PM2.5, PM10, SO2, CO, NO2, O3, rank: published without a header. */
static bool headerless(const nf_peek *p)
{
    const nf_record *r = p->data < p->n ? &p->row[p->data] : NULL;
    if (!r || p->header != p->data || r->n != 12 || p->width != 12) return false;
    if (p->facts[1].periods != p->facts[1].cells) return false;
    for (const char *s = r->cell[3]; *s; s++)
        if (*s == '~') return p->facts[5].numbers == p->facts[5].cells && p->facts[10].numbers == p->facts[10].cells;
    return false;
}

static int bid_headerless(nf_mapping *m)
{
    static const struct { const char *name, *quantity, *unit; } at[] = {
        [2] = { "aqi", "air.aqi", "index" }, [5] = { "pm25", "air.pm25", "µg/m3" },
        [6] = { "pm10", "air.pm10", "µg/m3" },
        [7] = { "so2", "air.so2", "µg/m3" }, [8] = { "co", "air.co", "mg/m3" }, [9] = { "no2", "air.no2", "µg/m3" },
        [10] = { "o3", "air.o3", "µg/m3" }
    };
    m->column[0].role = NF_ROLE_KEY;
    m->column[1].role = NF_ROLE_TIME;
    for (size_t i = 2; i < sizeof at / sizeof *at; i++)
        if (at[i].name)
            m->column[i] = (nf_map_column){ .role = NF_ROLE_VALUE, .header = "", .name = at[i].name, .unit = at[i].unit,
                                            .quantity = at[i].quantity, .title = at[i].name };
    m->words = (nf_text){ "no header: city, date, AQI, range, level, PM2.5, PM10, SO2, CO, NO2, O3, rank",
                          "无表头：城市、日期、AQI、范围、级别、PM2.5、PM10、SO2、CO、NO2、O3、排名" };
    return 92;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    return headerless(p) ? bid_headerless(m) : nf_family_bid(c, m, p, &air);
}

const nf_loader nf_loader_air = {
    .row = { .name = "air", .title = { "air quality by station or city", "分站点或城市的空气质量" },
             .use = "columns PM2.5, PM10, SO2, NO2, CO, O3, AQI and weather beside a time and a station; units after "
                    "HJ 633 "
                    "where the file shows AQI, none where nothing states them", .cite = "HJ 633-2012, HJ 663-2013" },
    .bid = bid
};
