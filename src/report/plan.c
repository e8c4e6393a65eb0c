#include "report/plan.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/plain.h"
#include "report/plan_beside.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHRINK_MIN = 6, /**< half-width characters below which other columns give way first */
    WHOLE_MAX = 20, /**< a longer text of ASCII is a sentence, not a number */
    HARD_MIN = 4,   /**< two Chinese characters, or a blank to write a day into */
    WORD_MAX = 8,   /**< of a programme's name, a person's: not broken while others can give way */
    HARD_DATE = 6,  /**< half of a date or of a telephone */
    HARDEST_MIN = 2,
};

// ---- texts with names in braces

/** Looks a name up; "" for none. */
typedef const char *value_fn(const char *name, const void *arg);

/** Appends [from, end) with values for names. False, and nothing appended, if all are empty. */
static bool add_piece(struct str *str, const char *from, const char *end, value_fn *value,
                      const void *arg)
{
    struct str text = {0};
    bool named = false, filled = false;

    while (from < end) {
        const char *close = *from == '{' ? memchr(from, '}', (size_t)(end - from)) : NULL;
        if (close == NULL) {
            str_add_char(&text, *from++);
            continue;
        }
        char *name = mem_copy_bytes(from + 1, (size_t)(close - from - 1));
        const char *found = value(name, arg);
        named = true;
        filled = filled || found[0] != '\0';
        plain_add(&text, found, PLAIN_LINES);
        free(name);
        from = close + 1;
    }
    bool shown = !named || filled;
    if (shown)
        str_add(str, str_text(&text));
    str_free(&text);
    return shown;
}

/** Appends the pieces of a text, one a line. */
static void add_pieces(struct str *str, const char *text, value_fn *value, const void *arg)
{
    while (text != NULL && *text != '\0') {
        const char *end = text + strcspn(text, "|");
        size_t before = str->length;
        if (add_piece(str, text, end, value, arg) && str->length > before)
            str_add_char(str, '\n');
        text = *end == '|' ? end + 1 : end;
    }
}

/** A sheet's head: facts, its name, where it is and how many rows it has. */
struct head {
    const struct document *document;
    const char *name, *place;
    char *rows;
};

static const char *head_value(const char *name, const void *arg)
{
    const struct head *head = arg;

    if (strcmp(name, "sheet") == 0)
        return head->name;
    if (strcmp(name, "place") == 0)
        return head->place;
    if (strcmp(name, "rows") == 0)
        return head->rows;
    return fields_get(&head->document->facts, name);
}

/** "盘山县　得胜镇　得胜村": of what the list is, the street and the sheet; each once. New string. */
static char *place_of(const struct document *document, const char *name, const char *area)
{
    const char *whole = fields_get(&document->facts, "area_name");
    char *street = document_street(document, area);
    const char *const names[] = {whole, street, name};
    struct str place = {0};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bool again = names[i][0] == '\0';
        for (size_t later = i + 1; later < sizeof names / sizeof names[0]; later++)
            again = again || strcmp(names[i], names[later]) == 0;
        if (!again)
            str_printf(&place, "%s%s", place.length > 0 ? "　" : "", names[i]);
    }
    free(street);
    return str_take(&place);
}

void plan_head(const struct plan *plan, const struct document *document, size_t row,
               struct str *str)
{
    const struct plan_section *section = plan_main(plan);
    const struct plan_section *beside = plan_beside(plan, document);
    const struct sheet *sheet = document_table(document, section->table);
    struct head head = {.document = document, .name = ""};
    size_t end =
        sheet == NULL || row >= sheet->row_count ? row : plan_sheet_end(section, sheet, row);
    size_t at = row;

    head.rows = mem_printf("%zu", end - row);
    if (end == row && beside != NULL && sheet != NULL) {
        at = row - sheet->row_count;
        section = beside;
        sheet = document_table(document, beside->table);
    }
    const char *area = "";
    if (section->group_name != NULL && sheet != NULL && at < sheet->row_count) {
        head.name = sheet_get(sheet, at, section->group_name);
        area = sheet_get(sheet, at, section->group);
    }
    char *place = place_of(document, head.name, area);
    head.place = place;
    add_pieces(str, plan->head, head_value, &head);
    free(place);
    free(head.rows);
}

// ---- cells

struct place {
    const struct sheet *sheet;
    size_t row;
};

static const char *cell_value(const char *name, const void *arg)
{
    const struct place *place = arg;

    return sheet_get(place->sheet, place->row, name);
}

