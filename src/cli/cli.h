/**
 * Commands: one table, and a file for each command or family.
 *
 * A command's row names its options and arguments; parsing, usage, --help, the manual and the
 * shell's completion come from that table. `run` gets the parsed line and, if the command wants
 * one, a connection, and returns a result; only main() turns that into an exit status.
 *
 * Messages go to stderr in Chinese, data to stdout or `-o FILE`.
 */
#ifndef DOUDI_CLI_CLI_H
#define DOUDI_CLI_CLI_H

#include "base/result.h"
#include "base/sheet.h"
#include "wire/client.h"
#include "wire/convert.h"

#include <stdbool.h>
#include <stddef.h>

enum { CLI_OPTIONS_MAX = 20, CLI_GIVEN_MAX = 64, CLI_ARGUMENTS_MAX = 100000 };

struct cli_option {
    const char *name;  /**< long option without dashes */
    const char *value; /**< its argument ("MONTH"), NULL for a switch */
    const char *help;  /**< Chinese */
    bool required;
};

/** The connection that a command needs. */
enum cli_connect {
    CLI_ALONE,  /**< not at all */
    CLI_SERVER, /**< as --as, or as the system */
    CLI_CREATE, /**< the same, with a server for a home that does not exist yet */
    /** CLI_SERVER; for monitoring only a server that runs, without an account. Then the client is
     *  NULL if there is none. */
    CLI_WATCH
};

struct cli;

struct cli_command {
    const char *name;
    const char *arguments; /**< "KIND FILE", "" for none */
    size_t argument_min, argument_max;
    bool signed_numbers; /**< the last argument may be "-3" */
    const char *help;    /**< Chinese, one line */
    enum cli_connect connect;
    enum result (*run)(struct cli *cli);
    struct cli_option options[CLI_OPTIONS_MAX]; /**< ends with a NULL name */
};

struct cli {
    bool linear; /**< the full screen is for a screen reader */
    const char *home;
    const char *as;
    const char *files; /**< where officers' folders are, for a restricted start; else NULL */
    const struct cli_command *command;
    bool helped;                         /**< only its usage was asked for */
    const char *values[CLI_OPTIONS_MAX]; /**< of the options, by their index; NULL = not given */
    size_t given_count;
    struct cli_given {
        const char *name, *value;
    } given[CLI_GIVEN_MAX]; /**< every option of the line, in its order */
    size_t argument_count;
    char **arguments;
    struct client *client;
};

/** Commands in the order of the manual; NULL behind the last. */
const struct cli_command *cli_command_at(size_t index);
const struct cli_command *cli_command_find(const char *name);

/** An option's value, NULL when it was not given ("" for a switch that was). */
const char *cli_option(const struct cli *cli, const char *name);
/** The same with "" for not given, for messages. Not const, because messages take `char *`. */
char *cli_text(const struct cli *cli, const char *name);

/** The nth value of an option that may be given several times; NULL behind the last. */
const char *cli_option_nth(const struct cli *cli, const char *name, size_t nth);

/** Prints to stderr, as plain text (base/plain.h). */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** The same for each line of a text. */
void cli_say_lines(const char *text);
/** Prints a line to stdout, as plain text. src/cli prints texts from elsewhere only through these
 *  two. */
void cli_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_usage(const struct cli_command *command);

/** Sends a request; prints why if it fails. The caller owns the response, NULL on failure. */
enum result cli_call(struct cli *cli, Wire__Request *request, Wire__Response **ret_response);
/** The same for an answer that is a sentence, which is printed. */
enum result cli_call_words(struct cli *cli, Wire__Request *request);
/** The same for an answer that is a sheet. */
enum result cli_call_sheet(struct cli *cli, Wire__Request *request, struct sheet **ret_sheet);
/** Calls again until the sheet is whole. `after` is the request's own field, NULL of a due list. */
enum result cli_call_pages(struct cli *cli, Wire__Request *request, char **after,
                           struct sheet **ret_sheet);

/** Reads the first line of a file (a password); prints why if it cannot. New string. */
enum result cli_read_line(const char *path, char **ret_line);

#endif
