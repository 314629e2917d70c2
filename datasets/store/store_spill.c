/* store_spill.c - records written once and read back by address: in memory first, then in a nameless file. */
#define _GNU_SOURCE
#include "store_spill.h"
#include "capacity.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An address is segment * SEGMENT + position; a record never crosses segments. The first segments stay in memory;
 * of the others only the one being filled does. */
enum { SEGMENT = NF_SEGMENT, IN_MEMORY = NF_SEGMENTS_HELD };

/* What is read back from the file comes in windows: neighbours are asked for soon after each other. */
enum { WINDOW = 1 << 16, WINDOWS = 64 };
typedef struct { int64_t number; uint8_t bytes[WINDOW + NF_SPILL_PAD]; } window;

struct nf_spill {
    char *folder;
    int fd;
    size_t segments, used;                       /* segments begun; bytes used in the last one */
    uint8_t **kept; size_t room;
    uint8_t *filling;                            /* the segment being filled, once they go to the file */
    window *windows;
};

nf_spill *nf_spill_new(const char *beside)
{
    nf_spill *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    const char *temporary = secure_getenv("TMPDIR"), *slash = beside ? strrchr(beside, '/') : NULL;
    s->fd = -1;
    s->used = SEGMENT;
    if (!beside) s->folder = strdup(temporary && *temporary ? temporary : P_tmpdir);
    else s->folder = slash ? strndup(beside, (size_t)(slash - beside) + 1) : strdup("./");
    if (s->folder) return s;
    free(s);
    return NULL;
}

void nf_spill_free(nf_spill *s)
{
    if (!s) return;
    if (s->fd >= 0) close(s->fd);
    for (size_t i = 0; i < s->room; i++) free(s->kept[i]);
    free(s->kept);
    free(s->filling);
    free(s->windows);
    free(s->folder);
    free(s);
}

static int file_make(nf_spill *s)
{
    char name[4096];
    s->fd = open(s->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd >= 0) return 0;
    int len = snprintf(name, sizeof name, "%s/.ninefold-XXXXXX", s->folder);
    if (len < 0 || (size_t)len >= sizeof name) return errno = ENAMETOOLONG, -1;
    if ((s->fd = mkostemp(name, O_CLOEXEC)) < 0) return -1;
    return unlink(name);
}

static int write_all(int fd, const uint8_t *p, size_t n, off_t at)
{
    while (n) {
        ssize_t put = pwrite(fd, p, n, at);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return -1;
        p += put;
        n -= (size_t)put;
        at += put;
    }
    return 0;
}

static int read_all(int fd, uint8_t *p, size_t n, off_t at)
{
    while (n) {
        ssize_t got = pread(fd, p, n, at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return errno = got ? errno : EIO, -1;
        p += got;
        n -= (size_t)got;
        at += got;
    }
    return 0;
}

static int kept_begin(nf_spill *s)
{
    if (s->segments == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        uint8_t **kept = realloc(s->kept, room * sizeof *kept);
        if (!kept) return -1;
        memset(kept + s->room, 0, (room - s->room) * sizeof *kept);
        s->kept = kept;
        s->room = room;
    }
    return (s->kept[s->segments] = malloc(SEGMENT + NF_SPILL_PAD)) ? 0 : -1;
}

static int filed_begin(nf_spill *s)
{
    if (!s->filling && (!(s->filling = malloc(SEGMENT + NF_SPILL_PAD)) || file_make(s))) return -1;
    if (s->segments == IN_MEMORY) return 0;
    return write_all(s->fd, s->filling, SEGMENT, (off_t)(s->segments - 1 - IN_MEMORY) * SEGMENT);
}

static int segment_begin(nf_spill *s)
{
    if (s->segments < IN_MEMORY ? kept_begin(s) : filed_begin(s)) return -1;
    s->segments++;
    s->used = 0;
    return 0;
}

int64_t nf_spill_add(nf_spill *s, const void *head, size_t head_size, const void *data, size_t size)
{
    if (SEGMENT - s->used < head_size + size && segment_begin(s)) return -1;
    size_t segment = s->segments - 1;
    uint8_t *at = (segment < IN_MEMORY ? s->kept[segment] : s->filling) + s->used;
    memcpy(at, head, head_size);
    if (size) memcpy(at + head_size, data, size);
    int64_t address = (int64_t)segment * SEGMENT + (int64_t)s->used;
    s->used += head_size + size;
    return address;
}

/* Bytes of full segments, which never change again. */
static const uint8_t *window_at(nf_spill *s, int64_t number)
{
    window *w = &s->windows[number % WINDOWS];
    if (w->number == number + 1) return w->bytes;
    w->number = 0;
    if (read_all(s->fd, w->bytes, WINDOW, (off_t)number * WINDOW)) return NULL;
    w->number = number + 1;
    return w->bytes;
}

static const void *filed_at(nf_spill *s, int64_t place, size_t size, void *room)
{
    int64_t number = place / WINDOW;
    size_t at = (size_t)(place % WINDOW);
    if (!s->windows && !(s->windows = calloc(WINDOWS, sizeof *s->windows))) return NULL;
    if (at + size > WINDOW) return read_all(s->fd, room, size, (off_t)place) ? NULL : room;
    const uint8_t *bytes = window_at(s, number);
    return bytes ? bytes + at : NULL;
}

const void *nf_spill_at(nf_spill *s, int64_t address, size_t size, void *room)
{
    size_t segment = (size_t)(address / SEGMENT), at = (size_t)(address % SEGMENT);
    if (segment < IN_MEMORY) return s->kept[segment] + at;
    if (segment == s->segments - 1) return s->filling + at;
    return filed_at(s, address - (int64_t)IN_MEMORY * SEGMENT, size, room);
}