/** What a name without a value leaves of "{from}\n{to}". */
static void drop_empty_lines(struct str *str)
{
    size_t kept = 0;

    if (str->length == 0)
        return;
    for (size_t i = 0; i < str->length; i++)
        if (str->text[i] != '\n' || (kept > 0 && str->text[kept - 1] != '\n'))
            str->text[kept++] = str->text[i];
    kept -= kept > 0 && str->text[kept - 1] == '\n' ? 1 : 0;
    str->length = kept;
    str->text[kept] = '\0';
}

const char *plan_cell(const struct plan_field *field, const struct sheet *sheet, size_t row,
                      size_t number, struct str *buffer)
{
    struct place place = {sheet, row};

    str_clear(buffer);
    if (field->kind == PLAN_NUMBER)
        str_printf(buffer, "%zu", number);
    else if (field->column >= 0)
        plain_add(buffer, sheet_cell(sheet, row, (size_t)field->column), PLAIN_LINES);
    else if (strchr(field->cell, '{') != NULL)
        (void)add_piece(buffer, field->cell, field->cell + strlen(field->cell), cell_value, &place);
    drop_empty_lines(buffer);
    return str_text(buffer);
}

// ---- columns

/** A part that nobody gets is an amount of 0.00 in every row. */
static bool is_nothing(const char *text)
{
    return text[0] == '\0' || strcmp(text, "0.00") == 0;
}

static bool has_anything(const struct plan_field *field, const struct sheet *sheet)
{
    struct str buffer = {0};
    bool found = false;

    for (size_t row = 0; row < sheet->row_count && !found; row++)
        found = !is_nothing(plan_cell(field, sheet, row, 1, &buffer));
    str_free(&buffer);
    return found;
}

static const char *heading_of(const struct document *document, const char *id, const char *heading)
{
    char *fact = mem_printf("heading.%s", id);
    const char *own = fields_get(&document->facts, fact);
    const struct sheet_column *known = column_find(id);

    free(fact);
    return own[0] != '\0' ? own : heading != NULL ? heading : known != NULL ? known->label : id;
}

static struct plan_field field_of(const struct document *document, const struct sheet *sheet,
                                  const struct plan_column *column)
{
    return (struct plan_field){
        .heading = heading_of(document, column->cell, column->heading),
        .cell = column->cell,
        .column = sheet_column_index(sheet, column->cell),
        .kind = column->kind,
        .right = column->kind == PLAN_NUMBER ||
                 (column->kind != PLAN_BAR && column_is_number(column->cell)),
        .least = column->least,
        .share = column->share,
    };
}

size_t plan_fields(const struct document *document, const struct plan_section *section,
                   const struct sheet *sheet, struct plan_field fields[DOCUMENT_COLUMNS])
{
    size_t count = 0;
    size_t most = section->columns != NULL ? section->column_count : sheet->column_count;

    for (size_t i = 0; i < most && i < DOCUMENT_COLUMNS; i++) {
        struct plan_column all = {.cell = section->columns == NULL ? sheet->columns[i] : NULL};
        const struct plan_column *column = section->columns != NULL ? &section->columns[i] : &all;
        struct plan_field field = field_of(document, sheet, column);
        bool named = section->columns != NULL || field.heading[0] != '\0';
        if (named && (field.kind != PLAN_OPTIONAL || has_anything(&field, sheet)))
            fields[count++] = field;
    }
    return count;
}

// ---- widths

/** Short and pure ASCII: a number, a date or a telephone, which is hard to read in two halves. */
static bool is_whole(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0' && (unsigned char)text[length] < 0x80)
        length++;
    return length <= WHOLE_MAX && text[length] == '\0';
}

/** A text's lines, measured. */
struct extent {
    int width;  /**< of the longest line */
    int rigid;  /**< of the longest that is a number, a date or a telephone */
    bool whole; /**< all are such */
};

/** `text` is taken apart. */
static struct extent measure_text(char *text, plan_width_fn *width, void *arg)
{
    struct extent extent = {.whole = true};
    char *rest = text;

    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        int one = width(line, arg);
        bool whole = is_whole(line);
        extent.width = one > extent.width ? one : extent.width;
        extent.rigid = whole && one > extent.rigid ? one : extent.rigid;
        extent.whole = extent.whole && whole;
    }
    return extent;
}

