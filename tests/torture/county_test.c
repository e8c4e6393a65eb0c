/*
 * Streets report every night to their counties, and these every week to the city, while bundles are
 * lost, doubled, swapped, damaged, forked and sent to the wrong county. What comes of each is known
 * beforehand, and at the end of each week a county's figures are the sum of its streets' own, the
 * city's those of all streets. DOUDI_TORTURE=long: all fifty streets of Panjin, thirty nights;
 * DOUDI_COUNTY_CASES other than eight a street, DOUDI_COUNTY_SEED another history.
 */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/random.h"
#include "bundle/manifest.h"
#include "bundle/waiting.h"
#include "service/keeping/verify.h"

#include <inttypes.h>
#include <locale.h>
#include <time.h>
#include <unistd.h>

#define CITY "211100000000"
#define FIRST_DAY "2026-10-20"

enum { COUNTIES = 4, STREETS = 50, WEEK = 7, NUMBERS = 80, LATE_MOST = 3 };

/** A home that takes bundles in. */
struct receiver {
    struct office office;
    char area[AREA_TEXT];
};

/** A home that sends, and what its receiver should know of it. */
struct sender {
    struct office office;
    struct receiver *receiver;
    char area[AREA_TEXT];
    char *folder;                       /**< its bundles */
    bool was_open;                      /**< its home was opened once */
    uint64_t taken;                     /**< the last number that was taken */
    char hashes[NUMBERS][DIGEST_TEXT];  /**< of manifests that were taken */
    char waiting[NUMBERS][DIGEST_TEXT]; /**< of those that wait */
    uint64_t bases[NUMBERS];
    char *late[LATE_MOST]; /**< lost on the way for now */
    size_t late_count;
};

static struct {
    struct receiver city, counties[COUNTIES];
    struct sender county_senders[COUNTIES], streets[STREETS];
    size_t county_count, street_count;
    struct random random;
    char *folder, today[DATE_TEXT];
    unsigned counts[3], faults;
} world;

// ---- homes

static void open_sender(struct sender *sender)
{
    office_reopen(&sender->office, world.today);
}

static void close_sender(struct sender *sender)
{
    service_close(&sender->office.service);
}

static unsigned setting(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);

    return text != NULL ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

static void add_county(const char *area)
{
    struct receiver *county = &world.counties[world.county_count];
    struct sender *sender = &world.county_senders[world.county_count++];

    snprintf(county->area, sizeof county->area, "%s", area);
    office_make_of(&county->office, area, "county", FIRST_DAY, NULL);
    *sender =
        (struct sender){.receiver = &world.city, .folder = mem_printf("%s/%s", world.folder, area)};
    snprintf(sender->area, sizeof sender->area, "%s", area);
}

static void add_street(const char *area, unsigned cases)
{
    struct sender *sender = &world.streets[world.street_count];

    *sender = (struct sender){.receiver = &world.counties[world.county_count - 1],
                              .folder = mem_printf("%s/%s", world.folder, area)};
    snprintf(sender->area, sizeof sender->area, "%s", area);
    ingest_street(&sender->office, area, cases, ++world.street_count, FIRST_DAY);
    close_sender(sender);
}

/** The counties and streets of the published divisions; `most` streets of each county. */
static void make_homes(size_t counties, size_t most)
{
    FILE *file = fopen(TESTS_DATA "/../../share/divisions-2111.csv", "re");
    unsigned cases = setting("DOUDI_COUNTY_CASES", 8);
    char line[256];

    assert_non_null(file);
    office_make_of(&world.city.office, CITY, "city", FIRST_DAY, NULL);
    for (size_t i = 0; i < counties; i++) {
        char county[AREA_TEXT] = "", code[AREA_TEXT], parent[AREA_TEXT], level[16];
        size_t seen = 0, streets = 0;
        rewind(file);
        while (fgets(line, sizeof line, file) != NULL) {
            if (sscanf(line, "%12[0-9],%*[^,],%12[0-9],%15s", code, parent, level) != 3)
                continue;
            if (strcmp(level, "county") == 0 && seen++ == i) {
                memcpy(county, code, sizeof county);
                add_county(county);
            } else if (strcmp(level, "street") == 0 && strcmp(parent, county) == 0 &&
                       streets++ < most) {
                add_street(code, cases);
            }
        }
    }
    fclose(file);
}

