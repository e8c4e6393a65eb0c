#include "tui/app/filters.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/ask.h"
#include "tui/app/settings.h"
#include "tui/kit/table.h"

#include <stdlib.h>
#include <string.h>

static const char FILE_NAME[] = "filters.conf";
/* Answers that are no number of a filter. */
static const char KEEP[] = "+", DROP[] = "-";

static struct table *top_table(struct app *app)
{
    return app->top->ops->table(app->top);
}

// ---- the file

/** Adds the line's filter: a row screen, name, text. False if it is none. */
static bool read_line(struct sheet *sheet, const char *line)
{
    const char *slash = strchr(line, '/');
    const char *equals = slash == NULL ? NULL : strchr(slash, '=');

    if (equals == NULL)
        return false;
    char *screen = mem_copy_bytes(line, (size_t)(slash - line));
    char *raw_name = mem_copy_bytes(slash + 1, (size_t)(equals - slash - 1));
    char *name = text_trim(raw_name);
    char *text = text_trim(equals + 1);
    bool fine = name[0] != '\0' && text[0] != '\0';

    if (fine)
        (void)sheet_add_cells(sheet, (const char *const[]){screen, name, text});
    free(screen);
    free(raw_name);
    free(name);
    free(text);
    return fine;
}

/** All filters of the officer, in order. False, after saying why, if the file cannot be read whole:
 *  then it must not be written anew. */
static bool load(struct app *app, struct sheet **ret_sheet)
{
    static const char *const ids[] = {"screen", "name", "text"};
    struct sheet *sheet = sheet_new_ids(ids, sizeof ids / sizeof ids[0]);
    char *text = NULL;
    char *path = NULL;
    size_t number = 0;
    bool fine = true;
    enum result result = settings_read(app, FILE_NAME, &text, &path);

    if (result == RESULT_INVALID)
        app_warn(app, "读不出来，要用 UTF-8 文字；请改好或删掉 %s", path);
    for (const char *rest = text; result == 0 && fine && *rest != '\0';) {
        size_t length = strcspn(rest, "\n");
        char *raw = mem_copy_bytes(rest, length);
        char *line = text_clean_line(raw);
        number++;
        fine = line[0] == '\0' || line[0] == '#' || read_line(sheet, line);
        free(raw);
        free(line);
        rest += length + (rest[length] == '\n' ? 1 : 0);
    }
    if (!fine)
        app_warn(app, "第 %zu 行应写成“画面/名称 = 筛选的字”；请改好 %s", number, path);
    free(text);
    free(path);
    if (result == RESULT_INVALID || !fine) {
        sheet_free(&sheet);
        return false;
    }
    *ret_sheet = sheet;
    return true;
}

/** Writes all but row `but` (SIZE_MAX = all). */
static void save(struct app *app, const struct sheet *sheet, size_t but, const char *done)
{
    struct str text = {0};

    for (size_t row = 0; row < sheet->row_count; row++)
        if (row != but)
            str_printf(&text, "%s/%s = %s\n", sheet_get(sheet, row, "screen"),
                       sheet_get(sheet, row, "name"), sheet_get(sheet, row, "text"));
    settings_write(app, FILE_NAME, str_text(&text), done);
    str_free(&text);
}

/** The row of this screen's filter with the name; SIZE_MAX if there is none. */
static size_t find(const struct app *app, const struct sheet *sheet, const char *name)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "screen"), app->top->ops->title) == 0 &&
            strcmp(sheet_get(sheet, row, "name"), name) == 0)
            return row;
    return SIZE_MAX;
}

// ---- naming the present one

static const char *check_name(struct app *app, const char *text)
{
    (void)app;
    return text_is_empty(text)                  ? "请起个名称；Esc 取消"
           : text[strcspn(text, "=/#")] != '\0' ? "名称里不能有 = / #，请改一改"
           : strcmp(text, KEEP) == 0 || strcmp(text, DROP) == 0 ? "请换个名称"
                                                                : NULL;
}

static void keep(struct app *app, void *arg, const char *answer)
{
    struct sheet *sheet = NULL;
    char *name = text_clean_line(answer);
    char *text = lineedit_text(&top_table(app)->filter);

    (void)arg;
    if (load(app, &sheet)) {
        size_t row = find(app, sheet, name);
        char *done = mem_printf("已存筛选“%s”", name);
        if (row == SIZE_MAX)
            (void)sheet_add_cells(sheet, (const char *const[]){app->top->ops->title, name, text});
        else
            sheet_set(sheet, row, "text", text);
        save(app, sheet, SIZE_MAX, done);
        free(done);
    }
    sheet_free(&sheet);
    free(name);
    free(text);
}

// ---- choosing

static void chosen(struct app *app, void *arg, const char *answer);

/** Lists this screen's filters, and before them what can be done with them. */
static void offer(struct app *app, const struct sheet *sheet, const char *title, bool all,
                  ask_answer answer)
{
    size_t count = 0;
    char **labels = mem_array(sheet->row_count + 2, sizeof labels[0]);
    const char **values = mem_array(sheet->row_count + 2, sizeof values[0]);
    char *present = lineedit_text(&top_table(app)->filter);

    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "screen"), app->top->ops->title) == 0) {
            labels[count] =
                mem_printf("%s：%s", sheet_get(sheet, row, "name"), sheet_get(sheet, row, "text"));
            values[count++] = sheet_get(sheet, row, "name");
        }
    }
    if (all && count > 0) {
        labels[count] = mem_copy("（删掉一个）");
        values[count++] = DROP;
    }
    if (all && !text_is_empty(present)) {
        labels[count] = mem_printf("（存下现在的筛选“%s”）", present);
        values[count++] = KEEP;
    }
    if (count == 0) {
        app_say(app, "还没有存过筛选；按 / 打好筛选，再来这里起名存下");
    } else {
        struct ask_choice choice = {.title = title,
                                    .labels = (const char *const *)labels,
                                    .values = values,
                                    .count = count};
        ask_choice(app, &choice, answer, NULL);
    }
    for (size_t i = 0; i < count; i++)
        free(labels[i]);
    free(labels);
    free(values);
    free(present);
}

static void drop(struct app *app, void *arg, const char *answer)
{
    struct sheet *sheet = NULL;

    (void)arg;
    if (load(app, &sheet)) {
        char *done = mem_printf("已删筛选“%s”", answer);
        size_t row = find(app, sheet, answer);
        if (row != SIZE_MAX)
            save(app, sheet, row, done);
        free(done);
    }
    sheet_free(&sheet);
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    struct sheet *sheet = NULL;

    (void)arg;
    if (strcmp(answer, KEEP) == 0) {
        ask_checked(app, "这个筛选叫什么（如 独居高龄）", "", check_name, keep, NULL);
    } else if (load(app, &sheet)) {
        size_t row = find(app, sheet, answer);
        if (strcmp(answer, DROP) == 0)
            offer(app, sheet, "删掉哪个筛选", false, drop);
        else if (row != SIZE_MAX)
            table_set_filter(top_table(app), sheet_get(sheet, row, "text"));
    }
    sheet_free(&sheet);
}

void filters_open(struct app *app)
{
    struct sheet *sheet = NULL;

    if (load(app, &sheet))
        offer(app, sheet, "常用筛选", true, chosen);
    sheet_free(&sheet);
}