static void measure_field(struct plan_field *field, const struct sheet *sheet, int unit,
                          plan_width_fn *width, void *arg)
{
    struct str buffer = {0};
    char *heading = mem_copy(field->heading);
    int least = field->least * unit, rigid = 0;
    int widest = 0;
    long sum = 0, cells = 0;

    field->whole = true;
    field->width = measure_text(heading, width, arg).width;
    /* a heading of one character a line is no word */
    int word = field->width < HARD_MIN * unit ? field->width : HARD_MIN * unit;
    for (size_t row = 0; row < sheet->row_count; row++) {
        /* the widest number of all rows is as wide as that of any sheet */
        (void)plan_cell(field, sheet, row, sheet->row_count, &buffer);
        if (buffer.length == 0)
            continue;
        struct extent extent = measure_text(buffer.text, width, arg);
        field->whole = field->whole && extent.whole;
        field->width = extent.width > field->width ? extent.width : field->width;
        widest = !extent.whole && extent.width > widest ? extent.width : widest;
        rigid = extent.rigid > rigid ? extent.rigid : rigid;
        sum += extent.width;
        cells++;
    }
    least = rigid > least ? rigid : least;
    field->hard = rigid == 0                 ? HARD_MIN * unit
                  : rigid < HARD_DATE * unit ? rigid
                                             : HARD_DATE * unit;
    field->hard = word > field->hard ? word : field->hard;
    field->rigid = rigid;
    field->usual = sum > 0 ? (int)(sum / cells) + 1 : field->width + 1;
    field->whole = field->whole || field->kind == PLAN_BLANK || field->kind == PLAN_BAR;
    field->width = field->width < least ? least : field->width;
    field->word = widest < WORD_MAX * unit ? widest : WORD_MAX * unit;
    field->word = field->hard > field->word ? field->hard : field->word;
    field->narrowest = least > SHRINK_MIN * unit ? least : SHRINK_MIN * unit;
    field->narrowest = field->word > field->narrowest ? field->word : field->narrowest;
    free(heading);
    str_free(&buffer);
}

void plan_measure(struct plan_field *fields, size_t count, const struct sheet *sheet, int unit,
                  plan_width_fn *width, void *arg)
{
    for (size_t i = 0; i < count; i++)
        measure_field(&fields[i], sheet, unit, width, arg);
}

/** How far fields give way to one another. */
enum hardship { NO_HARDSHIP, WORDS_WHOLE, HARDSHIP, HARDEST };

static int narrowest(const struct plan_field *field, int unit, enum hardship hardship)
{
    switch (hardship) {
    case NO_HARDSHIP:
        return field->whole ? field->width : field->narrowest;
    case WORDS_WHOLE:
        return field->rigid > field->word ? field->rigid : field->word;
    case HARDSHIP:
        return field->hard;
    default:
        return HARDEST_MIN * unit;
    }
}

static int total_of(const struct plan_field *fields, size_t count)
{
    int total = 0;

    for (size_t i = 0; i < count; i++)
        total += fields[i].width;
    return total;
}

/** Whether a is wider than b, compared with what its texts usually need: so one long name does not
 *  narrow all addresses. */
static bool is_looser(const struct plan_field *a, const struct plan_field *b)
{
    return (long)a->width * b->usual > (long)b->width * a->usual;
}

/** Takes from the loosest, one by one, until `room` holds all or none may become narrower. */
static void shrink(struct plan_field *fields, size_t count, int room, int unit,
                   enum hardship hardship)
{
    for (int total = total_of(fields, count); total > room; total--) {
        struct plan_field *loosest = NULL;
        for (size_t i = 0; i < count; i++)
            if (fields[i].width > narrowest(&fields[i], unit, hardship) &&
                (loosest == NULL || is_looser(&fields[i], loosest)))
                loosest = &fields[i];
        if (loosest == NULL)
            return;
        loosest->width--;
    }
}

/** Spreads what is left by the fields' shares; without any by their widths. */
static void spread(struct plan_field *fields, size_t count, int room)
{
    int total = total_of(fields, count);
    int left = room - total, shares = 0;

    for (size_t i = 0; i < count; i++)
        shares += fields[i].share;
    for (size_t i = 0; i < count && left > 0; i++) {
        int share = shares > 0 ? fields[i].share : fields[i].width;
        int all = shares > 0 ? shares : total;
        int more = all > 0 ? left * share / all : 0;
        fields[i].width += more;
        left -= more;
        *(shares > 0 ? &shares : &total) -= share;
    }
}

void plan_fit(struct plan_field *fields, size_t count, int room, int unit, bool fill)
{
    for (enum hardship hardship = NO_HARDSHIP; hardship <= HARDEST; hardship++)
        shrink(fields, count, room, unit, hardship);
    if (fill)
        spread(fields, count, room);
}

