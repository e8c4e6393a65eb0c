#include "form/workdays.h"

#include "base/str.h"
#include "base/text.h"
#include "form/loader.h"
#include "form/overlay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The days of the file; owned by the catalogue. */
struct workdays {
    size_t count, capacity;
    struct form_workday *items;
};

/** The file while it is read. */
struct reading {
    struct forms *forms;
    const char *path;
    size_t line;
};

static __attribute__((format(printf, 2, 3))) enum result refuse(const struct reading *reading,
                                                                const char *format, ...)
{
    struct str text = {0};
    va_list args;

    str_printf(&text, "%s:%zu：", reading->path, reading->line);
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    free(reading->forms->error);
    reading->forms->error = str_take(&text);
    return RESULT_INVALID;
}

/** Adds the day of a line after the heading; `cells` are its three cells. */
static enum result add_day(const struct reading *reading, char *const cells[3])
{
    enum { FRIDAY = 5 };
    struct workdays *days = reading->forms->workdays;
    struct form_workday day = {.worked = strcmp(cells[1], "班") == 0};

    if (date_parse(cells[0], &day.day) != 0)
        return refuse(reading, "日期 %s 不对，应如 2026-10-01", cells[0]);
    if (!day.worked && strcmp(cells[1], "休") != 0)
        return refuse(reading, "%s 应是 休 或 班", cells[1]);
    if (day.worked && date_weekday(day.day) <= FRIDAY)
        return refuse(reading, "%s 不是周末，本来就上班，请核对日期", cells[0]);
    if (*cells[2] == '\0' || text_has_control(cells[2]))
        return refuse(reading, "没有节日名称");
    if (days->count > 0 && day.day <= days->items[days->count - 1].day)
        return refuse(reading, "日期 %s 应在上一行之后，请按日期排列，一天一行", cells[0]);
    day.name = loader_text(reading->forms, "%s", cells[2]);
    days->items =
        loader_grow(reading->forms, days->items, days->count, &days->capacity, sizeof *days->items);
    days->items[days->count++] = day;
    return RESULT_OK;
}

/** Cuts a line into three cells in place; false if it has more or fewer. */
static bool cut(char *line, char *cells[3])
{
    cells[0] = line;
    for (size_t i = 1; i < 3; i++) {
        char *comma = strchr(cells[i - 1], ',');
        if (comma == NULL)
            return false;
        *comma = '\0';
        cells[i] = comma + 1;
    }
    return strchr(cells[2], ',') == NULL;
}

static enum result read_line(const struct reading *reading, char *line)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* spreadsheets put it before the first line */
    char *cells[3];

    line[strcspn(line, "\r\n")] = '\0';
    if (reading->line == 1 && strncmp(line, mark, sizeof mark - 1) == 0)
        line += sizeof mark - 1;
    if (reading->line == 1)
        return strcmp(line, "date,kind,name") == 0 ? RESULT_OK
                                                   : refuse(reading, "第一行应是 date,kind,name");
    if (*line == '\0')
        return RESULT_OK;
    return cut(line, cells) ? add_day(reading, cells)
                            : refuse(reading, "一行应有三格：日期,休或班,名称");
}

enum result workdays_load(struct forms *forms, const struct overlay *overlay)
{
    char *path = overlay_path(overlay, WORKDAYS_FILE);
    struct reading reading = {.forms = forms, .path = path};
    FILE *file = fopen(path, "re");
    enum result result = RESULT_OK;
    char *line = NULL;
    size_t capacity = 0;

    forms->workdays = loader_array(forms, 1, sizeof *forms->workdays);
    if (file == NULL && errno != ENOENT)
        result = refuse(&reading, "打不开：%s", strerror(errno));
    while (file != NULL && result == 0 && getline(&line, &capacity, file) > 0) {
        reading.line++;
        result = read_line(&reading, line);
    }
    if (file != NULL && result == 0 && ferror(file) != 0)
        result = refuse(&reading, "读不出来：%s", strerror(errno));
    struct workdays *days = forms->workdays;
    days->items = loader_final(forms, days->items, days->count, sizeof *days->items);
    free(line);
    if (file != NULL)
        (void)fclose(file);
    free(path);
    return result;
}

const struct form_workday *forms_workday(const struct forms *forms, size_t index)
{
    return index < forms->workdays->count ? &forms->workdays->items[index] : NULL;
}
