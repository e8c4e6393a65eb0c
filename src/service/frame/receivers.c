#include "service/frame/receivers.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/words.h"

#include <cyaml/cyaml.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** The file as libcyaml reads it. */
struct raw_receiver {
    const char *name, *title, *certificate, *cipher, *area, *to, *receipt_certificate;
    const bool *sign;
};

struct raw_sign {
    const char *key, *certificate;
};

struct raw_file {
    struct raw_sign *sign;
    struct raw_receiver *receivers;
    unsigned receiver_count;
};

struct receivers {
    struct raw_file *raw; /**< the texts; NULL = no file */
    struct receiver items[RECEIVERS_MOST];
    size_t count;
};

// ---- schema

#define NEEDED CYAML_FLAG_POINTER
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define STRING(key, flags, type, member)                                                           \
    CYAML_FIELD_STRING_PTR(key, flags, struct type, member, 0, CYAML_UNLIMITED)

static const cyaml_schema_field_t receiver_fields[] = {
    STRING("name", NEEDED, raw_receiver, name),
    STRING("title", OPTIONAL, raw_receiver, title),
    STRING("certificate", OPTIONAL, raw_receiver, certificate),
    STRING("cipher", OPTIONAL, raw_receiver, cipher),
    STRING("area", OPTIONAL, raw_receiver, area),
    STRING("to", OPTIONAL, raw_receiver, to),
    STRING("receipt_certificate", OPTIONAL, raw_receiver, receipt_certificate),
    CYAML_FIELD_BOOL_PTR("sign", OPTIONAL, struct raw_receiver, sign),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t receiver_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_receiver, receiver_fields),
};
static const cyaml_schema_field_t sign_fields[] = {
    STRING("key", NEEDED, raw_sign, key),
    STRING("certificate", OPTIONAL, raw_sign, certificate),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_MAPPING_PTR("sign", OPTIONAL, struct raw_file, sign, sign_fields),
    CYAML_FIELD_SEQUENCE_COUNT("receivers", OPTIONAL, struct raw_file, receivers, receiver_count,
                               &receiver_schema, 0, RECEIVERS_MOST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_file, file_fields),
};

static const cyaml_config_t CONFIG = {
    .log_fn = NULL,
    .mem_fn = cyaml_mem,
    .log_level = CYAML_LOG_ERROR,
    .flags = CYAML_CFG_DEFAULT,
};

// ---- what it says

static bool is_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

    return *name != '\0' && *name != '-' && strlen(name) < RECEIVER_NAME &&
           name[strspn(name, allowed)] == '\0';
}

static bool is_path(const char *path)
{
    return path == NULL || *path == '/';
}

/** Why the receiver cannot be taken; NULL = it can. */
static const char *find_fault(const struct receivers *receivers, const struct raw_receiver *raw)
{
    if (!is_name(raw->name))
        return "的 name 只能用字母、数字和 -，最多 31 个，不能以 - 开头";
    if (receivers_find(receivers, raw->name) != NULL)
        return "写了两次，每个接收单位的 name 要不同";
    if (!is_path(raw->certificate))
        return "的 certificate 要写完整路径（以 / 开头）";
    if (raw->area != NULL && (strlen(raw->area) != AREA_TEXT - 1 || !text_is_digits(raw->area)))
        return "的 area 要写 12 位区划代码";
    if (!is_path(raw->receipt_certificate))
        return "的 receipt_certificate 要写完整路径（以 / 开头）";
    if (raw->receipt_certificate != NULL && raw->area == NULL)
        return "写了 receipt_certificate，要写 area，才知道哪些回执是它的";
    if (raw->cipher != NULL && raw->certificate == NULL)
        return "写了 cipher，要写 certificate；不密封就去掉 cipher";
    if (raw->sign != NULL && *raw->sign && receivers_sign_key(receivers) == NULL)
        return "要签名，文件里没有 sign：请写明 sign 的 key";
    return NULL;
}

