#include "exchange/workbook.h"

#include "base/mem.h"
#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Format of the pipe: a letter, then texts that each end with a NUL. S: a sheet's name; R: one of
 * its rows: number, count, cells; M: an error; E: the end. */
enum { SHEET = 'S', ROW = 'R', MESSAGE = 'M', END = 'E' };

static const char BROKEN[] = "工作簿读不出来，可能已损坏或太大，请打开后另存为 CSV 再导入";

struct workbook_sheet *workbook_add(struct workbook *book, const char *name)
{
    mem_grow((void **)&book->sheets, book->count, &book->capacity, sizeof *book->sheets);
    book->sheets[book->count] = (struct workbook_sheet){.name = mem_copy(name)};
    return &book->sheets[book->count++];
}

void workbook_free(struct workbook *book)
{
    for (size_t i = 0; i < book->count; i++) {
        free(book->sheets[i].name);
        grid_free(&book->sheets[i].grid);
    }
    free(book->sheets);
    *book = (struct workbook){0};
}

// ---- writing

static void add_text(struct str *bytes, const char *text)
{
    str_add_bytes(bytes, text, strlen(text) + 1);
}

static void add_rows(const struct grid *grid, struct str *ret_bytes)
{
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_row *row = &grid->rows[i];
        const char *end = row->cells;
        for (size_t k = 0; k < row->count; k++)
            end += strlen(end) + 1;
        str_printf(ret_bytes, "%c%" PRIu32, ROW, row->number);
        str_add_bytes(ret_bytes, "", 1);
        str_printf(ret_bytes, "%" PRIu32, row->count);
        str_add_bytes(ret_bytes, "", 1);
        str_add_bytes(ret_bytes, row->cells, (size_t)(end - row->cells));
    }
}

void workbook_write(const struct workbook *book, const char *message, struct str *ret_bytes)
{
    for (size_t i = 0; i < book->count; i++) {
        str_add_char(ret_bytes, SHEET);
        add_text(ret_bytes, book->sheets[i].name);
        add_rows(&book->sheets[i].grid, ret_bytes);
    }
    if (message != NULL) {
        str_add_char(ret_bytes, MESSAGE);
        add_text(ret_bytes, message);
    }
    str_add_char(ret_bytes, END);
}

// ---- reading

/** The pipe's bytes, and how far they are parsed. */
struct stream {
    const char *at, *end;
};

static const char *take_text(struct stream *stream)
{
    const char *text = stream->at;
    const char *end = memchr(text, '\0', (size_t)(stream->end - text));

    if (end == NULL)
        return NULL;
    stream->at = end + 1;
    return text;
}

static bool take_row(struct stream *stream, struct grid *grid)
{
    const char *number = take_text(stream);
    const char *count_text = number != NULL ? take_text(stream) : NULL;
    size_t count = count_text != NULL ? strtoul(count_text, NULL, 10) : 0;
    bool whole = count_text != NULL && count <= (size_t)(stream->end - stream->at);
    const char **cells = mem_array(whole ? count : 0, sizeof *cells);

    for (size_t i = 0; i < count && whole; i++) {
        cells[i] = take_text(stream);
        whole = cells[i] != NULL;
    }
    if (whole)
        grid_add(grid, &(struct grid_cells){.number = (uint32_t)strtoul(number, NULL, 10),
                                            .count = count,
                                            .cells = cells});
    free(cells);
    return whole;
}

enum result workbook_parse(const struct str *bytes, struct workbook *book, char **ret_message)
{
    struct stream stream = {str_text(bytes), str_text(bytes) + bytes->length};
    bool whole = true;

    while (whole && stream.at < stream.end) {
        char kind = *stream.at++;
        const char *text = NULL;
        if (kind == END)
            return *ret_message != NULL ? RESULT_INVALID : RESULT_OK;
        if (kind == ROW) {
            whole = book->count > 0 && take_row(&stream, &book->sheets[book->count - 1].grid);
            continue;
        }
        text = take_text(&stream);
        whole = text != NULL && (kind == SHEET || kind == MESSAGE);
        if (whole && kind == SHEET)
            (void)workbook_add(book, text);
        else if (whole && *ret_message == NULL)
            *ret_message = mem_copy(text);
    }
    free(*ret_message);
    *ret_message = mem_copy(BROKEN);
    return RESULT_INVALID;
}

// ---- the program

static void read_pipe(int fd, struct str *bytes)
{
    static const size_t most = (size_t)1 << 30;
    char block[65536];
    ssize_t got;

    while (bytes->length < most && (got = read(fd, block, sizeof block)) != 0)
        if (got > 0)
            str_add_bytes(bytes, block, (size_t)got);
        else if (errno != EINTR)
            break;
}

/** Starts the program with its output in a pipe; -1 on failure. */
static pid_t start(const char *program, const char *path, const char *sheet, int *ret_fd)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    char *arguments[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)path,
                         (char *)(uintptr_t)(sheet != NULL ? sheet : ""), NULL};
    int ends[2];
    pid_t child = -1;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&child, program, &actions, NULL, arguments, environ) != 0)
        child = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (child < 0)
        close(ends[0]);
    else
        *ret_fd = ends[0];
    return child;
}

enum result workbook_read(const char *path, const char *sheet, struct workbook *book,
                          char **ret_message)
{
    char *program = paths_program("doudi-sheet");
    struct str bytes = {0};
    int fd = -1;
    pid_t child = start(program, path, sheet, &fd);
    enum result result = RESULT_INVALID;

    *ret_message = NULL;
    if (child < 0) {
        *ret_message =
            mem_printf("找不到读工作簿的程序 %s，请重新安装，或另存为 CSV 再导入", program);
    } else {
        read_pipe(fd, &bytes);
        close(fd);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
        result = workbook_parse(&bytes, book, ret_message);
    }
    str_free(&bytes);
    free(program);
    return result;
}
