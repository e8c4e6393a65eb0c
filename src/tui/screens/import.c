#include "tui/screens/import.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/programmes.h"
#include "tui/screens/askpath.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define PASS_OVER "不读这一列"

static const char *const IDS[] = {"heading", "sample", "label", "state", "field"};

static const struct table_column COLUMNS[] = {
    {.id = "heading", .label = "列名", .least = 10, .most = 24},
    {.id = "sample", .label = "第一格", .least = 12, .most = 28},
    {.id = "label", .label = "导入到", .least = 10, .most = 24},
    {.id = "state", .label = "说明", .least = 10, .most = 0},
};

static struct import_screen *import_of(struct screen *screen)
{
    return (struct import_screen *)screen;
}

const char *import_file_name(const struct import_screen *import)
{
    const char *slash = strrchr(import->path, '/');

    return slash != NULL ? slash + 1 : import->path;
}

// ---- reading

static enum result call(Wire__Request *request, Wire__Response **ret_response, void *arg)
{
    struct import_screen *import = arg;

    return app_call(import->list.screen.app, request, ret_response);
}

/** Forgets what was read of the file; keeps the decisions about columns. */
static void forget(struct import_screen *import)
{
    struct fields map = import->upload.map;
    struct fields skip = import->upload.skip;

    import->upload.map = import->upload.skip = (struct fields){0};
    upload_free(&import->upload);
    import->upload = (struct upload){
        .kind = import->kind,
        .path = import->path,
        .sheet = import->sheet,
        .map = map,
        .skip = skip,
        .save_map = import->map_name,
        .call = call,
        .arg = import,
    };
    import->ready = false;
    (void)malloc_trim(0); /* nothing else takes as much of a terminal's memory as a ledger */
}

static void fill_rows(struct import_screen *import)
{
    const struct upload *upload = &import->upload;
    struct sheet *sheet = sheet_new_ids(IDS, sizeof IDS / sizeof IDS[0]);
    size_t count = upload->headings != NULL ? upload->headings->row_count : 0;

    for (size_t i = 0; i < count; i++) {
        const char *state = sheet_get(upload->headings, i, "state");
        const char *label = sheet_get(upload->headings, i, "label");
        size_t row = sheet_add_row(sheet);
        sheet_set(sheet, row, "heading", sheet_get(upload->headings, i, "heading"));
        sheet_set(sheet, row, "sample", filetable_column(upload->table, i)->sample);
        sheet_set(sheet, row, "label", label[0] == '\0' ? "—" : label);
        sheet_set(sheet, row, "state", state);
        sheet_set(sheet, row, "field", sheet_get(upload->headings, i, "field"));
    }
    table_fill(&import->list.table, &sheet);
}

static void say_caption(struct import_screen *import)
{
    const struct filetable *table = import->upload.table;

    if (table == NULL) {
        list_screen_caption(&import->list, "%s  %s", import->title, import_file_name(import));
        return;
    }
    char *where = filetable_sheet_count(table) > 1
                      ? mem_printf("  工作表 %s（%zu/%zu）",
                                   filetable_sheet_name(table, filetable_sheet_read(table)),
                                   filetable_sheet_read(table) + 1, filetable_sheet_count(table))
                      : mem_copy("");
    list_screen_caption(&import->list, "%s  %s%s  %zu 行%s", import->title,
                        import_file_name(import), where, filetable_row_count(table),
                        import->map_name[0] != '\0' ? "  列的对照会留存" : "");
    free(where);
}

/** Asks the server for the meaning of the columns; says what is missing. */
static void understand(struct import_screen *import)
{
    struct app *app = import->list.screen.app;
    enum result result = upload_open(&import->upload);

    import->ready = result == 0;
    if (result != 0)
        app_warn(app, "%s", import->upload.message);
    fill_rows(import);
    say_caption(import);
}

/** Says how the file was read: in the message line, or in a window if it is long. */
static void say_notes(const struct import_screen *import)
{
    struct app *app = import->list.screen.app;
    const char *notes = str_text(&import->upload.notes);
    size_t first = strcspn(notes, "\n");

    if (notes[first] != '\0' && notes[first + 1] != '\0')
        ask_show(app, "这个文件是这样读的", notes);
    else if (notes[0] != '\0' && import->ready)
        app_say(app, "%.*s", (int)first, notes);
}

static void read_file(struct import_screen *import)
{
    forget(import);
    if (upload_read(&import->upload) == 0) {
        understand(import);
        say_notes(import);
        return;
    }
    app_warn(import->list.screen.app, "%s", import->upload.message);
    table_clear(&import->list.table);
    say_caption(import);
}

// ---- the screen

