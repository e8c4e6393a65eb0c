/* Pages as others read them: pdftotext, pdffonts and pdftoppm of poppler-utils. */
#include "report/pdf.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/text.h"
#include "base/words.h"
#include "report/plan.h"
#include "tests/unit/unit.h"

#include <iconv.h>
#include <locale.h>
#include <unistd.h>

static char *folder;

#define LONG "中兴路与石油大街交叉口东北角旧物资局家属楼A座从西门进去往左第二个门洞三单元六楼东户"

static struct document *document_of(const char *layout, struct sheet *sheet)
{
    struct document *document = document_new(layout, "试印 2026年11月");

    fields_set(&document->facts, "area_name", "胜利街道");
    fields_set(&document->facts, "printed_at", "2026-11-23 14:05");
    document_add_table(document, "rows", &sheet);
    return document;
}

static void add_row(struct sheet *sheet, const char *name, const char *area, const char *address)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "name", name);
    sheet_set(sheet, row, "area", area);
    sheet_set(sheet, row, "area_name", area);
    sheet_set(sheet, row, "address", address);
}

static struct sheet *people(void)
{
    static const char *const ids[] = {"name", "area", "area_name", "address", "sheet_code"};

    return sheet_new_ids(ids, COUNT(ids));
}

static void make(const struct document *document, enum result expected)
{
    struct str bytes = {0};
    char *message = NULL;
    char *path = mem_printf("%s/page.pdf", folder);

    assert_result(pdf_write(document, &bytes, &message), expected);

    assert_int_equal(message != NULL, expected == RESULT_PARTIAL);
    assert_result(outfile_write(path, &bytes), RESULT_OK);
    free(message);
    free(path);
    str_free(&bytes);
}

/** What a program says of the file; its arguments go round the file's name. */
static char *ask(const char *before, const char *after)
{
    char *command = mem_printf("%s '%s/page.pdf' %s", before, folder, after);
    FILE *pipe = popen(command, "r");
    struct str text = {0};
    char block[4096];
    size_t got;

    assert_non_null(pipe);
    while ((got = fread(block, 1, sizeof block, pipe)) > 0)
        str_add_bytes(&text, block, got);
    assert_int_equal(pclose(pipe), 0);
    free(command);
    return str_take(&text);
}

static void need_poppler(void)
{
    if (system("command -v pdftotext >/dev/null") != 0) {
        print_message("poppler-utils is not installed\n");
        skip();
    }
}

/** Without blanks and line breaks, which a page puts where it likes. */
static char *squeeze(const char *text)
{
    struct str str = {0};
    uint32_t code = 0;
    char buffer[TEXT_CHARACTER];

    while (*text != '\0') {
        text += text_next(text, &code);
        if (!text_is_blank(code) && code != '\f')
            str_add_bytes(&str, buffer, (size_t)text_encode(code, buffer));
    }
    return str_take(&str);
}

// ---- rows and pages

/** The number that stands before a place of the text. */
static unsigned long number_before(const char *text, const char *at)
{
    while (at > text && at[-1] == ' ')
        at--;
    while (at > text && at[-1] >= '0' && at[-1] <= '9')
        at--;
    return strtoul(at, NULL, 10);
}

/** However many rows there are, each is on the pages once, in its order. */
static void every_row_is_printed_once(void **state)
{
    static const char *const layouts[] = {"table", "due"};

    (void)state;
    need_poppler();
    for (size_t layout = 0; layout < COUNT(layouts); layout++)
        for (size_t count = 1; count < 60; count += 4 + layout) {
            struct sheet *sheet = people();
            for (size_t i = 0; i < count; i++) {
                char name[NUMBER_TEXT];
                (void)snprintf(name, sizeof name, "R%04zu", i);
                add_row(sheet, name, i < 12 ? "一村" : "二村", i % 5 == 0 ? LONG : "短");
            }
            struct document *document = document_of(layouts[layout], sheet);
            make(document, RESULT_OK);
            char *text = ask("pdftotext -layout", "-");
            size_t found = 0;
            for (const char *at = strstr(text, "R0"); at != NULL; at = strstr(at + 1, "R0")) {
                if (layout == 1) /* by village; its officer types this number */
                    assert_int_equal(number_before(text, at), found < 12 ? found + 1 : found - 11);
                assert_int_equal(strtoul(at + 1, NULL, 10), found++);
            }
            assert_int_equal(found, count);
            free(text);
            document_free(&document);
        }
}

