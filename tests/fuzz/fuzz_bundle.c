/* Bundles that come from elsewhere: the archive, its rows, a delta put into the rows before, and the
 * receipts that come back. */
#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "bundle/apply.h"
#include "bundle/delta.h"
#include "bundle/intake.h"
#include "bundle/receiptfile.h"
#include "form/form.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AREA "211103001000"

/* Folders of every input, emptied behind it. */
enum { BEFORE, DELTA, WHOLE, FOLDERS };

static const char *const FOLDER_NAMES[FOLDERS] = {"before", "delta", "whole"};
static char *root, *folders[FOLDERS];
static struct forms *catalogue_of_forms;

// ---- folders

void bundles_begin(void)
{
    const char *base = getenv("TMPDIR");
    char *forms = paths_data("forms"), *message = NULL;

    root = mem_printf("%s/doudi-fuzz-XXXXXX", base != NULL ? base : "/tmp");
    fuzz_expect(mkdtemp(root) != NULL, "no folder");
    for (size_t i = 0; i < FOLDERS; i++) {
        folders[i] = paths_join(root, FOLDER_NAMES[i]);
        fuzz_expect(mkdir(folders[i], 0700) == 0, "no folder");
    }
    if (forms_load(forms, &catalogue_of_forms, &message) != 0)
        fuzz_expect(false, "forms: %s", message);
    free(forms);
}

static void empty(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        (void)unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir != NULL)
        closedir(dir);
}

void bundles_end(void)
{
    for (size_t i = 0; i < FOLDERS; i++) {
        empty(folders[i]);
        rmdir(folders[i]);
        free(folders[i]);
    }
    forms_free(&catalogue_of_forms);
    empty(root);
    rmdir(root);
    free(root);
}

static void put_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    fuzz_expect(file != NULL && fwrite(bytes, 1, length, file) == length, "cannot write %s", path);
    fclose(file);
}

static void check_words(enum result result, char *message)
{
    fuzz_expect((result == 0) == (message == NULL), "refused without words, or the other way");
    fuzz_expect(message == NULL || text_valid(message), "no words");
    free(message);
}

// ---- the archive

static uint64_t count_bytes(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    struct stat status;
    uint64_t bytes = 0;

    fuzz_expect(dir != NULL, "the folder is gone");
    while ((entry = readdir(dir)) != NULL) {
        fuzz_expect(fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0, "gone");
        if (entry->d_name[0] == '.')
            continue;
        if (folder == root && S_ISDIR(status.st_mode))
            continue;
        fuzz_expect(S_ISREG(status.st_mode), "%s is no file", entry->d_name);
        bytes += (uint64_t)status.st_size;
    }
    closedir(dir);
    return bytes;
}

void bundle_run(const uint8_t *bytes, size_t length)
{
    char *path = paths_join(root, "bundle"), *message = NULL;
    struct manifest *manifest = NULL;

    put_file(path, bytes, length);
    enum result result = manifest_unpack(path, folders[WHOLE], &manifest, &message);
    fuzz_expect((result == 0) == (manifest != NULL), "neither refused nor read");
    fuzz_expect(count_bytes(folders[WHOLE]) <= MANIFEST_ROOM + length * MANIFEST_RATIO,
                "a bomb was unpacked");
    fuzz_expect(count_bytes(root) == length, "a file beside the folder");
    check_words(result, message);
    manifest_free(&manifest);
    empty(folders[WHOLE]);
    unlink(path);
    free(path);
}

// ---- rows

/** "NAME\n" and the file's text, form feeds between the files: the extracts go into a folder, those
 *  whose name begins with '-' into another one. Files that are not there have no rows. */
static void put_files(const uint8_t *bytes, size_t length, const char *folder, const char *other)
{
    char *text = fuzz_text(bytes, length), *rest = text, *part;
    const struct extract_file *file;

    while ((part = strsep(&rest, "\f")) != NULL) {
        char *body = strchr(part, '\n');
        bool minus = *part == '-' && other != NULL;
        if (body == NULL)
            continue;
        *body++ = '\0';
        bool known = strcmp(part + minus, DELTA_REMOVED) == 0;
        for (size_t i = 0; !known && (file = extract_at(i)) != NULL; i++)
            known = strcmp(file->name, part + minus) == 0;
        char *path = paths_join(minus ? other : folder, part + minus);
        if (known)
            put_file(path, body, strlen(body));
        free(path);
    }
    free(text);
}

