#include "tui/app/printer.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/plain.h"
#include "tui/app/printer_private.h"
#include "tui/app/printwatch.h"
#include "tui/app/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    NAME_MAX_BYTES = 128,   /* CUPS has 127 at most */
    CHOICES = 100,          /* queues shown */
    LINES_MOST = 256 * 1024 /* of doudi-print's answers */
};
static const size_t PDF_MOST = (size_t)256 << 20;

#define TERMINAL_NAME "终端上的打印机"
static const char TERMINAL_VALUE[] = "\t"; /* no name of a queue */
static const char INSTEAD[] = "；可按 F4 换打印机，或按 F2 存成文件";

struct printer *printer_of(struct app *app)
{
    if (app->printer == NULL)
        app->printer = mem_new(sizeof *app->printer);
    return app->printer;
}

// ---- what is kept

/** The file that keeps the officer's queue; NULL if there can be none. New string. */
static char *kept_path(const struct app *app)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (app->officer == NULL || strchr(app->officer, '/') != NULL)
        return NULL;
    if (app->own_files != NULL)
        return app->in_own_files ? mem_copy(".printer") : NULL;
    if (config != NULL && config[0] == '/')
        return mem_printf("%s/doudi/printer-%s", config, app->officer);
    if (home != NULL && home[0] == '/')
        return mem_printf("%s/.config/doudi/printer-%s", home, app->officer);
    return NULL;
}

/** Makes the folders that the file lies in, as far as they are missing. */
static void make_folders(const char *path)
{
    char *folder = mem_copy(path);

    for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(folder, S_IRWXU);
        *slash = '/';
    }
    free(folder);
}

static void keep(const struct app *app, const char *queue)
{
    char *path = kept_path(app);
    struct str line = {0};

    if (path != NULL) {
        if (path[0] == '/')
            make_folders(path);
        str_printf(&line, "%s\n", queue);
        (void)outfile_write(path, &line); /* without it the officer is asked again */
        str_free(&line);
    }
    free(path);
}

static void load(struct app *app, struct printer *printer)
{
    char *path = kept_path(app);
    FILE *file = path != NULL ? fopen(path, "re") : NULL;
    char line[NAME_MAX_BYTES + 2] = "";

    printer->loaded = true;
    if (file != NULL) {
        if (fgets(line, sizeof line, file) == NULL)
            line[0] = '\0';
        (void)fclose(file);
    }
    line[strcspn(line, "\n")] = '\0';
    if (line[0] != '\0' && plain_is(line, PLAIN_LINE))
        printer->queue = mem_copy(line);
    free(path);
}

const char *printer_name(struct app *app)
{
    struct printer *printer = printer_of(app);

    if (!printer->loaded)
        load(app, printer);
    return printer->terminal ? TERMINAL_NAME : printer->queue != NULL ? printer->queue : "";
}

// ---- choosing

/** Asks doudi-print; NULL with the message line said. New string. */
static char *ask_cups(struct app *app, const char *const *arguments, const char *doing,
                      const char *instead)
{
    struct run run = {.program = "doudi-print",
                      .arguments = arguments,
                      .most = LINES_MOST,
                      .seconds = 20,
                      .doing = doing,
                      .instead = instead};
    struct str output = {0};
    char *words = NULL;

    if (!run_program(app, &run, &output, &words))
        return NULL;
    free(words);
    return str_take(&output);
}

static void take(struct app *app, const char *value)
{
    struct printer *printer = printer_of(app);

    printer->terminal = strcmp(value, TERMINAL_VALUE) == 0;
    if (!printer->terminal) {
        mem_replace(&printer->queue, value);
        keep(app, value);
    }
    if (printer->then != NULL)
        printer->then(app, printer->arg, printer_name(app));
    else
        app_say(app, "以后打印到 %s", printer_name(app));
}

static void confirmed(struct app *app, void *arg, const char *yes)
{
    (void)arg;
    (void)yes;
    printer_of(app)->confirmed = true;
    take(app, TERMINAL_VALUE);
}

