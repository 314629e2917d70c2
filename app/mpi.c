/* mpi.c - ninefold-mpi: `trend` over several machines. A front end of its own over the same workspace.
 *
 * Every rank opens the store read-only and takes a contiguous range of the series; what it would print goes into a
 * nameless file, and rank 0 writes the files one after the other. The bytes are those of one process, whatever the
 * number of ranks. --store may be given several times: the series of all these shards, one store after the other. */
#include "output/spool.h"
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <mpi.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 1 << 20, TAG = 9 };

typedef struct { nf_spool kept; bool drop_line; } spool;     /* drop_line: the header is rank 0's to write */

static int spool_write(void *self, const char *bytes, size_t n)
{
    spool *s = self;
    if (s->drop_line) {
        const char *end = memchr(bytes, '\n', n);
        if (!end) return NF_OK;
        s->drop_line = false;
        n -= (size_t)(end + 1 - bytes);
        bytes = end + 1;
    }
    nf_out out = nf_spool_out(&s->kept);
    return out.write(out.self, bytes, n);
}

/* What has no meaning when each process sees its own series only, and formats that do not join line by line. */
static int suits(nf_ctx *c, const nf_workspace *w, const nf_call *call)
{
    const nf_field *opt = call->command->row.opt;
    int adjust = nf_field_index(opt, "adjust");
    bool csv = w->format && !strcmp(w->format, "csv"), jsonl = w->format && !strcmp(w->format, "jsonl");
    if (!csv && !jsonl) return nf_fail(c, NF_EINVAL, "--format csv or jsonl, please: other formats do not join");
    if (adjust < 0 || !strcmp(call->opt[adjust].s, "none")) return NF_OK;
    nf_fail(c, NF_EINVAL, "--adjust needs every p in one process");
    return nf_hint(c, "adjust the joined output, or run ninefold trend");
}

/* ---- shards ---- */

typedef struct { const char **path; nf_store **store; nf_source *source; size_t n; } shards;

static const char *store_option(int argc, char **argv, int *i)
{
    const char *a = argv[*i];
    bool apart = !strcmp(a, "-s") || !strcmp(a, "--store");
    if (apart) return *i + 1 < argc ? argv[++*i] : NULL;
    return !strncmp(a, "--store=", 8) ? a + 8 : !strncmp(a, "-s", 2) && a[2] ? a + 2 : NULL;
}

/* Takes every --store off the command line. */
static int shards_named(nf_ctx *c, shards *s, int *argc, char **argv)
{
    int kept = 1;
    size_t room = (size_t)*argc + 1;
    *s = (shards){ .path = nf_alloc(c, room * sizeof *s->path), .store = nf_alloc(c, room * sizeof *s->store),
                   .source = nf_alloc(c, room * sizeof *s->source) };
    if (!s->path || !s->store || !s->source) return NF_ENOMEM;
    for (int i = 1; i < *argc; i++) {
        int at = i;
        const char *path = store_option(*argc, argv, &i);
        if (path) s->path[s->n++] = path;
        else argv[kept++] = argv[at];
    }
    argv[*argc = kept] = NULL;
    return NF_OK;
}

/* One is the workspace's own store. */
static int shards_open(nf_ctx *c, nf_workspace *w, shards *s)
{
    int rc = NF_OK;
    if (s->n) w->store_path = s->path[0];
    if (s->n < 2) return NF_OK;
    for (size_t i = 0; !rc && i < s->n; i++) {
        rc = nf_store_open(c, &s->store[i], s->path[i], NF_STORE_READ);
        if (rc) return nf_at(c, s->path[i], 0, 0);
        s->source[i] = nf_store_source(s->store[i]);
    }
    rc = nf_source_joined(c, &w->stored, s->source, s->n);
    w->has_stored = !rc;
    return rc;
}

