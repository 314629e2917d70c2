/* loader_traffic.c - traffic counts by counter, road or region: a table of vehicles. */
#include "table_roles.h"

#define COUNT "vehicles", true, 0, NULL
static const nf_family_column columns[] = {
    { "traffic_volume|流量|交通量|车流量", "volume", "traffic.volume", COUNT },
    { "mean_daily_vehicles|aadt", "volume_daily", "traffic.volume_daily", COUNT },
    { "complete_days", "complete_days", "traffic.days", "days", true, 0, NULL },
    { "all_motor_vehicles", "all_motor_vehicles", "traffic.vehicle_miles", "1", true, 0, NULL },
    { "pedal_cycles", "pedal_cycles", "traffic.cycles", "1", true, 0, NULL },
    { "two_wheeled_motor_vehicles", "two_wheelers", "traffic.vehicles", "1", true, 0, NULL },
    { "cars_and_taxis", "cars", "traffic.vehicles", "1", true, 0, NULL },
    { "buses_and_coaches", "buses", "traffic.vehicles", "1", true, 0, NULL },
    { "lgvs", "vans", "traffic.vehicles", "1", true, 0, NULL },
    { "all_hgvs", "trucks", "traffic.vehicles", "1", true, 0, NULL },
    { "total_link_length_km", "length", "traffic.length", "km", true, 0, NULL },
    { "车速|平均速度", "speed", "traffic.speed", "km/h", false, 0, NULL },
    { NULL, NULL, NULL, NULL, false, 0, NULL }
};
static const nf_family traffic = { columns, "counter|station|site|sensor|detector|region_name|断面|路段", NULL, 1 };

/* The regions' table has a second key: the class of the road. */
static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int rc = nf_family_bid(c, m, p, &traffic), road = nf_peek_column(p, "road_category_name|road_category_id");
    if (rc > 0 && road >= 0 && m->column[road].role == NF_ROLE_IGNORE) m->column[road].role = NF_ROLE_KEY;
    return rc;
}

const nf_loader nf_loader_traffic = {
    .row = { .name = "traffic", .title = { "traffic counts by counter or region", "分断面或地区的交通量" },
             .use = "columns traffic_volume, mean_daily_vehicles, all_motor_vehicles and the like beside a time; "
                    "weather beside them is "
                    "left out: --value names it" },
    .bid = bid
};