static void import_done(struct screen *screen)
{
    struct import_screen *import = import_of(screen);

    upload_free(&import->upload);
    free(import->kind);
    free(import->title);
    free(import->path);
    free(import->sheet);
    free(import->map_name);
    list_screen_done(screen);
    (void)malloc_trim(0);
}

static enum style import_style(const struct table *table, size_t row, const char *id)
{
    bool unread = sheet_get(table->sheet, row, "field")[0] == '\0';

    return unread && strcmp(id, "heading") != 0 ? STYLE_FAINT : STYLE_PLAIN;
}

// ---- what is imported

/** What is no programme. */
static const struct {
    const char *kind, *title;
} OTHERS[] = {
    {IMPORT_KIND_VISIT, "探访记录"},
    {IMPORT_KIND_DEATHS, "死亡、火化名单"},
};

enum { OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0] };

static const char *kind_title(struct app *app, const char *kind)
{
    for (size_t i = 0; i < OTHER_COUNT; i++)
        if (strcmp(OTHERS[i].kind, kind) == 0)
            return OTHERS[i].title;
    const struct form *form = programmes_form(app, kind);
    return form != NULL ? form->title : "";
}

/** The same kind, as long as the program runs. */
static const char *kind_kept(struct app *app, const char *kind)
{
    for (size_t i = 0; i < OTHER_COUNT; i++)
        if (strcmp(OTHERS[i].kind, kind) == 0)
            return OTHERS[i].kind;
    const struct form *form = programmes_form(app, kind);
    return form != NULL ? form->kind : "";
}

/** The programme was chosen; next the file. */
static void file_chosen(struct app *app, void *arg, const char *path)
{
    const char *kind = arg;
    struct import_screen *import =
        list_screen_new(sizeof *import, &IMPORT_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "heading", "没有读到表格；F6 换文件");

    import->kind = mem_copy(kind);
    import->title = mem_copy(kind_title(app, kind));
    import->path = mem_copy(path);
    import->sheet = mem_copy("");
    import->map_name = mem_copy("");
    import->list.table.style = import_style;
    app_push(app, &import->list.screen);
    read_file(import);
}

enum { MOST = 32 + OTHER_COUNT }; /* forms are refused from the 33rd programme on */

static void add_choice(struct ask_choice *choice, const char **labels, const char **values,
                       const char *label, const char *value)
{
    if (choice->count == MOST)
        return;
    labels[choice->count] = label;
    values[choice->count++] = value;
}

static void ask_kind(struct app *app, const char *title, const char *current, ask_answer answer,
                     void *arg)
{
    const char *labels[MOST];
    const char *values[MOST];
    struct ask_choice choice = {
        .title = title, .labels = labels, .values = values, .current = current, .nine = true};
    const struct form *form;

    add_choice(&choice, labels, values, OTHERS[0].title, OTHERS[0].kind);
    for (size_t i = 0; (form = programmes_at(app, i)) != NULL; i++)
        add_choice(&choice, labels, values, form->title, form->kind);
    for (size_t i = 1; i < OTHER_COUNT; i++) /* last, so that a programme keeps its digit */
        add_choice(&choice, labels, values, OTHERS[i].title, OTHERS[i].kind);
    ask_choice(app, &choice, answer, arg);
}

static void kind_chosen(struct app *app, void *arg, const char *kind)
{
    (void)arg;
    ask_path(app, "要导入的文件（CSV、XLSX）", "", file_chosen,
             (void *)(uintptr_t)kind_kept(app, kind));
}

void import_open_screen(struct app *app)
{
    ask_kind(app, "导入什么台账", "", kind_chosen, NULL);
}

static void kind_changed(struct app *app, void *arg, const char *kind)
{
    struct import_screen *import = arg;

    mem_replace(&import->kind, kind);
    mem_replace(&import->title, kind_title(app, kind));
    fields_free(&import->upload.map); /* another programme has other fields */
    read_file(import);
}

static void import_kind(struct app *app)
{
    struct import_screen *import = import_of(app->top);

    ask_kind(app, "导入什么台账", import->kind, kind_changed, import);
}

// ---- which file, which sheet of it

static void file_changed(struct app *app, void *arg, const char *path)
{
    struct import_screen *import = arg;

    (void)app;
    mem_replace(&import->path, path);
    mem_replace(&import->sheet, "");
    read_file(import);
}

static void import_file(struct app *app)
{
    struct import_screen *import = import_of(app->top);

    ask_path(app, "要导入的文件（CSV、XLSX）", import->path, file_changed, import);
}

static void sheet_chosen(struct app *app, void *arg, const char *sheet)
{
    struct import_screen *import = arg;

    (void)app;
    mem_replace(&import->sheet, sheet);
    read_file(import);
}