static const char *text_or(const char *text, const char *otherwise)
{
    return text != NULL ? text : otherwise;
}

static void add_receiver(struct receivers *receivers, const struct raw_receiver *raw)
{
    receivers->items[receivers->count++] = (struct receiver){
        .name = raw->name,
        .title = text_or(raw->title, raw->name),
        .certificate = raw->certificate,
        .sign = raw->sign != NULL ? *raw->sign : receivers_sign_key(receivers) != NULL,
        .cipher = text_or(raw->cipher, ""),
        .area = text_or(raw->area, ""),
        .to = text_or(raw->to, ""),
        .receipt_certificate = raw->receipt_certificate,
    };
}

static enum result take_all(struct receivers *receivers, const char *path, char **ret_message)
{
    const struct raw_sign *sign = receivers->raw->sign;

    if (sign != NULL && (!is_path(sign->key) || !is_path(sign->certificate))) {
        *ret_message = mem_printf("%s：sign 的 key、certificate 要写完整路径（以 / 开头）。", path);
        return RESULT_INVALID;
    }
    for (unsigned i = 0; i < receivers->raw->receiver_count; i++) {
        const struct raw_receiver *raw = &receivers->raw->receivers[i];
        const char *fault = find_fault(receivers, raw);
        if (fault != NULL) {
            *ret_message = mem_printf("%s：接收单位 %s %s。", path, raw->name, fault);
            return RESULT_INVALID;
        }
        add_receiver(receivers, raw);
    }
    return RESULT_OK;
}

static enum result read_file(struct receivers *receivers, const char *path, char **ret_message)
{
    cyaml_err_t error;

    if (access(path, F_OK) != 0 && errno == ENOENT)
        return RESULT_OK;
    error = cyaml_load_file(path, &CONFIG, &file_schema, (cyaml_data_t **)&receivers->raw, NULL);
    if (error == CYAML_OK && receivers->raw == NULL) /* an empty file */
        return RESULT_OK;
    if (error == CYAML_OK)
        return take_all(receivers, path, ret_message);
    *ret_message =
        mem_printf("%s 读不懂（%s），请照运维手册“几个接收单位”改正。", path,
                   error == CYAML_ERR_FILE_OPEN ? result_reason(errno) : cyaml_strerror(error));
    return RESULT_INVALID;
}

enum result receivers_read(const char *path, struct receivers **ret_receivers, char **ret_message)
{
    struct receivers *receivers = mem_new(sizeof *receivers);
    char *office = path == NULL ? paths_office(RECEIVERS_FILE) : mem_copy(path);
    enum result result = office != NULL ? read_file(receivers, office, ret_message) : RESULT_OK;

    free(office);
    if (result == 0)
        *ret_receivers = receivers;
    else
        receivers_free(&receivers);
    return result;
}

void receivers_free(struct receivers **receivers)
{
    if (*receivers != NULL && (*receivers)->raw != NULL)
        (void)cyaml_free(&CONFIG, &file_schema, (*receivers)->raw, 0);
    free(*receivers);
    *receivers = NULL;
}

const struct receiver *receivers_at(const struct receivers *receivers, size_t index)
{
    return receivers != NULL && index < receivers->count ? &receivers->items[index] : NULL;
}

const struct receiver *receivers_find(const struct receivers *receivers, const char *name)
{
    const struct receiver *receiver;

    for (size_t i = 0; (receiver = receivers_at(receivers, i)) != NULL; i++)
        if (strcmp(receiver->name, name) == 0)
            return receiver;
    return NULL;
}

const char *receivers_sign_key(const struct receivers *receivers)
{
    const struct raw_file *raw = receivers->raw;

    return raw != NULL && raw->sign != NULL ? raw->sign->key : NULL;
}

const char *receivers_sign_certificate(const struct receivers *receivers)
{
    const struct raw_file *raw = receivers->raw;

    return raw != NULL && raw->sign != NULL ? raw->sign->certificate : NULL;
}
