#include "exposition.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAMILIES = 128, SAMPLES = 1024, NAME = 96, SERIES = 160 };

struct reading {
    char (*series)[SERIES]; /**< name and label of each sample so far */
    size_t series_count;
    char families[FAMILIES][NAME];
    size_t family_count;
    char helped[NAME], type[NAME];
    double bucket;  /**< of the last class */
    bool unbounded; /**< +Inf was among the classes */
    const char *fault;
};

static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isalpha((unsigned char)text[i]) && text[i] != '_' &&
            !(i > 0 && isdigit((unsigned char)text[i])))
            return false;
    return length > 0;
}

static const char *family(const struct reading *reading)
{
    return reading->family_count > 0 ? reading->families[reading->family_count - 1] : "";
}

static const char *read_help(struct reading *reading, const char *line)
{
    const char *name = line + strlen("# HELP ");
    size_t length = strcspn(name, " ");

    if (!is_name(name, length) || length >= NAME || name[length] != ' ' || name[length + 1] == '\0')
        return "a HELP without name or words";
    for (size_t i = 0; i < reading->family_count; i++)
        if (strncmp(reading->families[i], name, length) == 0 &&
            reading->families[i][length] == '\0')
            return "a family in two pieces";
    snprintf(reading->helped, NAME, "%.*s", (int)length, name);
    return NULL;
}

static const char *read_type(struct reading *reading, const char *line)
{
    char name[NAME], type[NAME];

    if (sscanf(line, "# TYPE %95s %95s", name, type) != 2 || strcmp(name, reading->helped) != 0)
        return "a TYPE that is not behind its HELP";
    if (strcmp(type, "gauge") != 0 && strcmp(type, "counter") != 0 &&
        strcmp(type, "histogram") != 0)
        return "an unknown TYPE";
    if (reading->family_count == FAMILIES)
        return "too many families";
    size_t length = strlen(name);
    bool total = length > 6 && strcmp(name + length - 6, "_total") == 0;
    if (total != (strcmp(type, "counter") == 0))
        return "_total belongs to counters";
    snprintf(reading->families[reading->family_count++], NAME, "%s", name);
    snprintf(reading->type, NAME, "%s", type);
    reading->bucket = 0;
    reading->unbounded = false;
    return NULL;
}

/** The length of {label="value"}, 0 if there is none, -1 if it is wrong. */
static int label_length(const char *text)
{
    const char *at = text + 1;
    size_t length;

    if (*text != '{')
        return 0;
    length = strcspn(at, "=");
    if (!is_name(at, length) || at[length] != '=' || at[length + 1] != '"')
        return -1;
    for (at += length + 2; *at != '"'; at++)
        if (*at == '\\' && (at[1] == '\\' || at[1] == '"' || at[1] == 'n'))
            at++;
        else if (*at == '\\' || *at == '\0')
            return -1;
    return at[1] == '}' ? (int)(at + 2 - text) : -1;
}

static const char *check_histogram(struct reading *reading, const char *part, const char *label,
                                   double value)
{
    if (strcmp(part, "_bucket") == 0) {
        if (strncmp(label, "{le=\"", 5) != 0 || value < reading->bucket)
            return "classes that do not rise";
        reading->bucket = value;
        reading->unbounded |= strncmp(label, "{le=\"+Inf\"}", 11) == 0;
        return NULL;
    }
    if (strcmp(part, "_sum") == 0)
        return NULL;
    if (strcmp(part, "_count") == 0)
        return reading->unbounded && value == reading->bucket ? NULL : "a count that is not +Inf";
    return "no part of a histogram";
}

static const char *read_sample(struct reading *reading, const char *line)
{
    size_t length = strcspn(line, "{ ");
    char name[NAME];
    char *end;

    if (!is_name(line, length) || length >= NAME)
        return "a bad name";
    snprintf(name, sizeof name, "%.*s", (int)length, line);
    int label = label_length(line + length);
    if (label < 0 || line[length + (size_t)label] != ' ')
        return "a bad label";
    const char *number = line + length + label + 1;
    double value = strtod(number, &end);
    if (end == number || *end != '\0' || isspace((unsigned char)*number))
        return "no number";
    for (size_t i = 0; i < reading->series_count; i++)
        if (strncmp(reading->series[i], line, length + (size_t)label + 1) == 0)
            return "a sample that comes twice";
    if (reading->series_count == SAMPLES)
        return "too many samples";
    snprintf(reading->series[reading->series_count++], SERIES, "%.*s ", (int)length + label, line);
    if (strcmp(reading->type, "histogram") == 0 &&
        strncmp(name, family(reading), strlen(family(reading))) == 0)
        return check_histogram(reading, name + strlen(family(reading)), line + length, value);
    return strcmp(name, family(reading)) == 0 ? NULL : "a sample outside its family";
}

const char *exposition_fault(const char *text, char buffer[256])
{
    struct reading *reading = calloc(1, sizeof *reading);
    const char *fault = *text == '\0' || text[strlen(text) - 1] != '\n' ? "no last line" : NULL;

    reading->series = calloc(SAMPLES, SERIES);
    while (*text != '\0' && fault == NULL) {
        size_t length = strcspn(text, "\n");
        char *line = strndup(text, length);

        fault = strncmp(line, "# HELP ", 7) == 0   ? read_help(reading, line)
                : strncmp(line, "# TYPE ", 7) == 0 ? read_type(reading, line)
                                                   : read_sample(reading, line);
        if (fault != NULL)
            snprintf(buffer, 256, "%s: %s", fault, line);
        free(line);
        text += length + (text[length] == '\n');
    }
    if (fault != NULL && strncmp(fault, "no last", 7) == 0)
        snprintf(buffer, 256, "%s", fault);
    free(reading->series);
    free(reading);
    return fault != NULL ? buffer : NULL;
}
