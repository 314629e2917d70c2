/* capacity.h - private to datasets/: how much is taken, and held, at once.
 *
 * Fuzz targets are built with small ones, so that inputs of 1 KiB cross every edge and an empty buffer costs
 * nothing. */
#ifndef NF_CAPACITY_H
#define NF_CAPACITY_H

#ifdef NF_SMALL_LIMITS
enum { NF_MAX_FIELD = 1 << 10, NF_MAX_RECORD = 1 << 11, NF_MAX_COLUMNS = 64,
       NF_TEXT_BLOCK = 1 << 9, NF_PACK_RECORDS = 1 << 4,
       NF_SEGMENT = 1 << 16, NF_SEGMENTS_HELD = 1, NF_SLABS = 1 << 13, NF_SLABS_HELD = 1 << 14,
       NF_ATTRIBUTES = 1 << 3, NF_TIMES_KEPT = 1 << 4, NF_KEY_SLOTS = 1 << 5,
       NF_CHUNK = 1 << 7, NF_IN_ROW = 1 << 5 };
#else
enum { NF_MAX_FIELD = 1 << 20, NF_MAX_RECORD = 16 << 20, NF_MAX_COLUMNS = 4096,      /* what a table may have */
       NF_TEXT_BLOCK = 1 << 18, NF_PACK_RECORDS = 1 << 11,   /* text read, and records passed on, at once */
       NF_SEGMENT = 1 << 20, NF_SEGMENTS_HELD = 48,          /* of what a load spills, before it goes to a file */
       NF_SLABS = 1 << 20, NF_SLABS_HELD = 96 << 20,         /* figures not yet encoded */
       NF_ATTRIBUTES = 1 << 16,                              /* what figures of a load have in common */
       NF_TIMES_KEPT = 1 << 18, NF_KEY_SLOTS = 1 << 18,      /* what may come again in a file: times; keys by columns */
       NF_CHUNK = 1 << 10,                                   /* figures in a full chunk */
       NF_IN_ROW = 1 << 8 };                                 /* up to so many of a series stand in its own row */
#endif
#endif