static void put_headings(const char *folder)
{
    const struct extract_file *file;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        char *path = paths_join(folder, file->name);
        struct str text = {0};
        delta_add_columns(&text, file);
        str_add_char(&text, '\n');
        if (access(path, F_OK) != 0)
            put_file(path, str_text(&text), text.length);
        str_free(&text);
        free(path);
    }
}

static void read_all(struct decoder *decoder, enum intake_of of)
{
    struct intake *intake = NULL;
    const void *record = "";
    enum result result = intake_open(decoder, folders[WHOLE], of, &intake);

    while (result == 0 && record != NULL)
        result = intake_next(&record, intake);
    fuzz_expect(result == 0 || result == RESULT_INVALID, "result %d", result);
    fuzz_expect((result == 0) == (decoder->fault == NULL), "refused without words");
    fuzz_expect(decoder->fault == NULL || text_valid(decoder->fault), "no words");
    fuzz_expect(result == 0 || decoder->reason != RECEIPT_NONE, "no reason");
    intake_free(&intake);
}

void rows_run(const uint8_t *bytes, size_t length)
{
    put_files(bytes, length, folders[WHOLE], NULL);
    put_headings(folders[WHOLE]);
    for (int of = 0; of < INTAKE_COUNT_; of++) {
        struct decoder decoder = {0};
        decode_begin(&decoder, AREA);
        read_all(&decoder, (enum intake_of)of);
        decode_end(&decoder);
    }
    empty(folders[WHOLE]);
}

// ---- a delta

/** A manifest that has the delta's files, without sums. */
static struct manifest *describe_delta(void)
{
    struct manifest *manifest = mem_new(sizeof *manifest);
    const struct extract_file *file;

    manifest->delta = true;
    for (size_t i = 0; (file = extract_at(i)) != NULL; i++)
        snprintf(manifest->files[manifest->file_count++].name, MANIFEST_FILE_NAME, "%s",
                 file->name);
    return manifest;
}

void delta_run(const uint8_t *bytes, size_t length)
{
    char *path = paths_join(folders[DELTA], DELTA_REMOVED), *message = NULL;
    struct manifest *manifest = describe_delta();

    put_files(bytes, length, folders[DELTA], folders[BEFORE]);
    put_headings(folders[DELTA]);
    put_headings(folders[BEFORE]);
    if (access(path, F_OK) != 0)
        put_file(path, "file,key\n", strlen("file,key\n"));
    enum result result = apply_delta(manifest, catalogue_of_forms, folders[BEFORE], folders[DELTA],
                                     folders[WHOLE], &message);
    fuzz_expect(count_bytes(folders[WHOLE]) <=
                    count_bytes(folders[BEFORE]) + count_bytes(folders[DELTA]),
                "more than there was");
    check_words(result, message);
    for (size_t i = 0; i < FOLDERS; i++)
        empty(folders[i]);
    free(manifest);
    free(path);
}

// ---- receipts

void receipt_run(const uint8_t *bytes, size_t length)
{
    char *path = paths_join(root, "receipt"), *message = NULL;
    struct receiptfile file = {0};
    struct receipt *receipt = NULL;

    put_file(path, bytes, length);
    enum result result = receiptfile_read(path, &file, &message);
    if (result == 0)
        result = receiptfile_open(&file, NULL, &receipt, &message);
    fuzz_expect((result == 0) == (receipt != NULL), "neither refused nor read");
    check_words(result, message);
    if (receipt != NULL) {
        char *text = receipt_text(receipt);
        struct receipt *again = NULL;
        message = NULL;
        if (receipt_parse(text, strlen(text), &again, &message) != 0)
            fuzz_expect(false, "not read again: %s", message);
        char *text_again = receipt_text(again);
        fuzz_expect(strcmp(text, text_again) == 0, "another receipt: %s", text);
        receipt_free(&again);
        free(text_again);
        free(text);
    }
    receipt_free(&receipt);
    receiptfile_free(&file);
    unlink(path);
    free(path);
}