static void chosen(struct app *app, void *arg, const char *value)
{
    (void)arg;
    if (strcmp(value, TERMINAL_VALUE) == 0 && !printer_of(app)->confirmed)
        ask_confirm(app,
                    "您的终端上接了打印机，并且装好了纸？\n"
                    "没有接的，内容会乱在屏幕上，或者没有打出也不知道。",
                    confirmed, NULL);
    else
        take(app, value);
}

/** A queue's line: its name, what it is called and where it stands, what is wrong with it. */
static char *label_of(const struct printing_queue *queue)
{
    bool called = queue->info[0] != '\0' && strcmp(queue->info, queue->name) != 0;
    bool there = queue->location[0] != '\0';

    return mem_printf("%s%s%s%s%s%s%s%s%s", queue->name, called || there ? "（" : "",
                      called ? queue->info : "", called && there ? "，" : "", queue->location,
                      called || there ? "）" : "", queue->is_default ? "  默认" : "",
                      queue->trouble[0] != '\0' ? "  ! " : "", queue->trouble);
}

static void offer(struct app *app, const struct printing_queues *queues, bool terminal)
{
    const char *labels[CHOICES + 1];
    const char *values[CHOICES + 1];
    struct ask_choice choice = {.title = "打印到哪里（选定后记住，以后按 F4 换）",
                                .labels = labels,
                                .values = values,
                                .current = printer_of(app)->queue,
                                .numbers = true};

    for (size_t i = 0; i < queues->count && i < CHOICES; i++) {
        labels[choice.count] = label_of(&queues->items[i]);
        values[choice.count++] = queues->items[i].name;
    }
    if (terminal) {
        labels[choice.count] = mem_copy(TERMINAL_NAME "（纯文本，本次登录有效）");
        values[choice.count++] = TERMINAL_VALUE;
    }
    ask_choice(app, &choice, chosen, NULL);
    for (size_t i = 0; i < choice.count; i++)
        free((char *)(uintptr_t)labels[i]);
}

void printer_choose(struct app *app, ask_answer then, void *arg)
{
    static const char *const arguments[] = {"queues", NULL};
    struct printer *printer = printer_of(app);
    struct printing_queues queues = {0};
    bool terminal = term_can_print(app->term);
    bool first = printer_name(app)[0] == '\0';
    char *text = ask_cups(app, arguments, "正在查找打印机", "；可按 F2 存成文件");

    printer->then = then;
    printer->arg = arg;
    if (text != NULL)
        printing_read_queues(text, &queues);
    if (first && queues.count == 1 && !terminal)
        take(app, queues.items[0].name);
    else if (queues.count > 0 || terminal)
        offer(app, &queues, terminal);
    else if (text != NULL)
        app_warn(app, "这台机器还没有打印机，请找系统管理员设置；可按 F2 存成文件");
    printing_queues_free(&queues);
    free(text);
}

// ---- printing

bool printer_log(struct app *app, const struct printer_page *page, Wire__Printed *printed)
{
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    printed->what = (char *)(uintptr_t)page->what;
    printed->month = (char *)(uintptr_t)page->month;
    printed->area = (char *)(uintptr_t)page->area;
    printed->title = (char *)(uintptr_t)page->title;
    printed->scope = (char *)(uintptr_t)(page->scope != NULL ? page->scope : "");
    printed->rows = (uint32_t)page->rows;
    request.what_case = WIRE__REQUEST__WHAT_PRINTED;
    request.printed = printed;
    enum result result = app_call(app, &request, &response);
    client_response_free(&response);
    return result == 0;
}

/** Whether the bytes begin as files of the format do. */
static bool is_format(const struct str *bytes, const char *format)
{
    static const struct {
        const char *format, *begin;
    } begins[] = {{"pdf", "%PDF"}, {"xlsx", "PK"}};

    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strcmp(begins[i].format, format) == 0)
            return strncmp(str_text(bytes), begins[i].begin, strlen(begins[i].begin)) == 0;
    return false;
}

