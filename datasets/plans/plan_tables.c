/* plan_tables.c - the columns of the plan's tables: what `plan load` reads, as data. */
#include "plan_tables.h"

#define TEXT(type, name, field)   { name, NF_CELL_TEXT, offsetof(type, field), false }
#define CODE(type, name, field)   { name, NF_CELL_TEXT, offsetof(type, field), true }
#define PROSE(type, name, field)  { name, NF_CELL_PROSE, offsetof(type, field), false }
#define NUMBER(type, name, field) { name, NF_CELL_NUMBER, offsetof(type, field), false }
#define PERIOD(type, name, field) { name, NF_CELL_PERIOD, offsetof(type, field), false }
#define FLAG(type, name, field)   { name, NF_CELL_FLAG, offsetof(type, field), false }
#define END { NULL, NF_CELL_TEXT, 0, false }

static const nf_plan_column programme[] = {
    CODE(nf_plan, "code", code), PROSE(nf_plan, "title", title), TEXT(nf_plan, "place", place),
    PROSE(nf_plan, "place", place_title), PERIOD(nf_plan, "start", start), PERIOD(nf_plan, "finish", finish),
    TEXT(nf_plan, "source", source), PROSE(nf_plan, "note", note), FLAG(nf_plan, "synthetic", synthetic), END
};

static const nf_plan_column groups[] = {         /* improvements and projects */
    CODE(nf_group, "code", code), PROSE(nf_group, "title", title),
    { "ord", NF_CELL_COUNT, offsetof(nf_group, ord), false }, TEXT(nf_group, "project", project),
    TEXT(nf_group, "improvement", improvement), PROSE(nf_group, "note", note), END
};

static const nf_plan_column indicators[] = {
    CODE(nf_indicator, "code", code), PROSE(nf_indicator, "title", title),
    TEXT(nf_indicator, "improvement", improvement), TEXT(nf_indicator, "unit", unit),
    { "scale", NF_CELL_SCALE, offsetof(nf_indicator, scale), false }, TEXT(nf_indicator, "expression", expression),
    PROSE(nf_indicator, "owner", owner), TEXT(nf_indicator, "quantity", quantity), TEXT(nf_indicator, "place", place),
    PROSE(nf_indicator, "note", note), END
};

static const nf_plan_column targets[] = {
    CODE(nf_target, "target", code), CODE(nf_target, "indicator", indicator),
    TEXT(nf_target, "improvement", improvement), { "kind", NF_CELL_KIND, offsetof(nf_target, kind), false },
    { "direction", NF_CELL_SENSE, offsetof(nf_target, sense), false }, PERIOD(nf_target, "baseline_period", base),
    NUMBER(nf_target, "baseline", base_value), NUMBER(nf_target, "value", value), NUMBER(nf_target, "lo", lo),
    NUMBER(nf_target, "hi", hi), PERIOD(nf_target, "period_from", due_from), PERIOD(nf_target, "period", due),
    TEXT(nf_target, "unit", unit), NUMBER(nf_target, "tolerance", tolerance), FLAG(nf_target, "binding", binding),
    NUMBER(nf_target, "weight", weight), { "path", NF_CELL_PATH, offsetof(nf_target, path), false },
    { "published", NF_CELL_KNOWN, offsetof(nf_target, known), false }, TEXT(nf_target, "publisher", publisher),
    TEXT(nf_target, "document", document), FLAG(nf_target, "official", official), PROSE(nf_target, "note", note),
    NUMBER(nf_target, "limit", limit), PROSE(nf_target, "title", title), END
};

static const nf_plan_column flat_targets[] = {
    CODE(nf_target, "indicator", indicator), CODE(nf_target, "series", series), PROSE(nf_target, "title", title),
    { "direction", NF_CELL_SENSE, offsetof(nf_target, sense), false },
    { "kind", NF_CELL_KIND, offsetof(nf_target, kind), false }, PERIOD(nf_target, "baseline_period", base),
    NUMBER(nf_target, "baseline", base_value), PERIOD(nf_target, "target_period", due),
    NUMBER(nf_target, "target", value), NUMBER(nf_target, "lo", lo), NUMBER(nf_target, "hi", hi),
    TEXT(nf_target, "unit", unit), { "scale", NF_CELL_SCALE, offsetof(nf_target, scale), false },
    NUMBER(nf_target, "tolerance", tolerance), NUMBER(nf_target, "limit", limit), END
};

static const nf_plan_column tasks[] = {
    CODE(nf_task, "code", code), PROSE(nf_task, "title", title), TEXT(nf_task, "project", project),
    TEXT(nf_task, "improvement", improvement), PROSE(nf_task, "owner", owner), PROSE(nf_task, "support", support),
    PERIOD(nf_task, "start", start), PERIOD(nf_task, "due", due), TEXT(nf_task, "after", after),
    TEXT(nf_task, "counts_for", counts_for), TEXT(nf_task, "signed_by", signed_by), END
};

static const nf_plan_column milestones[] = {
    CODE(nf_milestone, "task", task), PROSE(nf_milestone, "title", title), PERIOD(nf_milestone, "due", due),
    PERIOD(nf_milestone, "done", done), END
};

static const nf_plan_column ledger[] = {
    CODE(nf_entry, "task", task), { "at", NF_CELL_KNOWN, offsetof(nf_entry, at), true },
    TEXT(nf_entry, "author", author), CODE(nf_entry, "field", field), TEXT(nf_entry, "value", value),
    TEXT(nf_entry, "note", note), TEXT(nf_entry, "evidence", evidence), END
};

#define LIST(type, list) sizeof(type), offsetof(nf_plan, list), offsetof(nf_plan, n_##list)
const nf_plan_table nf_plan_tables[] = {
    { "programme", programme, 0, 0, 0 },
    { "improvements", groups, LIST(nf_group, improvement) },
    { "projects", groups, LIST(nf_group, project) },
    { "indicators", indicators, LIST(nf_indicator, indicator) },
    { "targets", targets, LIST(nf_target, target) },
    { "tasks", tasks, LIST(nf_task, task) },
    { "milestones", milestones, LIST(nf_milestone, milestone) },
    { "ledger", ledger, LIST(nf_entry, entry) },
    { NULL, NULL, 0, 0, 0 }
};
const nf_plan_table nf_targets_table = { "targets", flat_targets, LIST(nf_target, target) };
