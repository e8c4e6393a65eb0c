#include "ingest_fixture.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "bundle/extract.h"
#include "bundle/ingest.h"
#include "service/demo/demo.h"
#include "service/ledger/visit.h"
#include "service/memory/state.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- homes

void ingest_street(struct office *office, const char *area, unsigned cases, uint64_t seed,
                   const char *today)
{
    struct demo_input input = {.cases = cases, .months = 3, .seed = seed, .area = area};
    struct sheet *officers = NULL;

    office_make_of(office, area, "", today, "2026-09");
    assert_ok(demo_fill(office->service, &office->system, &input, &officers, &office->reply));
    sheet_free(&officers);
}

struct chosen {
    size_t count, first, step;
    uint64_t *ids;
    size_t id_count, capacity;
};

static enum result choose(const Rec__Case *record, void *arg)
{
    struct chosen *chosen = arg;

    if (strcmp(record->state, CASE_ACTIVE) != 0 || strcmp(record->kind, "tanfang") != 0 ||
        chosen->count++ % chosen->step != chosen->first)
        return RESULT_OK;
    mem_grow((void **)&chosen->ids, chosen->id_count, &chosen->capacity, sizeof *chosen->ids);
    chosen->ids[chosen->id_count++] = record->id;
    return RESULT_OK;
}

static enum result choose_cases(struct txn *txn, void *arg)
{
    return store_case_scan(txn, 0, choose, arg);
}

void ingest_visit_on(struct office *office, const char *date, size_t first, size_t step)
{
    struct chosen chosen = {.first = first, .step = step};

    assert_ok(store_run(facts_store(office->service), STORE_READ, choose_cases, &chosen));
    assert_true(chosen.id_count > 0);
    for (size_t i = 0; i < chosen.id_count; i++) {
        struct visit_input input = {.case_id = chosen.ids[i],
                                    .date = date,
                                    .mode = "上门",
                                    .result = "成功",
                                    .by = "刘洋",
                                    .confirm = true,
                                    .replaces = "",
                                    .batch = ""};
        (void)visit_add(office->service, &office->system, &input, &office->reply);
        reply_free(&office->reply);
    }
    free(chosen.ids);
}

void ingest_visit(struct office *office, size_t first, size_t step)
{
    char today[DATE_TEXT];

    date_format(service_today(office->service), today);
    ingest_visit_on(office, today, first, step);
}

static char *export(struct office *office, const char *folder, bool full)
{
    struct bundle_order order = {.directory = folder,
                                 .data_at = facts_now(office->service),
                                 .test_date = true,
                                 .served = office->home.path,
                                 .full = full};
    struct bundle_written written = {0};
    char *message = NULL;

    if (bundle_write(office->service, &order, &written, &message) != 0)
        fail_msg("%s", message);
    char *path = mem_copy(written.path);
    bundle_written_free(&written);
    return path;
}

char *ingest_export(struct office *office, const char *folder)
{
    return export(office, folder, true);
}

char *ingest_export_delta(struct office *office, const char *folder)
{
    return export(office, folder, false);
}

struct receipt *ingest_take(struct office *receiver, const char *path)
{
    char *scratch = mem_printf("%s/in-XXXXXX", receiver->home.root);
    struct receipt *receipt = NULL;
    const char *slash = strrchr(path, '/');

    assert_non_null(mkdtemp(scratch));
    struct ingest_order order = {.path = path, .name = slash + 1, .scratch = scratch};
    reply_free(&receiver->reply);
    enum result result =
        ingest_bundle(receiver->service, &receiver->system, &order, &receipt, &receiver->reply);
    if (result != 0)
        fail_msg("%s: %s %s", path, result_name(result),
                 receiver->reply.message != NULL ? receiver->reply.message : "");
    remove_tree(scratch);
    free(scratch);
    return receipt;
}

// ---- figures

struct lines {
    size_t count, capacity;
    char **items;
};

static enum result take_line(const char *const *cells, void *arg)
{
    enum { COLUMNS = 18, FIRST = 4, LAST = 12 };
    struct lines *lines = arg;
    struct str text = {0};
    bool any = false;