/** The field that goes below the line first, `count` if none may: the widest, but no name and nothing
 *  to write into. */
static size_t widest_movable(const struct plan_field *fields, size_t count)
{
    size_t widest = count;

    for (size_t i = 1; i < count; i++) {
        bool fixed = fields[i].kind == PLAN_NUMBER || fields[i].kind == PLAN_BLANK ||
                     fields[i].kind == PLAN_BAR || strcmp(fields[i].cell, "name") == 0;
        if (!fixed && (widest == count || fields[i].width > fields[widest].width))
            widest = i;
    }
    return widest;
}

/** What a row needs at least: every number whole, short words (a programme's name) whole, of longer
 *  texts as much, and blanks that a pen can fill. */
static int least_room(const struct plan_field *fields, size_t count, int gap, int unit)
{
    int room = gap * ((int)count - 1);

    for (size_t i = 0; i < count; i++) {
        int least = narrowest(&fields[i], unit, WORDS_WHOLE);
        int blank = fields[i].kind == PLAN_BLANK ? SHRINK_MIN * unit : 0;
        room += least > blank ? least : blank;
    }
    return room;
}

/** The moved fields stand at the array's end in the order in which they stood. */
size_t plan_part(struct plan_field *fields, size_t count, int room, int gap, int unit)
{
    struct plan_field kept[DOCUMENT_COLUMNS], moved[DOCUMENT_COLUMNS];
    bool below[DOCUMENT_COLUMNS] = {false};
    size_t places[DOCUMENT_COLUMNS], line = count, kept_count = 0, moved_count = 0;

    memcpy(kept, fields, count * sizeof kept[0]);
    for (size_t i = 0; i < count; i++)
        places[i] = i;
    while (least_room(kept, line, gap, unit) > room) {
        size_t at = widest_movable(kept, line);
        if (at == line)
            break;
        below[places[at]] = true;
        line--;
        memmove(&kept[at], &kept[at + 1], (line - at) * sizeof kept[0]);
        memmove(&places[at], &places[at + 1], (line - at) * sizeof places[0]);
    }
    for (size_t i = 0; i < count; i++)
        if (below[i])
            moved[moved_count++] = fields[i];
        else
            kept[kept_count++] = fields[i];
    memcpy(fields, kept, kept_count * sizeof kept[0]);
    memcpy(&fields[kept_count], moved, moved_count * sizeof moved[0]);
    return kept_count;
}

size_t plan_sheet_end(const struct plan_section *section, const struct sheet *sheet, size_t row)
{
    size_t end = row + 1;

    if (section->group == NULL || sheet_column_index(sheet, section->group) < 0)
        return sheet->row_count;
    const char *group = sheet_get(sheet, row, section->group);
    while (end < sheet->row_count && strcmp(sheet_get(sheet, end, section->group), group) == 0)
        end++;
    return end;
}

/** A row while the rows of each sheet are brought together. */
struct member {
    const char *group;
    size_t row;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *one = a, *other = b;
    int order = strcmp(one->group, other->group);

    return order != 0 ? order : one->row < other->row ? -1 : 1;
}

void plan_arrange(const struct plan_section *section, struct sheet *sheet)
{
    struct member *members = NULL;
    size_t *rows = NULL;

    if (section->group == NULL || sheet_column_index(sheet, section->group) < 0)
        return;
    members = mem_array(sheet->row_count + 1, sizeof *members);
    rows = mem_array(sheet->row_count + 1, sizeof *rows);
    for (size_t i = 0; i < sheet->row_count; i++)
        members[i] = (struct member){sheet_get(sheet, i, section->group), i};
    qsort(members, sheet->row_count, sizeof *members, compare_members);
    for (size_t i = 0; i < sheet->row_count; i++)
        rows[i] = members[i].row;
    sheet_pick(sheet, rows, sheet->row_count);
    free(rows);
    free(members);
}

// ---- the table

const struct plan *plan_find(const char *id)
{
    const struct plan *plan = NULL;

    for (size_t i = 0; (plan = plan_at(i)) != NULL; i++)
        if (strcmp(plan->id, id) == 0)
            return plan;
    return plan_at(0);
}

const struct plan_section *plan_main(const struct plan *plan)
{
    for (size_t i = 0; i < PLAN_SECTIONS; i++)
        if (plan->sections[i].table != NULL && strcmp(plan->sections[i].table, "rows") == 0)
            return &plan->sections[i];
    return &plan->sections[0];
}