static void remove_homes(void)
{
    for (size_t i = 0; i < world.street_count; i++) {
        open_sender(&world.streets[i]);
        office_remove(&world.streets[i].office);
        for (size_t k = 0; k < world.streets[i].late_count; k++)
            free(world.streets[i].late[k]);
        free(world.streets[i].folder);
    }
    for (size_t i = 0; i < world.county_count; i++) {
        office_remove(&world.counties[i].office);
        free(world.county_senders[i].folder);
    }
    office_remove(&world.city.office);
}

// ---- what should come of a bundle

/** What the receiver should say. */
static enum receipt_reason foresee(const struct sender *sender, const struct manifest *manifest)
{
    const char *same = sender->hashes[manifest->number];

    assert_true(manifest->number < NUMBERS);
    if (strcmp(same, manifest->sha256) == 0)
        return RECEIPT_KNOWN;
    if (*same != '\0')
        return RECEIPT_REPLAY;
    if (manifest->number < sender->taken)
        return RECEIPT_OLDER;
    if (sender->taken > 0 && manifest->number == sender->taken + 1 &&
        strcmp(manifest->previous, sender->hashes[sender->taken]) != 0)
        return RECEIPT_CHAIN;
    return manifest->delta && manifest->base != sender->taken ? RECEIPT_GAP : RECEIPT_NONE;
}

static void note_taken(struct sender *sender, uint64_t number, const char *hash)
{
    sender->taken = number;
    memcpy(sender->hashes[number], hash, DIGEST_TEXT);
    for (uint64_t i = 0; i <= number; i++)
        sender->waiting[i][0] = '\0';
}

static void note_followed(struct receipt *receipt, void *arg)
{
    struct sender *sender = arg;

    if (receipt->outcome != RECEIPT_TAKEN || receipt->number != sender->taken + 1 ||
        strcmp(receipt->manifest, sender->waiting[receipt->number]) != 0)
        fail_msg("%s number %" PRIu64 " after %" PRIu64 ": %s", sender->area, receipt->number,
                 sender->taken, receipt->words);
    note_taken(sender, receipt->number, receipt->manifest);
    receipt_free(&receipt);
}

static void take_followers(struct sender *sender, const struct receipt *taken)
{
    struct office *office = &sender->receiver->office;
    char *scratch = mem_printf("%s/after-XXXXXX", office->home.root);
    static const char request[] = "ingest";

    assert_non_null(mkdtemp(scratch));
    office->system.number++;
    office->system.request = request;
    office->system.request_length = strlen(request);
    waiting_follow(office->service, &office->system, scratch, taken, note_followed, sender);
    remove_tree(scratch);
    free(scratch);
    if (sender->taken + 1 < NUMBERS && sender->waiting[sender->taken + 1][0] != '\0')
        fail_msg("%s number %" PRIu64 " goes on waiting", sender->area, sender->taken + 1);
}

static void deliver(struct sender *sender, const char *path)
{
    static const enum receipt_outcome outcomes[RECEIPT_REASON_COUNT_] = {
        [RECEIPT_KNOWN] = RECEIPT_TAKEN,   [RECEIPT_REPLAY] = RECEIPT_REFUSED,
        [RECEIPT_OLDER] = RECEIPT_REFUSED, [RECEIPT_CHAIN] = RECEIPT_REFUSED,
        [RECEIPT_GAP] = RECEIPT_WAITING,   [RECEIPT_NONE] = RECEIPT_TAKEN,
    };
    struct manifest *manifest = NULL;
    char *message = NULL;

    assert_ok(manifest_check(path, &manifest, &message));
    enum receipt_reason reason = foresee(sender, manifest);
    struct receipt *receipt = ingest_take(&sender->receiver->office, path);
    if (receipt->outcome != outcomes[reason] || receipt->reason != reason)
        fail_msg("%s number %" PRIu64 " after %" PRIu64 ", on %s: %s, foreseen %s", sender->area,
                 manifest->number, sender->taken, world.today, receipt->words,
                 receipt_reason_label(reason));
    world.counts[receipt->outcome]++;
    if (receipt->difference_total > 0)
        fail_msg("%s: %s", sender->area, receipt->words);
    if (reason == RECEIPT_GAP)
        memcpy(sender->waiting[manifest->number], manifest->sha256, DIGEST_TEXT);
    if (reason == RECEIPT_NONE) {
        note_taken(sender, manifest->number, manifest->sha256);
        take_followers(sender, receipt);
    }
    receipt_free(&receipt);
    manifest_free(&manifest);
}