    for (size_t i = 0; i < COLUMNS; i++) {
        str_printf(&text, "%s%s", i > 0 ? "," : "", cells[i]);
        any |= i >= FIRST && i <= LAST && strcmp(cells[i], "0") != 0;
    }
    if (any) {
        mem_grow((void **)&lines->items, lines->count, &lines->capacity, sizeof *lines->items);
        lines->items[lines->count++] = str_take(&text);
    }
    str_free(&text);
    return RESULT_OK;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *ingest_figures(struct office *const *offices, size_t count)
{
    const struct extract_file *file = NULL;
    struct lines lines = {0};
    struct str text = {0};

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++)
        if (strcmp(file->name, "compliance.csv") == 0)
            break;
    for (size_t i = 0; i < count; i++)
        assert_ok(file->rows(offices[i]->service, file, take_line, &lines));
    assert_true(lines.count > 0);
    qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    for (size_t i = 0; i < lines.count; i++) {
        str_printf(&text, "%s\n", lines.items[i]);
        free(lines.items[i]);
    }
    free(lines.items);
    return str_take(&text);
}

// ---- bundles with faults

void members_read(struct members *members, const char *path)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;

    *members = (struct members){0};
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    assert_int_equal(archive_read_open_filename(archive, path, 1 << 16), ARCHIVE_OK);
    while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
        struct member *member = &members->items[members->count++];
        size_t size = (size_t)archive_entry_size(entry);
        member->name = mem_copy(archive_entry_pathname(entry));
        member->text = mem_array(size + 1, 1);
        member->length = size;
        assert_int_equal(archive_read_data(archive, member->text, size), size);
    }
    archive_read_free(archive);
}

struct member *members_find(struct members *members, const char *name)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->items[i].name, name) == 0)
            return &members->items[i];
    fail_msg("no member %s", name);
    return NULL;
}

static void replace_text(struct member *member, const char *at, size_t length, const char *new)
{
    struct str text = {0};

    str_add_bytes(&text, member->text, (size_t)(at - member->text));
    str_add(&text, new);
    str_add(&text, at + length);
    free(member->text);
    member->length = text.length;
    member->text = str_take(&text);
}

static void hash_text(const struct member *member, char text[DIGEST_TEXT])
{
    uint8_t sum[DIGEST_SIZE];

    digest_bytes(member->text, member->length, sum);
    digest_format(sum, text);
}

void members_agree(struct members *members)
{
    struct member *sum = members_find(members, "manifest.sha256");
    char hash[DIGEST_TEXT];

    hash_text(members_find(members, "manifest.json"), hash);
    replace_text(sum, sum->text, strlen(hash), hash);
}

void members_change(struct members *members, const char *file, const char *old, const char *new,
                    bool agree)
{
    struct member *member = members_find(members, file);
    struct member *manifest = members_find(members, "manifest.json");
    char before[DIGEST_TEXT], after[DIGEST_TEXT];
    const char *at = strstr(member->text, old);

    hash_text(member, before);
    if (at == NULL)
        fail_msg("no %s in %s", old, file);
    replace_text(member, at, strlen(old), new);
    hash_text(member, after);
    if (agree && member != manifest)
        replace_text(manifest, strstr(manifest->text, before), strlen(before), after);
    if (agree)
        members_agree(members);
}

void members_write(const struct members *members, const char *path)
{
    struct archive *archive = archive_write_new();

    archive_write_add_filter_zstd(archive);
    archive_write_set_format_pax_restricted(archive);
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->items[i];
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, member->name);
        archive_entry_set_filetype(entry, member->link ? AE_IFLNK : AE_IFREG);
        if (member->link)
            archive_entry_set_symlink(entry, "/etc/passwd");
        archive_entry_set_size(entry, member->link ? 0 : (la_int64_t)member->length);
        archive_entry_set_perm(entry, 0600);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        if (!member->link)
            assert_int_equal(archive_write_data(archive, member->text, member->length),
                             member->length);
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
}

void members_free(struct members *members)
{
    for (size_t i = 0; i < members->count; i++) {
        free(members->items[i].name);
        free(members->items[i].text);
    }
    *members = (struct members){0};
}
