/* scratch.h - files of a test's own, gone when it ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A fresh name in a folder of this test program's own. */
static char *scratch_path(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "/tmp/ninefold-test-%d", (int)getpid());
    mkdir(path, 0700);
    size_t len = strlen(path);
    snprintf(path + len, sizeof path - len, "/%s", name);
    unlink(path);
    return path;
}

__attribute__((destructor)) static void scratch_sweep(void)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf /tmp/ninefold-test-%d", (int)getpid());
    if (system(command)) { }
}