static void import_sheet(struct app *app)
{
    struct import_screen *import = import_of(app->top);
    const struct filetable *table = import->upload.table;
    size_t count = table != NULL ? filetable_sheet_count(table) : 0;

    if (count < 2) {
        app_say(app, "这个文件只有一张表，不用换");
        return;
    }
    const char **labels = mem_array(count, sizeof *labels);
    char **values = mem_array(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        labels[i] = filetable_sheet_name(table, i);
        values[i] = mem_printf("%zu", i + 1);
    }
    ask_choice(app,
               &(struct ask_choice){.title = "工作表",
                                    .labels = labels,
                                    .values = (const char *const *)values,
                                    .count = count,
                                    .current = values[filetable_sheet_read(table)],
                                    .numbers = true},
               sheet_chosen, import);
    for (size_t i = 0; i < count; i++)
        free(values[i]);
    free(values);
    free(labels);
}

// ---- what a column is

static void field_chosen(struct app *app, void *arg, const char *field)
{
    struct import_screen *import = arg;
    char *heading = mem_copy(table_text(&import->list.table, "heading"));
    bool skipped = field[0] == '\0';

    (void)app;
    fields_set(&import->upload.map, heading, skipped ? NULL : field);
    fields_set(&import->upload.skip, heading, skipped ? heading : NULL);
    free(heading);
    understand(import);
}

static void import_field(struct app *app)
{
    struct import_screen *import = import_of(app->top);
    const struct sheet *known = import->upload.known;
    const struct table *table = &import->list.table;
    size_t count = known != NULL ? known->row_count : 0;

    if (table_text(table, "heading")[0] == '\0') {
        app_say(app, "这一列没有列名，读不了；请在表格里补上列名");
        return;
    }
    const char **values = mem_array(count + 1, sizeof *values);
    char **labels = mem_array(count + 1, sizeof *labels);
    size_t rows = 0;
    values[rows] = "";
    labels[rows++] = mem_copy(PASS_OVER);
    for (size_t i = 0; i < count; i++) {
        const char *section = sheet_get(known, i, "section");
        if (sheet_get(known, i, "label")[0] == '\0')
            continue;
        values[rows] = sheet_get(known, i, "field");
        labels[rows++] =
            mem_printf("%s%s%s%s", sheet_get(known, i, "label"), section[0] != '\0' ? "（" : "",
                       section, section[0] != '\0' ? "）" : "");
    }
    char *title = mem_printf("列“%s”导入到（可打字查找）", table_text(table, "heading"));
    ask_choice(app,
               &(struct ask_choice){.title = title,
                                    .labels = (const char *const *)labels,
                                    .values = values,
                                    .count = rows,
                                    .current = table_text(table, "field")},
               field_chosen, import);
    for (size_t i = 0; i < rows; i++)
        free(labels[i]);
    free(title);
    free(labels);
    free(values);
}

static void map_named(struct app *app, void *arg, const char *name)
{
    struct import_screen *import = arg;

    mem_replace(&import->map_name, name);
    import->upload.save_map = import->map_name;
    say_caption(import);
    app_say(app, name[0] == '\0' ? "列的对照不留存；要留存再按一次，起个名"
                                 : "试算时留存列的对照，本镇街以后的文件照此认列");
}

static void import_keep_map(struct app *app)
{
    struct import_screen *import = import_of(app->top);

    if (import->upload.map.count + import->upload.skip.count == 0)
        app_say(app, "没有改过哪一列，不用留存；选一列按回车来改");
    else
        ask_text(app, "给列的对照起个名，如 街道花名册", import->map_name, map_named, import);
}

static void import_try(struct app *app)
{
    struct import_screen *import = import_of(app->top);

    if (import->upload.table == NULL)
        app_say(app, "没有读到表格；F6 换文件");
    else if (!import->ready)
        understand(import); /* says what is missing */
    else
        importrun_open(app, import);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"import.try", "试算", "F4 t", "试算：哪些能导入，哪些不能、为什么", "import", import_try},
    {"import.field", "改列", "Enter", "选中的一列导入到哪一项，或不读", NULL, import_field,
     MARKS_ONE},
    {"import.sheet", "工作表", "F3", "换工作簿里的一张表", NULL, import_sheet},
    {"import.kind", "业务", "F5", "换一种台账", NULL, import_kind},
    {"import.file", "文件", "F6", "换一个文件", NULL, import_file},
    {"import.keep", "留对照", "F8", "留存列的对照，本镇街以后的文件照此认列", "import",
     import_keep_map},
};

const struct screen_ops IMPORT_OPS = {
    .title = "导入",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_OWN_F4,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = import_done,
    .actions = {ACTION_TABLE(ACTIONS)},
    .place = "history.open",
};