static int answer(nf_ctx *c, nf_workspace *w, nf_call *call, int argc, char **argv, spool *to, int rank, int ranks,
                  shards *s)
{
    extern const nf_command nf_command_trend;
    int rc = shards_named(c, s, &argc, argv);
    if (!rc) rc = nf_call_parse(c, call, argc, argv);
    if (!rc && call->command != &nf_command_trend) rc = nf_fail(c, NF_EINVAL, "ninefold-mpi knows one command: trend");
    if (!rc) rc = nf_workspace_open(c, w, call);
    if (!rc) rc = suits(c, w, call);
    if (!rc) rc = shards_open(c, w, s);
    if (rc) return rc;
    w->share_rank = (size_t)rank;
    w->share_of = (size_t)ranks;
    to->drop_line = rank && !strcmp(w->format, "csv");
    w->out = (nf_out){ spool_write, to };
    rc = call->command->run(c, w, call->argument, call->opt);
    int kept = rc < 0 ? rc : nf_spool_again(&to->kept);
    return kept ? kept : rc;
}

/* A message shorter than a piece is a rank's last one. A failed write is remembered, and the rest still received. */
static int copy_rank(int rank, nf_out out, char *piece, int rc)
{
    for (int n = PIECE; n == PIECE;) {
        MPI_Status status;
        MPI_Recv(piece, PIECE, MPI_BYTE, rank, TAG, MPI_COMM_WORLD, &status);
        MPI_Get_count(&status, MPI_BYTE, &n);
        if (!rc && n) rc = out.write(out.self, piece, (size_t)n);
    }
    return rc;
}

static void send_own(FILE *from, char *piece)
{
    size_t n = PIECE;
    while (n == PIECE) {
        n = fread(piece, 1, PIECE, from);
        MPI_Send(piece, (int)n, MPI_BYTE, 0, TAG, MPI_COMM_WORLD);
    }
}

static int join(nf_ctx *c, spool *own, int rank, int ranks)
{
    char *piece = nf_alloc(c, PIECE);
    if (!piece) MPI_Abort(MPI_COMM_WORLD, NF_EXIT_NOMEM);
    if (rank) return send_own(own->kept.file, piece), NF_OK;
    nf_out out = nf_standard_output(c);
    int rc = nf_spool_copy(c, &own->kept, out);
    for (int r = 1; r < ranks; r++) rc = copy_rank(r, out, piece, rc);
    return nf_standard_output_end(c, rc);
}

/* The first failed rank says why; nobody writes unless all succeeded. */
static int agree(int rc, int rank, const nf_ctx *c)
{
    int mine = rc < 0 ? rank : INT32_MAX, first, worst;
    MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    MPI_Allreduce(&rc, &worst, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == rank) nf_complain(nf_last(c));
    return worst < 0 ? worst : 0;
}

int main(int argc, char **argv)
{
    int rank, ranks;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    setlocale(LC_CTYPE, "C.UTF-8");
    gsl_set_error_handler_off();
    nf_hooks hooks = rank ? (nf_hooks){ 0 } : nf_messages();
    nf_ctx *c = nf_ctx_new(&hooks);
    spool own = { 0 };
    if (!c || nf_spool_open(c, &own.kept)) MPI_Abort(MPI_COMM_WORLD, NF_EXIT_TROUBLE);
    nf_workspace w = { 0 };
    nf_call call;
    shards parts = { 0 };
    int rc = agree(answer(c, &w, &call, argc, argv, &own, rank, ranks, &parts), rank, c);
    if (!rc && (rc = join(c, &own, rank, ranks)) < 0) nf_complain(nf_last(c));
    nf_workspace_close(&w);
    for (size_t i = 0; i < parts.n; i++) nf_store_close(parts.store[i]);
    nf_spool_close(&own.kept);
    nf_ctx_free(c);
    MPI_Finalize();
    return rc == NF_ENOMEM ? NF_EXIT_NOMEM : rc < 0 ? NF_EXIT_TROUBLE : NF_EXIT_FINE;
}
