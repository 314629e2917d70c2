/* engine.h - all nouns of ninefold, gathered. Each header is its own manual. */
#ifndef NF_ENGINE_H
#define NF_ENGINE_H
#include "ctx.h"
#include "calendar.h"
#include "series.h"
#include "table.h"
#include "registry.h"
#include "unit.h"
#include "method.h"
#include "formula.h"
#include "plan.h"
#include "scheme.h"
#include "writer.h"
#include "real.h"
#define NF_VERSION "0.1.0"
#endif
