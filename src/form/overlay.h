/**
 * The files of the catalogue: those that came with the program, and those of an office over them.
 *
 * A file of the office takes the place of the shipped one of the same name; others are added. An empty
 * one leaves a shipped programme out: what is there of it stays readable, and nothing new is made. Files
 * are "NAME.yaml", "blocks/NAME.yaml", "banks/NAME.yaml", "rules/NAME.yaml", "indicators/NAME.yaml" and
 * "workdays.csv". The office's folder, or its blocks, may be missing; what is there and cannot be read is an
 * error, or terminals and server would work with different files.
 */
#ifndef DOUDI_FORM_OVERLAY_H
#define DOUDI_FORM_OVERLAY_H

#include "form/form.h"

#include <stdbool.h>
#include <stddef.h>

struct overlay {
    struct forms_folders folders; /**< borrowed */
    size_t count;
    char **names; /**< of both, sorted, each once */
};

/** Looks into the folders. On failure *ret_error (new string) is "FOLDER:1：reason". */
enum result overlay_open(const struct forms_folders *folders, struct overlay *overlay,
                         char **ret_error);
void overlay_close(struct overlay *overlay);

/** Where the file of that name is. New string. */
char *overlay_path(const struct overlay *overlay, const char *name);
/** True if the office has an empty file of that name, and there is a shipped one: overlay_path() is
 *  then the shipped one's. */
bool overlay_leaves_out(const struct overlay *overlay, const char *name);
/** True for a programme, a visit or a block; false for codes, amounts, bank
 *  formats, rules, indicators and working days. */
bool overlay_is_form(const char *name);
/** See forms_office(). New string, NULL if no file is the office's. */
char *overlay_text(const struct overlay *overlay);

#endif
