/**
 * The commands' parts of the manual pages.
 */
#include "cli/output.h"
#include "manual/manual.h"

#include <string.h>

/** Options of all commands that print a table, described once. */
static const struct cli_option OUTPUT[] = {CLI_OUTPUT_OPTIONS};

enum { OUTPUT_COUNT = sizeof OUTPUT / sizeof OUTPUT[0] };

/** Adds text that roff takes literally: no request, escape or hyphenation point. */
static void add_roff(struct str *text, const char *words)
{
    for (const char *c = words; *c != '\0'; c++)
        if (*c == '\\')
            str_add(text, "\\e");
        else if (*c == '-')
            str_add(text, "\\-");
        else
            str_add_char(text, *c);
}

static bool is_output(const struct cli_option *option)
{
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (strcmp(OUTPUT[i].name, option->name) == 0 && strcmp(OUTPUT[i].help, option->help) == 0)
            return true;
    return false;
}

static void add_option_name(struct str *text, const struct cli_option *option)
{
    str_add(text, "\\fB\\-\\-");
    add_roff(text, option->name);
    str_add(text, "\\fR");
    if (option->value != NULL) {
        str_add(text, " \\fI");
        add_roff(text, option->value);
        str_add(text, "\\fR");
    }
}

static void add_option(struct str *text, const struct cli_option *option)
{
    str_add(text, ".TP\n");
    add_option_name(text, option);
    str_add(text, "\n");
    add_roff(text, option->help);
    str_add(text, option->required ? "（必填）\n" : "\n");
}

/** How a command is written; `output` stands for the options of all that print a table. */
static void add_synopsis(struct str *text, const struct cli_command *command, const char *output)
{
    bool prints = false;

    str_printf(text, "\\fBdoudi ");
    add_roff(text, command->name);
    str_add(text, "\\fR");
    if (command->arguments[0] != '\0') {
        str_add(text, " ");
        add_roff(text, command->arguments);
    }
    for (size_t i = 0; i < CLI_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const struct cli_option *option = &command->options[i];

        if (is_output(option)) {
            prints = true;
            continue;
        }
        str_add(text, option->required ? " " : " [");
        add_option_name(text, option);
        str_add(text, option->required ? "" : "]");
    }
    if (prints)
        str_printf(text, " [%s]", output);
    str_add(text, "\n");
}

bool manual_synopsis(struct str *text, const char *name)
{
    const struct cli_command *command = cli_command_find(name);

    if (command != NULL)
        add_synopsis(text, command, "output options");
    return command != NULL;
}

const char *manual_command_at(size_t index)
{
    const struct cli_command *command = cli_command_at(index);

    return command != NULL ? command->name : NULL;
}

void manual_commands(struct str *text)
{
    const struct cli_command *command = NULL;

    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        str_add(text, ".SS ");
        add_roff(text, command->name);
        str_add(text, "\n");
        add_synopsis(text, command, "输出选项");
        str_add(text, ".PP\n");
        add_roff(text, command->help);
        str_add(text, "。\n");
        for (size_t j = 0; j < CLI_OPTIONS_MAX && command->options[j].name != NULL; j++)
            if (!is_output(&command->options[j]))
                add_option(text, &command->options[j]);
    }
    str_add(text, ".SS 输出选项\n印表格的命令都有：\n");
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        add_option(text, &OUTPUT[i]);
}
