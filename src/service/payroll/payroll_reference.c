#include "service/payroll/payroll_reference.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char DIGITS[] = "0123456789";

/** What all references of a roster begin with. New string. */
static char *make_prefix(const struct service *service, const Rec__Payroll *payroll)
{
    const struct form *form = forms_get(service_forms(service), payroll->kind);
    char street[AREA_TEXT];
    char month[MONTH_TEXT];

    area_prefix(payroll->area, street);
    (void)month_format(payroll->month, month); /* 2026-11 */
    return mem_printf("%s%s%.2s%.2s-", street, form != NULL ? form->code : "", month + 2,
                      month + 5);
}

char *payroll_reference_make(const struct service *service, const Rec__Payroll *payroll,
                             size_t line)
{
    char *prefix = make_prefix(service, payroll);
    char *reference = mem_printf("%s%zu", prefix, line + 1);

    free(prefix);
    return reference;
}

/** True if a reference of any roster begins here. */
static bool is_reference(const char *text)
{
    enum { STREET_DIGITS = 9, MONTH_DIGITS = 4 };
    size_t street = strspn(text, DIGITS);
    size_t code = strspn(text + street, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *month = text + street + code;

    return street >= STREET_DIGITS && code > 0 && strspn(month, DIGITS) == MONTH_DIGITS &&
           month[MONTH_DIGITS] == '-' && strspn(month + MONTH_DIGITS + 1, DIGITS) > 0;
}

/** A reference of the roster begins at `text`, its number at `digits`. */
static enum payroll_referred read_line(const Rec__Payroll *payroll, const char *digits,
                                       size_t *ret_line)
{
    char *number = mem_copy_bytes(digits, strspn(digits, DIGITS));
    int64_t line = 0;
    bool known = text_to_int(number, 1, (int64_t)payroll->n_lines, &line) == 0;

    free(number);
    if (!known)
        return REFERRED_OTHER;
    *ret_line = (size_t)line - 1;
    return REFERRED_LINE;
}

enum payroll_referred payroll_reference_read(const struct service *service,
                                             const Rec__Payroll *payroll, const char *text,
                                             size_t *ret_line)
{
    char *prefix = make_prefix(service, payroll);
    const char *own = strstr(text, prefix);
    enum payroll_referred referred = REFERRED_NOTHING;

    if (own != NULL)
        referred = read_line(payroll, own + strlen(prefix), ret_line);
    for (; own == NULL && *text != '\0' && referred == REFERRED_NOTHING; text++)
        if (is_reference(text))
            referred = REFERRED_OTHER;
    free(prefix);
    return referred;
}
