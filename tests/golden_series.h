/* golden_series.h - the values of a series of tests/golden/trend_series.csv. */
static size_t read_series(double *y, const char *name)
{
    char line[256], *cell;
    size_t n = 0, len = strlen(name);
    FILE *f = fopen(NF_SOURCE "/tests/golden/trend_series.csv", "r");
    ok(f);
    while (fgets(line, sizeof line, f))
        if (!strncmp(line, name, len) && line[len] == ',' && (cell = strrchr(line, ',')))
            y[n++] = strtod(cell + 1, NULL);
    fclose(f);
    return n;
}
