/**
 * The part of the shell's completion that comes from the commands' table.
 */
#include "cli/cli.h"
#include "manual/manual.h"

#include <stdio.h>
#include <string.h>

/** What is offered for what a usage calls FILE or M; "" for what only the officer knows. */
static const struct {
    const char *word, *offer;
} OFFERS[] = {
    {"A", ""},         {"BATCH", ""},      {"BUNDLE…", "@files"},
    {"C", ""},         {"CASE", ""},       {"CODE", ""},
    {"CSV", "@files"}, {"D", "@days"},     {"DATE", "@days"},
    {"DIR", "@dirs"},  {"FILE", "@files"}, {"IDNO", ""},
    {"K", "@kinds"},   {"KIND", "@kinds"}, {"L", ""},
    {"M", "@months"},  {"N", ""},          {"NAME", ""},
    {"NO", ""},        {"NEW", "@dirs"},   {"PATH", "@files"},
    {"PHONE", ""},     {"R", ""},          {"S", ""},
    {"T", ""},         {"V", ""},          {"TIME", ""},
    {"URL", ""},       {"列名", ""},       {"列名=项目", ""},
    {"工号", ""},      {"F", ""},          {"B", ""},
};

/** A word that must be typed as it stands. */
static bool is_literal(const char *word)
{
    return strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < strlen(word);
}

/** Adds what is offered for one word of a usage. False if the word is not known. */
static bool add_offer(struct str *text, const char *word)
{
    const char *offer = is_literal(word) ? word : NULL;

    for (size_t i = 0; i < sizeof OFFERS / sizeof OFFERS[0]; i++)
        if (strcmp(OFFERS[i].word, word) == 0)
            offer = OFFERS[i].offer;
    if (offer == NULL || strchr(offer, '\'') != NULL) {
        fprintf(stderr, "manual: no row in OFFERS (src/manual/completion.c) for %s\n", word);
        return false;
    }
    str_add(text, offer);
    return true;
}

/** Adds the alternatives of "csv|text" or "[CODE|FILE]", with | between them. */
static bool add_offers(struct str *text, const char *usage, size_t length)
{
    bool known = true;

    for (const char *at = usage; at < usage + length;) {
        char word[64];
        size_t size = strcspn(at, "|[]");

        if (size > (size_t)(usage + length - at))
            size = (size_t)(usage + length - at);
        snprintf(word, sizeof word, "%.*s", (int)size, at);
        if (size > 0)
            known &= add_offer(text, word);
        at += size;
        if (at < usage + length && *at++ == '|')
            str_add(text, "|");
    }
    return known;
}

static bool add_arguments(struct str *text, const struct cli_command *command)
{
    bool known = true;

    str_add(text, "        arguments=(");
    for (const char *at = command->arguments; *at != '\0';) {
        size_t size = strcspn(at, " ");

        str_add(text, at == command->arguments ? "'" : " '");
        known &= add_offers(text, at, size);
        str_add(text, "'");
        at += size;
        at += strspn(at, " ");
    }
    str_add(text, ")\n");
    return known;
}

static bool add_options(struct str *text, const struct cli_command *command)
{
    bool known = true;

    str_add(text, "        options=(--help");
    for (size_t i = 0; i < CLI_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const struct cli_option *option = &command->options[i];

        if (strcmp(option->name, "output") == 0) /* main() takes -o for it */
            str_add(text, " '-o=@files'");
        str_printf(text, " '--%s", option->name);
        if (option->value != NULL) {
            str_add(text, "=");
            known &= add_offers(text, option->value, strlen(option->value));
        }
        str_add(text, "'");
    }
    str_add(text, ")\n");
    return known;
}

bool manual_completion(struct str *text)
{
    const struct cli_command *command = NULL;
    bool known = true;

    str_add(text, "_doudi_command() {\n    case $1 in\n");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        str_printf(text, "    %s)\n", command->name);
        known &= add_arguments(text, command);
        known &= add_options(text, command);
        str_add(text, "        ;;\n");
    }
    str_add(text, "    esac\n}\n_doudi_commands='");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++)
        str_printf(text, "%s%s", i == 0 ? "" : " ", command->name);
    str_add(text, "'\n");
    return known;
}