/** A page of its own for each village, with its number among the village's. */
static void every_village_begins_a_page(void **state)
{
    struct sheet *sheet = people();

    (void)state;
    need_poppler();
    for (size_t i = 0; i < 30; i++)
        add_row(sheet, "王桂兰", i < 25 ? "甲村" : "乙村", "胜利街1号");
    struct document *document = document_of("due", sheet);
    make(document, RESULT_OK);
    char *text = ask("pdftotext -layout", "-"), *one = squeeze(text);
    assert_non_null(strstr(one, "第1页共2页"));
    assert_non_null(strstr(one, "第2页共2页"));
    assert_non_null(strstr(one, "第1页共1页"));
    assert_non_null(strstr(one, "总第3/3页"));
    assert_non_null(strstr(one, "甲村本表25人"));
    assert_non_null(strstr(one, "乙村本表5人"));
    free(one);
    free(text);
    document_free(&document);
}

/** An address of a page's length and more goes on on the next page. */
static void nothing_is_cut(void **state)
{
    static const size_t lengths[] = {10, 100, 2000, 6000};

    (void)state;
    need_poppler();
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct sheet *sheet = people();
        struct str address = {0};
        for (size_t n = 0; n < lengths[i]; n++)
            str_printf(&address, "%04zu楼", n);
        add_row(sheet, "欧阳秀英", "甲村", str_text(&address));
        add_row(sheet, "张𬭚", "甲村", "后来的");
        struct document *document = document_of("table", sheet);
        make(document, RESULT_OK);
        char *text = ask("pdftotext", "-"), *seen = squeeze(text);
        for (size_t n = 0; n < lengths[i]; n++) {
            char part[NUMBER_TEXT];
            (void)snprintf(part, sizeof part, "%04zu", n);
            if (strstr(seen, part) == NULL)
                fail_msg("%zu of %zu is lost", n, lengths[i]);
        }
        assert_non_null(strstr(seen, "后来的"));
        free(seen);
        free(text);
        str_free(&address);
        document_free(&document);
    }
}

/** Every layout copes with a document that has nothing of what it shows. */
static void every_layout_copes_with_nothing(void **state)
{
    const struct plan *plan = NULL;

    (void)state;
    for (size_t i = 0; (plan = plan_at(i)) != NULL; i++) {
        struct document *document = document_new(plan->id, plan->words);
        make(document, RESULT_OK);
        document_free(&document);
        document = document_of(plan->id, people());
        make(document, RESULT_OK);
        document_free(&document);
    }
}

// ---- characters

/** Adds what is not ASCII, each character in a cell of its own. */
struct characters {
    struct sheet *sheet;
    size_t row, column, count;
};

enum { COLUMNS = 24 };

static void add_character(struct characters *characters, uint32_t code)
{
    char text[TEXT_CHARACTER + 1] = "", id[8];

    text[text_encode(code, text)] = '\0';
    if (text_is_blank(code))
        return;
    if (characters->column == 0)
        characters->row = sheet_add_row(characters->sheet);
    (void)snprintf(id, sizeof id, "c%zu", characters->column);
    sheet_set(characters->sheet, characters->row, id, text);
    characters->column = (characters->column + 1) % COLUMNS;
    characters->count++;
}

static struct characters characters_new(void)
{
    char names[COLUMNS][8];
    const char *ids[COLUMNS];

    for (size_t i = 0; i < COLUMNS; i++) {
        (void)snprintf(names[i], sizeof names[i], "c%zu", i);
        ids[i] = names[i];
    }
    return (struct characters){.sheet = sheet_new_ids(ids, COLUMNS)};
}

