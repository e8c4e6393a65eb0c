#include "tui/screens/paper.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/pick.h"
#include "tui/screens/batchgrid.h"
#include "tui/screens/paperrow.h"
#include "tui/screens/visit.h"

#include <stdlib.h>
#include <string.h>

struct paper_screen {
    struct batch_screen batch;
    char *area_name, *printed; /* … by whom and when */
    bool closed;               /* the month */
    size_t counted;            /* rows with a date, as counted by the officer; 0 = not yet */
};

static struct paper_screen *paper_of(struct screen *screen)
{
    return (struct paper_screen *)screen;
}

// ---- the rows

static enum result read_sheet(struct app *app, const char *code, struct sheet **ret_sheet)
{
    Wire__SheetRead read = WIRE__SHEET_READ__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    read.sheet = (char *)code;
    request.what_case = WIRE__REQUEST__WHAT_SHEET_READ;
    request.sheet_read = &read;
    return app_call_sheet(app, &request, ret_sheet);
}

static void take_facts(struct paper_screen *paper, const struct sheet *sheet)
{
    mem_replace(&paper->batch.rows.code, sheet_get(sheet, 0, "sheet_code"));
    mem_replace(&paper->area_name, sheet_get(sheet, 0, "area_name"));
    free(paper->printed);
    paper->printed =
        mem_printf("%.16s %s 打印", sheet_get(sheet, 0, "made_at"), sheet_get(sheet, 0, "made_by"));
    paper->closed = sheet->basis != NULL;
}

/** Of rows that are there already only what has become of them. */
static void take_rows(struct paper_screen *paper, const struct sheet *sheet)
{
    struct batch_rows *rows = &paper->batch.rows;

    for (size_t i = 0; i < sheet->row_count; i++) {
        if (i >= rows->count)
            (void)batchrows_add(rows, sheet, i);
        paperrow_take(&rows->items[i], sheet, i);
    }
}

/** Goes to the first row that can be entered, from the cursor's on. */
static bool go_to_open(struct paper_screen *paper, size_t from)
{
    struct batch_screen *batch = &paper->batch;

    for (size_t i = from; i < batch->rows.count; i++)
        if (!batchrow_is_shut(&batch->rows.items[i])) {
            list_select(&batch->list, i);
            return true;
        }
    return false;
}

/** Asks what has become of the rows (another officer may have entered some), and at opening for the
 *  draft. */
static void paper_refresh(struct screen *screen)
{
    struct paper_screen *paper = paper_of(screen);
    struct sheet *sheet = NULL;
    char *at = NULL;
    char *draft;

    if (paper->batch.draft_asked) {
        if (read_sheet(screen->app, paper->batch.rows.code, &sheet) == 0)
            take_rows(paper, sheet);
        sheet_free(&sheet);
        return;
    }
    draft = batchgrid_draft(&paper->batch, &at);
    if (draft != NULL)
        batchgrid_take_draft(screen->app, &paper->batch);
    (void)go_to_open(paper, 0);
    free(draft);
    free(at);
}

static void paint_head(const struct batch_screen *batch, struct canvas *canvas)
{
    enum { WIDE = 110 };
    const struct paper_screen *paper = (const struct paper_screen *)batch;
    size_t entered = paperrow_entered(&batch->rows);
    char month[MONTH_WORDS];
    int x = 1;

    x += draw_format(canvas, 0, x, STYLE_PLAIN, "%s %s %s%s", batch->rows.code, paper->area_name,
                     app_month_words(batch->screen.app, month), paper->closed ? " 已月结" : "");
    x += draw_format(canvas, 0, x, STYLE_STRONG, "  纸上 %zu 人，已录 %zu，空 %zu",
                     batch->rows.count, entered, batch->rows.count - entered);
    if (canvas->columns >= WIDE)
        (void)draw_format(canvas, 0, x, STYLE_PLAIN, "  %s", paper->printed);
}

static enum batch_jump paper_jump(struct batch_screen *batch, char **text)
{
    struct app *app = batch->screen.app;
    enum batch_jump jump = paperrow_jump(batch, text);
    const struct batch_row *row = batchgrid_row(batch);

    if (jump == BATCH_JUMP_FAILED || row == NULL || !batchrow_is_shut(row))
        return jump;
    app_warn(app, "第 %u 行 %s 不再录入：%s", row->number, row->name,
             row->outcome != NULL ? row->outcome : row->remark);
    return BATCH_JUMP_ROW;
}