// ---- faults

static void copy_damaged(const char *from, const char *to, bool cut)
{
    FILE *in = fopen(from, "re"), *out = fopen(to, "we");
    long size = 0;

    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    size = ftell(in);
    rewind(in);
    char *bytes = mem_array((size_t)size, 1);
    assert_int_equal(fread(bytes, 1, (size_t)size, in), size);
    for (long i = size / 2; i < size / 2 + 64 && i < size; i++)
        bytes[i] ^= 0x55;
    assert_int_equal(fwrite(bytes, 1, (size_t)(cut ? size / 3 : size), out), cut ? size / 3 : size);
    fclose(in);
    fclose(out);
    free(bytes);
}

static void send_damaged(struct sender *sender, const char *bundle, bool cut)
{
    char *path = mem_printf("%s/damaged.tar.zst", world.folder);

    copy_damaged(bundle, path, cut);
    struct receipt *receipt = ingest_take(&sender->receiver->office, path);
    if (receipt->outcome != RECEIPT_REFUSED)
        fail_msg("%s: %s", sender->area, receipt->words);
    receipt_free(&receipt);
    unlink(path);
    free(path);
}

/** To a county that is not its own. */
static void send_astray(const struct sender *sender, const char *bundle)
{
    struct receiver *other = &world.counties[0];

    for (size_t i = 0; i < world.county_count && other == sender->receiver; i++)
        other = &world.counties[i];
    struct receipt *receipt = ingest_take(&other->office, bundle);
    if (receipt->outcome != RECEIPT_REFUSED || receipt->reason != RECEIPT_FOREIGN)
        fail_msg("%s at %s: %s", sender->area, other->area, receipt->words);
    receipt_free(&receipt);
}

/** Two bundles of a copy of the home that was worked with as if it were the home itself. */
static void make_fork(struct sender *sender, char *paths[2])
{
    struct office fork = sender->office;
    char *out = mem_printf("%s/fork-%s-%s", world.folder, sender->area, world.today);

    close_sender(sender);
    fork.home.root = mem_printf("%s-fork", sender->office.home.root);
    fork.home.path = mem_printf("%s%s", fork.home.root,
                                sender->office.home.path + strlen(sender->office.home.root));
    /* With its folder of bundles, which knows the last number. */
    char *copy =
        mem_printf("cp -a '%s' '%s' && mkdir -p '%s' && cp -a '%s' '%s'", sender->office.home.root,
                   fork.home.root, sender->folder, sender->folder, out);
    assert_int_equal(system(copy), 0);
    fork.service = NULL;
    fork.reply = (struct reply){0};
    office_reopen(&fork, world.today);
    ingest_visit(&fork, 0, 1);
    paths[0] = ingest_export(&fork, out);
    paths[1] = ingest_export(&fork, out);
    office_remove(&fork);
    open_sender(sender);
    free(copy);
    free(out);
}

/** After the home's own bundle was taken, the copy's two are no use. */
static void send_fork(struct sender *sender, char *paths[2], uint64_t number)
{
    for (size_t i = 0; i < 2; i++) {
        if (sender->taken == number)
            deliver(sender, paths[i]);
        free(paths[i]);
    }
}

// ---- nights

enum fault { LOST, LATE, DOUBLED, DAMAGED, CUT, FORKED, ASTRAY, FAULTS, NO_FAULT = FAULTS };

static void send_late(struct sender *sender)
{
    while (sender->late_count > 0) {
        char *path = sender->late[--sender->late_count];
        deliver(sender, path);
        free(path);
    }
}

/** A third of the bundles meet a fault. */
static enum fault choose_fault(const struct sender *sender, bool last)
{
    enum fault fault = random_below(&world.random, 3) > 0
                           ? NO_FAULT
                           : (enum fault)random_below(&world.random, FAULTS);

    if ((last && (fault == LOST || fault == LATE)) ||
        (fault == LATE && sender->late_count == LATE_MOST))
        fault = NO_FAULT;
    world.faults += fault != NO_FAULT;
    return fault;
}

static void send_night(struct sender *sender, const char *bundle, enum fault fault)
{
    if (fault == LOST)
        return;
    if (fault == LATE) {
        sender->late[sender->late_count++] = mem_copy(bundle);
        return;
    }
    if (fault == DAMAGED || fault == CUT)
        send_damaged(sender, bundle, fault == CUT);
    if (fault == ASTRAY)
        send_astray(sender, bundle);
    deliver(sender, bundle);
    if (fault == DOUBLED)
        deliver(sender, bundle);
    if (random_below(&world.random, 2) == 0)
        send_late(sender); /* later ones came first */
}