static void add_gb2312(struct characters *characters)
{
    iconv_t converter = iconv_open("UTF-8", "GB2312");

    assert_true(converter != (iconv_t)-1);
    for (int high = 0xa1; high <= 0xf7; high++)
        for (int low = 0xa1; low <= 0xfe; low++) {
            char from[2] = {(char)high, (char)low}, to[8] = "";
            char *in = from, *out = to;
            size_t left = sizeof from, room = sizeof to - 1;
            uint32_t code = 0;
            if (iconv(converter, &in, &left, &out, &room) == (size_t)-1)
                continue;
            (void)text_next(to, &code);
            add_character(characters, code);
        }
    iconv_close(converter);
}

/** Those of a source: the demonstration's names stand in it. */
static void add_source(struct characters *characters, const char *name)
{
    char *path = mem_printf("%s/src/service/demo/%s", getenv("srcdir"), name);
    FILE *file = fopen(path, "r");
    char line[4096];

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        for (const char *at = line; *at != '\0';) {
            uint32_t code = 0;
            at += text_next(at, &code);
            if (code >= 0x3400)
                add_character(characters, code);
        }
    (void)fclose(file);
    free(path);
}

/** The dark points of the box in a page's picture (binary PGM). */
static bool is_drawn(const struct str *picture, const double box[4], double scale)
{
    int width = 0, height = 0, begin = 0;

    assert_int_equal(sscanf(picture->text, "P5 %d %d 255%n", &width, &height, &begin), 2);
    for (int y = (int)(box[1] * scale); y < (int)(box[3] * scale) && y < height; y++)
        for (int x = (int)(box[0] * scale); x < (int)(box[2] * scale) && x < width; x++)
            if ((unsigned char)picture->text[begin + 1 + y * width + x] < 200)
                return true;
    return false;
}

static void read_picture(int page, struct str *picture)
{
    enum { RESOLUTION = 150 };
    char *before = mem_printf("pdftoppm -gray -singlefile -r %d -f %d", RESOLUTION, page);
    char *file = mem_printf("'%s/page' && cat '%s/page.pgm'", folder, folder);
    char *command = mem_printf("%s '%s/page.pdf' %s", before, folder, file);
    FILE *pipe = popen(command, "r");
    char block[65536];
    size_t got;

    str_clear(picture);
    while ((got = fread(block, 1, sizeof block, pipe)) > 0)
        str_add_bytes(picture, block, got);
    assert_int_equal(pclose(pipe), 0);
    free(command);
    free(file);
    free(before);
}

