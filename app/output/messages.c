/* messages.c - what is said on stderr: the one error line, warnings, progress. Control bytes are shown as \xNN. */
#include "app.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The host of the hooks: progress waits a second, and its line is wiped before anything else is said. */
static struct { struct timespec start; double shown; bool started, on_screen; } line;

static int to_stderr(void *self, const char *bytes, size_t n)
{
    (void)self;
    return fwrite(bytes, 1, n, stderr) == n ? 0 : NF_EIO;
}

static void wipe(void)
{
    if (line.on_screen) fputs("\r\033[K", stderr);
    line.on_screen = false;
}

static void place(char *out, size_t room, const nf_diag *d)
{
    size_t n = (size_t)snprintf(out, room, "%s%s", d->file ? d->file : "", d->file ? ":" : "");
    if (n < room && d->line > 0) n += (size_t)snprintf(out + n, room - n, "%ld:", d->line);
    if (n < room && d->line > 0 && d->col > 0) n += (size_t)snprintf(out + n, room - n, "%ld:", d->col);
    if (n && n + 1 < room) memcpy(out + n, " ", 2);
}

static void say(const nf_diag *d, const char *kind)
{
    char where[4096] = "", text[8192];
    place(where, sizeof where, d);
    snprintf(text, sizeof text, "ninefold: %s%s%s%s%s%s", where, kind, d->what ? d->what : "failed",
             d->hint ? " (" : "", d->hint ? d->hint : "", d->hint ? ")" : "");
    nf_remark(text);
}

int nf_remark(const char *text)
{
    nf_out err = { to_stderr, NULL };
    wipe();
    int rc = nf_escape(err, NF_TTY, text);
    return fputc('\n', stderr) == EOF ? NF_EIO : rc;
}

void nf_complain(const nf_diag *d) { say(d, ""); }

static void note(void *host, const nf_diag *d)
{
    (void)host;
    say(d, "warning: ");
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!line.started) line.start = now;
    line.started = true;
    return (double)(now.tv_sec - line.start.tv_sec) + 1e-9 * (double)(now.tv_nsec - line.start.tv_nsec);
}

static bool progress(void *host, const char *phase, double done, double total)
{
    (void)host;
    double now = seconds();
    if (now < 1 || now < line.shown + 0.2 || !isatty(STDERR_FILENO)) return true;
    line.shown = now;
    line.on_screen = true;
    if (total > 0) fprintf(stderr, "\r%s %.0f %%\033[K", phase, 100 * done / total);
    else fprintf(stderr, "\r%s %.0f\033[K", phase, done);
    fflush(stderr);
    return true;
}

nf_hooks nf_messages(void) { return (nf_hooks){ note, progress, NULL }; }
