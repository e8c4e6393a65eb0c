/**
 * What a terminal keeps, counted in bytes of the heap: many terminals run on one machine. Whatever
 * grows is grown on purpose, and its bound here with it.
 */
#include "base/columns.h"
#include "base/mem.h"
#include "base/paths.h"
#include "form/form.h"
#include "unit.h"
#include "wire/convert.h"

#include <glob.h>
#include <malloc.h>
#include <sys/stat.h>

enum { PAGE = 150, PAGES = 6 };

/* A row as real lists have them; columns of the due list without a text here are empty. */
static const struct {
    const char *column, *text;
} TYPICAL[] = {
    {"case_no", "2111020022026LR00027"},
    {"area", "211102002005"},
    {"area_name", "旌旗社区"},
    {"name", "欧阳秀英"},
    {"id_no", "2111**********7209"},
    {"age", "78"},
    {"kind", "tanfang"},
    {"categories", "独居;失能"},
    {"tier", "高"},
    {"need", "4"},
    {"done", "1"},
    {"last_visit", "2026-11-02"},
    {"due_on", "2026-11-09"},
    {"status", "overdue"},
    {"officer", "刘洋"},
    {"phone", "13562825304"},
    {"address", "旌旗社区39号楼1单元102"},
    {"case_id", "128"},
    {"person_id", "131"},
    {"kind_name", "探访"},
    {"words", "逾期 14 天"},
    {"type", "visit"},
};

static size_t heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

/** Sanitizers and valgrind have an allocator of their own, which counts nothing here. */
static void need_counts(void)
{
    size_t before = heap_bytes();
    char *some = mem_new(4000);
    size_t taken = heap_bytes() - before;

    free(some);
    if (taken < 4000 || taken > 5000)
        skip();
}

/** A page of the due list as it comes; *ret_texts: bytes of its texts and their ends. */
static Wire__Sheet *page_new(size_t *ret_texts)
{
    struct sheet *sheet = column_sheet(&COLUMNS_DUE);

    *ret_texts = 0;
    for (size_t row = 0; row < PAGE; row++) {
        (void)sheet_add_row(sheet);
        for (size_t i = 0; i < COUNT(TYPICAL); i++) {
            sheet_set(sheet, row, TYPICAL[i].column, TYPICAL[i].text);
            *ret_texts += strlen(TYPICAL[i].text);
        }
        *ret_texts += sheet->column_count;
    }
    return wire_sheet_take(&sheet);
}

static void a_list_takes_little_more_than_its_texts(void **state)
{
    enum { BESIDE = 64 }; /* bytes a row: where each of its columns begins */
    size_t texts = 0;
    size_t before = 0;
    Wire__Sheet *page = NULL;
    struct sheet *all = NULL;

    (void)state;
    need_counts();
    page = page_new(&texts);
    before = heap_bytes();
    all = wire_sheet_read(page);
    for (int i = 1; i < PAGES; i++) {
        struct sheet *next = wire_sheet_read(page);
        sheet_append(all, &next);
    }
    assert_int_equal(all->row_count, PAGE * PAGES);
    assert_in_range(heap_bytes() - before, texts * PAGES, (texts + BESIDE * PAGE) * PAGES);
    sheet_free(&all);
    wire_sheet_free(&page);
}

/** Bytes of the files of a pattern below `folder`. */
static size_t file_bytes(const char *folder, const char *pattern)
{
    char *path = paths_join(folder, pattern);
    size_t bytes = 0;
    glob_t found;

    assert_int_equal(glob(path, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct stat status;
        assert_int_equal(stat(found.gl_pathv[i], &status), 0);
        bytes += (size_t)status.st_size;
    }
    globfree(&found);
    free(path);
    return bytes;
}

/** What malloc keeps of what was freed is in it. */
static void a_catalogue_is_no_larger_than_its_files_make_it(void **state)
{
    enum { TIMES = 8 };
    char *folder = NULL;
    struct forms *forms = NULL;
    char *error = NULL;
    size_t bytes = 0;
    size_t before = 0;

    (void)state;
    need_counts();
    folder = paths_data("forms");
    bytes = file_bytes(folder, "*.yaml") + file_bytes(folder, "blocks/*.yaml");
    before = heap_bytes();
    assert_result(forms_load(folder, &forms, &error), RESULT_OK);
    assert_in_range(heap_bytes() - before, bytes, TIMES * bytes);
    forms_free(&forms);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_takes_little_more_than_its_texts),
        cmocka_unit_test(a_catalogue_is_no_larger_than_its_files_make_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