/** Counts the characters that a page's text has and its picture, too. */
static size_t count_drawn(char *boxes)
{
    struct str picture = {0};
    size_t drawn = 0;
    int page = 0;

    for (char *line = strtok(boxes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        double box[4];
        char word[64] = "";
        if (strstr(line, "<page ") != NULL)
            read_picture(++page, &picture);
        if (sscanf(line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%63[^<]",
                   &box[0], &box[1], &box[2], &box[3], word) != 5)
            continue;
        if (!is_drawn(&picture, box, 150.0 / 72))
            fail_msg("%s is in the text and not on the page", word);
        drawn += text_length(word) == 1 ? 1 : 0;
    }
    str_free(&picture);
    return drawn;
}

/** All of GB2312, the demonstration's names and rare ones: a glyph for each, embedded, in the text
 *  and on the page. Of a Noto font cairo would lose 如. */
static void every_character_is_drawn(void **state)
{
    static const uint32_t rare[] = {0x2cb5a, 0x4dae, 0x20bb7, 0x5982, 0x9fd4, 0x3b4e};
    struct characters characters = characters_new();

    (void)state;
    need_poppler();
    add_gb2312(&characters);
    add_source(&characters, "demo_person.c");
    add_source(&characters, "demo.c");
    for (size_t i = 0; i < COUNT(rare); i++)
        add_character(&characters, rare[i]);
    assert_true(characters.count > 7400);
    struct document *document = document_of("table", characters.sheet);
    make(document, RESULT_OK);
    char *boxes = ask("pdftotext -bbox", "-");
    size_t drawn = count_drawn(boxes);
    if (drawn < characters.count)
        fail_msg("%zu of %zu characters", drawn, characters.count);
    free(boxes);
    document_free(&document);
}

static void fonts_are_embedded_and_subset(void **state)
{
    struct sheet *sheet = people();

    (void)state;
    need_poppler();
    add_row(sheet, "司马相如", "甲村", "𬭚 䶮 𠮷 abc 123");
    struct document *document = document_of("due", sheet);
    make(document, RESULT_OK);
    char *fonts = ask("pdffonts", "| tail -n +3");
    size_t count = 0;
    for (char *line = strtok(fonts, "\n"); line != NULL; line = strtok(NULL, "\n"), count++) {
        assert_int_equal(line[6], '+'); /* a subset */
        assert_true(strstr(line, "WenQuanYiZenHei") != NULL || strstr(line, "HanaMin") != NULL);
        assert_non_null(strstr(line, " yes yes yes "));
    }
    assert_true(count >= 2);
    free(fonts);
    document_free(&document);
}

/** A character that no font has is named, and the list is printed all the same. */
static void a_missing_glyph_is_named(void **state)
{
    struct sheet *sheet = people();
    struct str bytes = {0};
    char *message = NULL;

    (void)state;
    add_row(sheet, "王\xee\x80\x80", "甲村", ""); /* U+E000 */
    struct document *document = document_of("table", sheet);
    assert_result(pdf_write(document, &bytes, &message), RESULT_PARTIAL);
    assert_non_null(strstr(message, "U+E000"));
    assert_true(bytes.length > 0);
    free(message);
    str_free(&bytes);
    document_free(&document);
}

static void equal_documents_are_equal_files(void **state)
{
    struct str bytes[2] = {{0}, {0}};
    char *message = NULL;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct sheet *sheet = people();
        for (size_t row = 0; row < 40; row++)
            add_row(sheet, "阿依古丽·买买提", "甲村", "胜利街1号");
        sheet_set(sheet, 0, "sheet_code", "2611-AB12-C");
        struct document *document = document_of("due", sheet);
        assert_result(pdf_write(document, &bytes[i], &message), RESULT_OK);
        document_free(&document);
        sleep(i == 0 ? 1 : 0); /* the clock goes on meanwhile */
    }
    assert_int_equal(bytes[0].length, bytes[1].length);
    assert_memory_equal(bytes[0].text, bytes[1].text, bytes[0].length);
    str_free(&bytes[0]);
    str_free(&bytes[1]);
}

/** The sheet's code stands in the picture, where a scanner reads it. */
static void the_code_is_read_back(void **state)
{
    struct sheet *sheet = people();

    (void)state;
    need_poppler();
    if (system("command -v zbarimg >/dev/null") != 0) {
        print_message("zbar-tools is not installed\n");
        skip();
    }
    add_row(sheet, "王桂兰", "甲村", "胜利街1号");
    sheet_set(sheet, 0, "sheet_code", "2611-AB12-C");
    struct document *document = document_of("due", sheet);
    make(document, RESULT_OK);
    char *picture = mem_printf("'%s/code' && zbarimg -q '%s/code.pgm'", folder, folder);
    char *read = ask("pdftoppm -gray -singlefile -r 150", picture);
    assert_non_null(strstr(read, "QR-Code:2611-AB12-C\n"));
    free(read);
    free(picture);
    document_free(&document);
}

static int open_folder(void **state)
{
    (void)state;
    folder = unit_folder("pdf");
    return 0;
}

static int remove_folder(void **state)
{
    char *command = mem_printf("rm -rf '%s'", folder);
    int status = system(command);

    (void)state;
    free(command);
    free(folder);
    return status;
}

/* Pango's threads may still hold the configuration of the fonts when a document is done: what
 * fontconfig took is not counted. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_printed_once),
        cmocka_unit_test(every_village_begins_a_page),
        cmocka_unit_test(nothing_is_cut),
        cmocka_unit_test(every_layout_copes_with_nothing),
        cmocka_unit_test(every_character_is_drawn),
        cmocka_unit_test(fonts_are_embedded_and_subset),
        cmocka_unit_test(a_missing_glyph_is_named),
        cmocka_unit_test(equal_documents_are_equal_files),
        cmocka_unit_test(the_code_is_read_back),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, open_folder, remove_folder);
}
