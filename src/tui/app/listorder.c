#include "tui/app/listorder.h"

#include "base/columns.h"
#include "base/mem.h"
#include "tui/app/app.h"
#include "tui/app/ask.h"
#include "tui/kit/table.h"

#include <string.h>

enum { ORDERS_MAX = TABLE_COLUMNS_MAX + 8 };

/** The orders of a table: its own ones, then its columns. Texts are borrowed. */
struct orders {
    size_t count;
    const char *labels[ORDERS_MAX], *ids[ORDERS_MAX];
};

static void add_order(struct orders *orders, const char *id, const char *label)
{
    if (label[0] == '\0' || orders->count == ORDERS_MAX)
        return;
    orders->ids[orders->count] = id;
    orders->labels[orders->count++] = label;
}

static struct orders orders_of(const struct table *table)
{
    struct orders orders = {0};

    for (const struct table_order *own = table->orders; own != NULL && own->id != NULL; own++)
        add_order(&orders, own->id, own->label);
    if (table->orders == NULL)
        add_order(&orders, "", "原来的顺序");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        const struct sheet_column *known = column_find(column->id);
        const char *label = known == NULL ? "" : known->label;
        if (column->short_of != NULL)
            continue;
        add_order(&orders, column->id, column->label != NULL ? column->label : label);
    }
    return orders;
}

/** The table's own copy of the id: the answer is borrowed. */
static void take_order(struct app *app, void *arg, const char *answer)
{
    struct table *table = arg;
    struct orders orders = orders_of(table);
    const char *label = "";

    for (size_t i = 0; i < orders.count; i++) {
        if (strcmp(orders.ids[i], answer) != 0)
            continue;
        bool again = table->order != NULL && strcmp(table->order, answer) == 0;
        table->down = again && !table->down;
        table->order = orders.ids[i][0] == '\0' ? NULL : orders.ids[i];
        label = orders.labels[i];
    }
    app->top->stale = true;
    app_say(app, "排序：%s%s", label, table->down ? "，倒序；再选一次恢复" : "");
}

void list_order_ask(struct app *app)
{
    struct table *table = app->top->ops->table(app->top);
    struct orders orders = orders_of(table);

    ask_choice(app,
               &(struct ask_choice){
                   .title = "按什么排序（再选一次倒过来）",
                   .labels = orders.labels,
                   .values = orders.ids,
                   .count = orders.count,
                   .current = table->order == NULL ? "" : table->order,
                   .nine = true,
               },
               take_order, table);
}

// ---- on paper

static bool is_usual(const struct table *table)
{
    const char *usual = table->orders != NULL ? table->orders[0].id : "";

    return !table->down && (table->order == NULL || strcmp(table->order, usual) == 0);
}

/** What stands before "：", which explains it; in bytes. */
static int short_label(const char *label)
{
    const char *colon = strstr(label, "：");

    return (int)(colon != NULL ? (size_t)(colon - label) : strlen(label));
}

char *list_order_words(const struct table *table)
{
    struct orders orders = orders_of(table);

    for (size_t i = 0; i < orders.count && !is_usual(table); i++)
        if (table->order != NULL && strcmp(orders.ids[i], table->order) == 0)
            return mem_printf("%.*s%s", short_label(orders.labels[i]), orders.labels[i],
                              table->down ? "，倒序" : "");
    return mem_copy("");
}

char *list_order_id(const struct table *table)
{
    return is_usual(table) ? mem_copy("")
                           : mem_printf("%s%s", table->down ? "-" : "", table->order);
}

void list_order_take(struct table *table, const char *id)
{
    struct orders orders = orders_of(table);
    bool down = id[0] == '-';

    for (size_t i = 0; i < orders.count; i++) {
        if (orders.ids[i][0] != '\0' && strcmp(orders.ids[i], id + (down ? 1 : 0)) == 0) {
            table->order = orders.ids[i];
            table->down = down;
        }
    }
}