static void street_night(struct sender *sender, size_t night, bool last)
{
    enum fault fault = choose_fault(sender, last);
    char *fork[2] = {NULL, NULL};
    uint64_t number = 0;

    open_sender(sender);
    ingest_visit(&sender->office, 0, 1 + night % 3);
    if (fault == FORKED)
        make_fork(sender, fork);
    char *bundle = last ? ingest_export(&sender->office, sender->folder)
                        : ingest_export_delta(&sender->office, sender->folder);
    send_night(sender, bundle, fault);
    number = sender->taken;
    if (fault == FORKED)
        send_fork(sender, fork, number);
    if (last)
        send_late(sender);
    close_sender(sender);
    free(bundle);
}

// ---- weeks

static void expect_sum(struct office *whole, size_t first, size_t count)
{
    struct office *offices[STREETS];

    for (size_t i = 0; i < count; i++) {
        open_sender(&world.streets[first + i]);
        offices[i] = &world.streets[first + i].office;
    }
    char *figures = ingest_figures(&whole, 1);
    char *sum = ingest_figures(offices, count);
    if (strcmp(figures, sum) != 0)
        fail_msg("%s: %s\n%s\nthe streets:\n%s", world.today, whole->home.path, figures, sum);
    for (size_t i = 0; i < count; i++)
        close_sender(&world.streets[first + i]);
    free(figures);
    free(sum);
}

static void expect_verified(struct office *office)
{
    struct sheet *lines = NULL;

    reply_free(&office->reply);
    assert_ok(verify_all(office->service, &office->system, &lines, &office->reply));
    sheet_free(&lines);
}

static void end_week(void)
{
    size_t first = 0;

    for (size_t i = 0; i < world.county_count; i++) {
        struct receiver *county = &world.counties[i];
        struct sender *sender = &world.county_senders[i];
        size_t count = 0;
        while (first + count < world.street_count &&
               world.streets[first + count].receiver == county)
            count++;
        expect_sum(&county->office, first, count);
        expect_verified(&county->office);
        first += count;
        char *bundle = ingest_export_delta(&county->office, sender->folder);
        deliver(sender, bundle);
        free(bundle);
    }
    expect_sum(&world.city.office, 0, world.street_count);
    expect_verified(&world.city.office);
}

static void night(day_t day, size_t number, bool last)
{
    date_format(day, world.today);
    office_reopen(&world.city.office, world.today);
    for (size_t i = 0; i < world.county_count; i++)
        office_reopen(&world.counties[i].office, world.today);
    for (size_t i = 0; i < world.street_count; i++)
        street_night(&world.streets[i], number, last);
    if (last)
        end_week();
}

static void figures_are_the_sum_of_the_streets(void **state)
{
    const char *form = getenv("DOUDI_TORTURE");
    bool lengthy = form != NULL && strcmp(form, "long") == 0;
    size_t nights = lengthy ? 30 : WEEK;
    time_t began = time(NULL);
    day_t day = 0;

    (void)state;
    world.folder = unit_folder("county");
    world.random.state = setting("DOUDI_COUNTY_SEED", 1);
    memcpy(world.today, FIRST_DAY, sizeof world.today);
    assert_ok(date_parse(FIRST_DAY, &day));
    make_homes(lengthy ? COUNTIES : 2, lengthy ? STREETS : 2);
    for (size_t i = 0; i < nights; i++) {
        bool last = i % WEEK == WEEK - 1 || i + 1 == nights;
        night(day + (day_t)i, i, last);
        if (lengthy)
            print_message("%s: %ld s\n", world.today, (long)(time(NULL) - began));
    }
    print_message("torture: %zu streets, %zu nights, %u faults: %u taken, %u waited, %u refused, "
                  "%ld s\n",
                  world.street_count, nights, world.faults, world.counts[RECEIPT_TAKEN],
                  world.counts[RECEIPT_WAITING], world.counts[RECEIPT_REFUSED],
                  (long)(time(NULL) - began));
    assert_true(world.counts[RECEIPT_WAITING] > 0 && world.counts[RECEIPT_REFUSED] > 0);
    remove_homes();
    remove_tree(world.folder);
    free(world.folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(figures_are_the_sum_of_the_streets)};

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
