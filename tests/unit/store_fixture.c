#include "store_fixture.h"

#include "limit_unit.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

struct home home_make(void)
{
    struct home home = {0};
    home.root = unit_folder("store");
    home.path = paths_join(home.root, "home");
    return home;
}

struct home home_create(void)
{
    struct home home = home_make();
    int lock;
    assert_ok(store_lock_home(home.path, true, &lock));
    close(lock);
    assert_ok(store_open(home.path, &(struct store_options){.create = true}, &home.store));
    return home;
}

void home_reopen(struct home *home)
{
    store_close(&home->store);
    assert_ok(store_open(home->path, &(struct store_options){0}, &home->store));
}

void home_remove(struct home *home)
{
    limit_unit_begin();
    store_close(&home->store);
    remove_tree(home->root);
    free(home->root);
    free(home->path);
    limit_unit_end();
}

void run_ok(struct store *store, enum store_mode mode, store_body body, void *arg)
{
    assert_ok(store_run(store, mode, body, arg));
}

void show_finding(const char *line, void *arg)
{
    unsigned *count = arg;
    ++*count;
    fprintf(stderr, "  %s\n", line);
}

enum result verify_home(const char *path, unsigned *ret_findings)
{
    *ret_findings = 0;
    return store_verify(path, NULL, show_finding, ret_findings);
}

enum result restore_home(const char *backup, const char *home)
{
    const struct store_restore ask = {.backup = backup, .home = home};
    struct restore_finding finding;
    return store_restore(&ask, &finding);
}

char *write_file(const char *directory, const char *name, const char *text)
{
    char *path = paths_join(directory, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fchmod(fileno(file), 0600), 0);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

Rec__Person make_person(uint64_t id, char *name, char *id_no)
{
    Rec__Person person = REC__PERSON__INIT;
    person.id = id;
    person.name = name;
    person.id_no = id_no;
    return person;
}

Rec__Case make_case(uint64_t id, char *number, char *kind, char *area)
{
    Rec__Case record = REC__CASE__INIT;
    record.id = id;
    record.number = number;
    record.kind = kind;
    record.area = area;
    record.person = id * 10;
    return record;
}

Rec__Duty make_duty(month_t month, char *area, uint64_t case_id)
{
    Rec__Duty duty = REC__DUTY__INIT;
    duty.month = month;
    duty.area = area;
    duty.case_id = case_id;
    duty.type = "visit";
    return duty;
}

Rec__Visit make_visit(uint64_t person, day_t date, uint32_t seq)
{
    Rec__Visit visit = REC__VISIT__INIT;
    visit.person = person;
    visit.date = date;
    visit.seq = seq;
    return visit;
}

Rec__Event make_event(uint8_t session[16], uint64_t seq, int64_t at, char *record)
{
    Rec__Event event = REC__EVENT__INIT;
    event.session = (ProtobufCBinaryData){16, session};
    event.seq = seq;
    event.at = at;
    event.record = record;
    return event;
}