bool printer_make_file(struct app *app, const struct document *document, const char *format,
                       const char *instead, struct str *ret_bytes)
{
    const char *const arguments[] = {"--format", format, NULL};
    struct str input = {0};
    FILE *out = open_memstream(&input.text, &input.length);
    struct run run = {.program = "doudi-report",
                      .arguments = arguments,
                      .input = &input,
                      .most = PDF_MOST,
                      .seconds = 300,
                      .doing = "正在排版",
                      .instead = instead};
    char *words = NULL;
    bool made = out != NULL && document_write(document, out) == 0;

    if (out != NULL)
        (void)fclose(out);
    made = made && run_program(app, &run, ret_bytes, &words);
    free(input.text);
    if (made && !is_format(ret_bytes, format)) {
        app_warn(app, "排版没有办成，请找系统管理员%s", instead);
        str_free(ret_bytes);
        made = false;
    }
    if (made && words[0] != '\0')
        app_say(app, "%s", words);
    free(words);
    return made;
}

/** Gives the PDF to the queue; the job's id, NULL with the message line said. */
static char *send(struct app *app, const char *queue, const char *title, const struct str *pdf)
{
    char *name = mem_printf("%s %s", title, app_account(app)->name);
    const char *const arguments[] = {"send", queue, name, NULL};
    struct run run = {.program = "doudi-print",
                      .arguments = arguments,
                      .input = pdf,
                      .most = LINES_MOST,
                      .seconds = 120,
                      .doing = "正在送打印机",
                      .instead = INSTEAD};
    struct str output = {0};
    char *words = NULL;
    char *id = NULL;

    if (run_program(app, &run, &output, &words)) {
        id = printing_read_sent(str_text(&output));
        if (id == NULL)
            app_warn(app, "打印机 %s 没有接收%s", queue, INSTEAD);
    }
    str_free(&output);
    free(words);
    free(name);
    return id;
}

static void print_to_queue(struct app *app, const struct printer_page *page)
{
    const char *queue = printer_of(app)->queue;
    struct str pdf = {0};
    char *id = printer_make_file(app, page->document, "pdf", "；可按 F2 存成文本文件", &pdf)
                   ? send(app, queue, page->title, &pdf)
                   : NULL;

    str_free(&pdf);
    if (id != NULL) {
        Wire__Printed printed = WIRE__PRINTED__INIT;
        printed.to = (char *)(uintptr_t)prints_to_id(PRINT_TO_QUEUE);
        printed.place = (char *)(uintptr_t)queue;
        printed.job = id;
        printed.state = (char *)(uintptr_t)prints_state_id(PRINT_SENT);
        if (printer_log(app, page, &printed))
            app_say(app, "已送打印机 %s，任务 %s；打完没有，会在这里说", queue, id);
        printwatch_add(app, id, page);
    }
    free(id);
}

static void print_to_terminal(struct app *app, const struct printer_page *page)
{
    Wire__Printed printed = WIRE__PRINTED__INIT;

    if (term_print(app->term, page->text) != 0) {
        app_warn(app, "终端没有接收，没有打印%s；请存为文件再打印", INSTEAD);
        return;
    }
    printed.to = (char *)(uintptr_t)prints_to_id(PRINT_TO_TERMINAL);
    if (printer_log(app, page, &printed))
        app_say(app, "已送终端上的打印机；这里看不到打没打完，请看打印机");
}

void printer_print(struct app *app, const struct printer_page *page)
{
    if (printer_of(app)->terminal)
        print_to_terminal(app, page);
    else
        print_to_queue(app, page);
}

// ---- jobs

bool printer_ask_jobs(struct app *app, const char *const *ids, size_t count, char **ret_text)
{
    const char *arguments[PRINTER_JOBS + 2] = {"jobs"};

    for (size_t i = 0; i < count && i < PRINTER_JOBS; i++)
        arguments[i + 1] = ids[i];
    *ret_text = ask_cups(app, arguments, "正在问打印机", "；请到打印机看有没有打出");
    return *ret_text != NULL;
}

bool printer_cancel(struct app *app, const char *id)
{
    const char *const arguments[] = {"cancel", id, NULL};
    char *text = ask_cups(app, arguments, "正在取消", "");
    bool done = text != NULL;

    free(text);
    return done;
}

void printer_free(struct app *app)
{
    if (app->printer == NULL)
        return;
    printwatch_clear(app);
    free(app->printer->queue);
    free(app->printer);
    app->printer = NULL;
}
