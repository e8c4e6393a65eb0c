#include "tui/app/preview.h"

#include "base/mem.h"
#include "base/text.h"
#include "report/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/ownfiles.h"
#include "tui/kit/canvas.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAPER_WIDTH = 132, PAPER_HEIGHT = 60, SIDE_STEP = 20 };

extern char **environ;

struct preview_screen {
    struct screen screen;
    char *title, *what, *area;
    const char *name; /* of the printed screen and of the file */
    char *text;       /* as printed: pages with form feeds */
    char **lines;     /* the same for the screen, pointing into `shown` */
    char *shown;
    size_t count, top, page;
    size_t rows;
    int left; /* columns scrolled to the right */
};

static struct preview_screen *preview_of(struct screen *screen)
{
    return (struct preview_screen *)screen;
}

static void preview_paint(struct screen *screen, struct canvas *canvas)
{
    struct preview_screen *preview = preview_of(screen);

    (void)draw_format(canvas, 0, 1, STYLE_PLAIN, "%s  %zu 行  第 %zu/%zu 行", preview->title,
                      preview->rows, preview->top + 1, preview->count);
    preview->page = canvas->rows > 1 ? (size_t)canvas->rows - 1 : 1;
    for (size_t y = 0; y < preview->page && preview->top + y < preview->count; y++) {
        const char *line = preview->lines[preview->top + y];
        (void)draw_text(canvas, (int)y + 1, 0, canvas->columns,
                        line + text_fit(line, preview->left), STYLE_PLAIN);
    }
}

static void preview_done(struct screen *screen)
{
    struct preview_screen *preview = preview_of(screen);

    free(preview->title);
    free(preview->what);
    free(preview->area);
    free(preview->text);
    free(preview->lines);
    free(preview->shown);
    free(preview);
}

static void split_lines(struct preview_screen *preview)
{
    size_t capacity = 0;
    char *at;

    preview->shown = mem_copy(preview->text);
    for (at = preview->shown; *at != '\0';) {
        size_t length = strcspn(at, "\n\f");
        bool more = at[length] != '\0';
        mem_grow((void **)&preview->lines, preview->count, &capacity, sizeof preview->lines[0]);
        preview->lines[preview->count++] = at;
        at[length] = '\0';
        at += length + (more ? 1 : 0);
    }
}

void preview_open(struct app *app, const struct preview_of *of)
{
    struct preview_screen *preview = mem_new(sizeof *preview);
    struct sheet *sheet = of->sheet;
    struct str text = {0};
    const Wire__Account *account = app_account(app);
    char *subtitle = mem_printf("%s  %s  %s", account->area_name, account->name,
                                client_welcome(app->client)->today);
    struct report report = {
        .title = of->title,
        .subtitle = subtitle,
        .sheet = sheet,
        .columns = of->columns,
        .labels = of->labels,
        .column_count = of->column_count,
        .group = of->group,
        .group_name = of->group_name,
        .footer = "",
        .width = PAPER_WIDTH,
        .height = PAPER_HEIGHT,
    };

    report_text(&report, &text);
    preview->screen.ops = &PREVIEW_OPS;
    preview->title = mem_copy(of->title);
    preview->what = mem_copy(of->what);
    preview->name = app->top->ops->title;
    preview->area = mem_copy(of->area);
    preview->rows = sheet->row_count;
    preview->text = str_take(&text);
    split_lines(preview);
    app_push(app, &preview->screen);
    sheet_free(&sheet);
    free(subtitle);
}

// ---- where it goes

/** Logs that names have left the system. */
static void log_printed(struct preview_screen *preview)
{
    struct app *app = preview->screen.app;
    Wire__Printed printed = WIRE__PRINTED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    printed.what = preview->what;
    printed.month = app->month;
    printed.area = preview->area;
    printed.rows = (uint32_t)preview->rows;
    request.what_case = WIRE__REQUEST__WHAT_PRINTED;
    request.printed = &printed;
    (void)app_call(app, &request, &response);
    client_response_free(&response);
}

/** On failure *ret_error is the errno. */
static enum result write_file(const char *path, const char *text, int *ret_error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool fine;

    *ret_error = errno;
    if (file == NULL)
        return errno == EEXIST ? RESULT_EXISTS : RESULT_CANTCREATE;
    fine = fputs(text, file) >= 0 && fflush(file) == 0;
    *ret_error = errno;
    fine = fclose(file) == 0 && fine;
    if (!fine)
        unlink(path); /* half a list would pass for a whole one */
    return fine ? RESULT_OK : RESULT_IO;
}

