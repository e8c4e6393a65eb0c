/**
 * Reads a list of officers from a file, as filetable.h reads any table.
 *
 * Columns by their Chinese headings, in any order: 工号, 姓名, 角色, 区划, and 电话. Roles by label or
 * id; divisions by code or by name, with as many names above it as make it clear (旌旗社区,
 * 胜利街道旌旗社区). A row that cannot be read is refused with its reason and costs no other row; what
 * an officer may be is the server's to judge.
 *
 * Ownership: a staff owns all it holds. Threads: pure functions, except for the file they name.
 */
#ifndef DOUDI_EXCHANGE_STAFF_H
#define DOUDI_EXCHANGE_STAFF_H

#include "base/words.h"
#include "exchange/filetable.h"

struct staff_row {
    uint32_t number; /**< of the row in the file */
    char *id, *name, *phone;
    const char *role; /**< id of base/role.h */
    const char *role_label;
    char area[AREA_TEXT]; /**< as the server has it; "" = none */
    char *area_name;
    bool known; /**< this very officer is there already */
};

struct staff {
    struct filetable *table;
    size_t count, capacity;
    struct staff_row *rows;
    uint64_t read;          /**< rows of the file */
    struct sheet *refusals; /**< COLUMNS_REFUSALS */
    struct str ignored;     /**< headings of columns that were passed over, joined by "、" */
};

/**
 * Reads `path`. `areas` is COLUMNS_AREAS, `officers` COLUMNS_OFFICERS: who is there already. On
 * failure *ret_message (new string) says why: RESULT_NOINPUT, or RESULT_INVALID without a table or a
 * column.
 */
enum result staff_read(const char *path, const struct sheet *areas, const struct sheet *officers,
                       struct staff **ret_staff, char **ret_message);
void staff_free(struct staff **staff);

/** Brings the refusals into the order of the file. */
void staff_sort(struct staff *staff);
/** Adds a refusal. `field`: id name role area phone, or "" for the whole row. */
void staff_refuse(struct staff *staff, uint32_t number, const char *field, const char *value,
                  const char *name, const char *reason);

#endif