static const struct batch_kind KIND = {
    .draft = PAPER_DRAFT,
    .hint = "打几号，回车；没去的直接回车。跳到别的行：序号或首字母，空格，几号，如 17 23",
    .paint_head = paint_head,
    .jump = paper_jump,
};

static void paper_done(struct screen *screen)
{
    struct paper_screen *paper = paper_of(screen);

    free(paper->area_name);
    free(paper->printed);
    batchgrid_done(screen);
}

// ---- opening

static void take_code(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    paper_open(app, answer);
}

static void ask_code(struct app *app, const char *typed)
{
    ask_text(app, "表号（印在表头；打字或扫码，回车）", typed, take_code, NULL);
}

void paper_ask(struct app *app)
{
    ask_code(app, "");
}

void paper_open(struct app *app, const char *code)
{
    struct paper_screen *paper;
    struct sheet *sheet = NULL;

    if (read_sheet(app, code, &sheet) != 0) {
        ask_code(app, code);
        return;
    }
    paper = batchgrid_new(sizeof *paper, &PAPER_OPS, &KIND);
    take_facts(paper, sheet);
    take_rows(paper, sheet);
    list_reset(&paper->batch.list, paper->batch.rows.count);
    app_push(app, &paper->batch.screen);
    app_set_month(app, &paper->batch.screen, sheet_get(sheet, 0, "month"));
    sheet_free(&sheet);
}

// ---- handlers

/** To the next row that can be entered; a row without a day stays empty, as on paper. A row that was
 *  only named waits for its day. */
static void paper_enter(struct app *app)
{
    struct paper_screen *paper = paper_of(app->top);
    long before = list_row(&paper->batch.list);

    if (!batchgrid_end_edit(&paper->batch))
        return;
    long row = list_row(&paper->batch.list);
    paper->batch.column = CELL_DATE;
    if (row < 0 || (row != before && paper->batch.rows.items[row].cells[CELL_DATE][0] == '\0'))
        return;
    if (!go_to_open(paper, (size_t)row + 1))
        app_say(app, "到末行了：核对已录和空的人数，F2 提交");
}

/** The cursor's row, once what is typed is in it; NULL if it cannot be entered. */
static struct batch_row *open_row(struct app *app)
{
    struct paper_screen *paper = paper_of(app->top);
    struct batch_row *row = batchgrid_end_edit(&paper->batch) ? batchgrid_row(&paper->batch) : NULL;

    return row == NULL || batchrow_is_shut(row) ? NULL : row;
}

static void choose(struct app *app, struct paper_screen *paper, enum cell cell, const char *answer)
{
    struct batch_row *row = batchgrid_row(&paper->batch);

    if (row == NULL)
        return;
    mem_replace(&row->cells[cell], answer);
    batchgrid_fill(app, row, "");
    if (row->cells[CELL_DATE][0] == '\0')
        app_say(app, "%s：再打几号，回车", row->name);
}

static void choose_mode(struct app *app, void *arg, const char *answer)
{
    choose(app, arg, CELL_MODE, answer);
}

static void choose_result(struct app *app, void *arg, const char *answer)
{
    choose(app, arg, CELL_RESULT, answer);
}

static void pick_cell(struct app *app, enum cell cell, ask_answer answer)
{
    struct batch_row *row = open_row(app);
    const struct form_field *field = row == NULL ? NULL : batchview_field(app, row, cell);
    const char *start = row == NULL ? "" : row->cells[cell];

    /* The key says that nobody was met: 回车 alone must not leave a success. */
    if (cell == CELL_RESULT && strcmp(start, VISIT_SUCCESS) == 0)
        start = VISIT_UNMET;
    if (field != NULL)
        (void)pick_open(app, batchview_form(app, row), field, start, answer, app->top);
}

static void paper_mode(struct app *app)
{
    pick_cell(app, CELL_MODE, choose_mode);
}

static void paper_result(struct app *app)
{
    pick_cell(app, CELL_RESULT, choose_result);
}