static void save_as(struct app *app, void *arg, const char *path)
{
    struct preview_screen *preview = arg;

    if (!ownfiles_allow(app, path))
        return;
    char *file = term_encode(path); /* as the officer's other programs write names */
    int error = 0;
    enum result result = write_file(file, preview->text, &error);

    if (result == RESULT_EXISTS) {
        app_warn(app, "已有同名文件 %s，请换个文件名", path);
    } else if (result != 0) {
        app_warn(app, "不能写入 %s：%s", path, result_reason(error));
    } else {
        log_printed(preview);
        char folder[PATH_MAX];
        bool whole = path[0] == '/' || getcwd(folder, sizeof folder) == NULL;
        app_say(app, "已存为 %s%s%s", whole ? "" : folder, whole ? "" : "/", path);
    }
    free(file);
}

static void preview_to_file(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);
    char *path = mem_printf("%s-%s.txt", preview->name, app->month);

    ask_text(app, "存为文件", path, save_as, preview);
    free(path);
}

/** Gives the text to lp(1) and waits for it. */
static enum result send_to_lp(const char *text)
{
    char *const argv[] = {(char *)"lp", (char *)"-s", (char *)"-t", (char *)"doudi", NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid;
    int status = 0;
    FILE *file;

    if (pipe(ends) != 0)
        return RESULT_IO;
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    (void)posix_spawn_file_actions_addclose(&actions, ends[0]);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    status = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[0]);
    file = fdopen(ends[1], "w");
    if (status != 0 || file == NULL) {
        (void)close(ends[1]);
        return RESULT_NOTFOUND;
    }
    (void)fputs(text, file);
    (void)fclose(file);
    if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
        return RESULT_IO;
    return WEXITSTATUS(status) == 127 ? RESULT_NOTFOUND
           : WEXITSTATUS(status) == 0 ? RESULT_OK
                                      : RESULT_IO;
}

static void preview_to_printer(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);
    enum result result = send_to_lp(preview->text);

    if (result == RESULT_NOTFOUND) {
        app_warn(app, "本机没有 lp 打印命令；按 F2 存为文件");
    } else if (result != 0) {
        app_warn(app, "打印机没有接收，请检查打印机后重试，或按 F2 存为文件");
    } else {
        log_printed(preview);
        app_say(app, "已送打印机");
    }
}

static void preview_to_terminal(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    if (term_print(app->term, preview->text) != 0) {
        app_warn(app, "这个终端没有挂接打印机；按 F2 存为文件");
    } else {
        log_printed(preview);
        app_say(app, "已送终端打印机");
    }
}

// ---- moving

static void scroll(struct app *app, long delta)
{
    struct preview_screen *preview = preview_of(app->top);
    long last = (long)preview->count - (long)preview->page;
    long top = (long)preview->top + delta;

    top = top > last ? last : top;
    preview->top = top < 0 ? 0 : (size_t)top;
}

static void preview_down(struct app *app)
{
    scroll(app, 1);
}

static void preview_up(struct app *app)
{
    scroll(app, -1);
}

static void preview_page_down(struct app *app)
{
    scroll(app, (long)preview_of(app->top)->page);
}

static void preview_page_up(struct app *app)
{
    scroll(app, -(long)preview_of(app->top)->page);
}

static void preview_right(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    if (preview->left + app->canvas->columns < PAPER_WIDTH)
        preview->left += SIDE_STEP;
}

static void preview_left(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    preview->left = preview->left > SIDE_STEP ? preview->left - SIDE_STEP : 0;
}

// ---- keys

static const struct action ACTIONS[] = {
    {"preview.file", "存文件", "F2", "存为文本文件", NULL, preview_to_file},
    {"preview.lp", "打印", "F3", "送打印机", NULL, preview_to_printer},
    {"preview.terminal", "终端打印", "F4", "送终端上挂接的打印机", NULL, preview_to_terminal},
    {"preview.down", "下", "Down", "下一行", NULL, preview_down},
    {"preview.up", "上", "Up", "上一行", NULL, preview_up},
    {"preview.pgdn", "下页", "PgDn Space", "下一页", NULL, preview_page_down},
    {"preview.pgup", "上页", "PgUp", "上一页", NULL, preview_page_up},
    {"preview.right", "右", "Right", "向右看", NULL, preview_right},
    {"preview.left", "左", "Left", "向左看", NULL, preview_left},
};

const struct screen_ops PREVIEW_OPS = {
    .title = "打印预览",
    .is = SCREEN_PAGE | SCREEN_PLACE,
    .paint = preview_paint,
    .done = preview_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
