/* commands.c - the commands, made into a table. */
#include "app.h"

#define NF_COMMAND(id) extern const nf_command nf_command_##id;
#include "commands.def"
#undef NF_COMMAND
const nf_command *const nf_commands[] = {
#define NF_COMMAND(id) &nf_command_##id,
#include "commands.def"
#undef NF_COMMAND
    NULL
};