/** What a visit found goes into its whole form, which files the row at once. */
static void paper_finding(struct app *app)
{
    struct paper_screen *paper = paper_of(app->top);
    const struct batch_row *row = open_row(app);
    char *case_id;

    if (row == NULL)
        return;
    if (row->cells[CELL_DATE][0] == '\0') {
        app_warn(app, "%s：先打几号，再按 F5", row->name);
        return;
    }
    case_id = mem_printf("%llu", (unsigned long long)row->case_id);
    visit_open(app, &(struct visit_of){.case_id = case_id,
                                       .kind = row->kind,
                                       .name = row->name,
                                       .by = row->cells[CELL_BY],
                                       .date = row->cells[CELL_DATE],
                                       .mode = row->cells[CELL_MODE],
                                       .result = row->cells[CELL_RESULT],
                                       .sheet = paper->batch.rows.code,
                                       .sheet_row = row->number});
    free(case_id);
}

// ---- filing

static void take_count(struct app *app, void *arg, const char *answer)
{
    struct paper_screen *paper = arg;
    size_t entered = paperrow_entered(&paper->batch.rows);
    int64_t counted = 0;

    if (text_to_int(answer, 0, (int64_t)paper->batch.rows.count, &counted) != 0) {
        app_warn(app, "请数纸上填了日期的行，打人数");
        return;
    }
    if ((size_t)counted != entered) {
        app_warn(app, "没有提交：纸上数出 %zu 人，录入 %zu 人，%s %zu 人；请逐行核对再按 F2",
                 (size_t)counted, entered, (size_t)counted > entered ? "少录" : "多录",
                 (size_t)counted > entered ? (size_t)counted - entered : entered - (size_t)counted);
        return;
    }
    paper->counted = entered;
    batchgrid_file(app, &paper->batch, false);
}

/** Goes to a row that has something but no day. */
static bool misses_day(struct app *app, struct paper_screen *paper)
{
    const struct batch_rows *rows = &paper->batch.rows;

    for (size_t i = 0; i < rows->count; i++) {
        const struct batch_row *row = &rows->items[i];
        if (batchrow_is_shut(row) || row->cells[CELL_DATE][0] != '\0' || !batchrow_filled(row))
            continue;
        list_select(&paper->batch.list, i);
        app_warn(app, "第 %u 行 %s 没有打几号；没去的按 F6 清除", row->number, row->name);
        return true;
    }
    return false;
}

static void paper_submit(struct app *app)
{
    struct paper_screen *paper = paper_of(app->top);
    size_t entered;

    if (!batchgrid_end_edit(&paper->batch) || misses_day(app, paper))
        return;
    entered = paperrow_entered(&paper->batch.rows);
    if (batchrows_dated(&paper->batch.rows) == 0)
        app_say(app, "没有要提交的行；先打几号");
    else if (paper->counted == entered) /* as when it was counted */
        batchgrid_file(app, &paper->batch, false);
    else
        ask_text(app, "纸上填了日期的有几人？数一数再打", "", take_count, paper);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"paper.file", "提交", "F2", "对过人数，提交打了几号的行", NULL, paper_submit, .records = true},
    {"paper.result", "未见到", "F3", "这一行没见到人：未遇、拒访、联系不上", NULL, paper_result},
    {"paper.mode", "方式", "F4", "这一行不是上门：电话、视频、远程", NULL, paper_mode},
    {"paper.finding", "发现", "F5", "这一行有发现：打开登记表填写", NULL, paper_finding},
    {"paper.clear", "清除", "F6 Del", "清除这一行", NULL, batchgrid_clear},
    {"paper.enter", "下一行", "Enter", "到下一行；没打几号的行空着", NULL, paper_enter},
    {"paper.down", "下", "Down", "下一行", NULL, batchgrid_down},
    {"paper.up", "上", "Up", "上一行", NULL, batchgrid_up},
    {"paper.right", "右", "Right Tab", "下一格", NULL, batchgrid_right},
    {"paper.left", "左", "Left BackTab", "上一格", NULL, batchgrid_left},
    {"paper.pgdn", "下页", "PgDn", "下一页", NULL, batchgrid_page_down},
    {"paper.pgup", "上页", "PgUp", "上一页", NULL, batchgrid_page_up},
    {"paper.cancel", "返回", "Esc F10", "返回，可存草稿", NULL, batchgrid_cancel},
};

const struct screen_ops PAPER_OPS = {
    .title = "照表录入",
    .is = SCREEN_TYPED,
    .refresh = paper_refresh,
    .paint = batchgrid_paint,
    .key = batchgrid_key,
    .list = batchgrid_list,
    .save = batchgrid_save,
    .done = paper_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
