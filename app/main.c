/* main.c - reads the command line, runs the command, says what went wrong, and ends with the right status. */
#include "app.h"
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* A closed descriptor would be given to the next file that is opened: a store must never become stdout. What is
 * put there can only be read, so that writing to a closed stdout fails and is noticed. */
static void guard_descriptors(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", fd ? O_RDONLY : O_WRONLY);
}

static int run(nf_ctx *c, nf_workspace *w, const nf_call *call)
{
    int rc = nf_workspace_open(c, w, call);
    if (rc) return rc;
    if (call->version) return nf_put(w->out, "ninefold " NF_VERSION "\n");
    if (call->help && call->command) return nf_help_command(c, w->out, call->command, w->lang);
    if (call->help) return nf_help_all(c, w->out, w->lang);
    if (!call->command) return nf_help_welcome(c, w->out, w->lang);
    return call->command->run(c, w, call->argument, call->opt);
}

static int status_of(int rc)
{
    return rc >= 0 ? rc : rc == NF_ENOMEM ? NF_EXIT_NOMEM : NF_EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    guard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_CTYPE, "C.UTF-8");              /* file names for libraries; numbers never depend on a locale */
    gsl_set_error_handler_off();
    nf_hooks hooks = nf_messages();
    nf_ctx *c = nf_ctx_new(&hooks);
    if (!c) {
        nf_complain(&(nf_diag){ .what = "out of memory" });
        return NF_EXIT_NOMEM;
    }
    nf_workspace w = { 0 };
    nf_call call;
    int rc = nf_call_parse(c, &call, argc, argv);
    if (!rc) rc = run(c, &w, &call);
    rc = nf_standard_output_end(c, rc);
    if (rc < 0) nf_complain(nf_last(c));
    nf_workspace_close(&w);
    nf_ctx_free(c);
    return status_of(rc);
}
