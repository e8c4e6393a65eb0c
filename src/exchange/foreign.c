#include "exchange/foreign.h"

#include "base/text.h"

#include <string.h>

#define SAVE_AS "请在 Excel 或 WPS 里打开，另存为 xlsx 或 CSV 再导入"
#define COPY_TABLE "请把表格复制到 Excel 或 WPS 表格里，另存为 xlsx 或 CSV 再导入"
#define NO_TABLE "请找到原来的表格，另存为 xlsx 或 CSV 再导入"
#define UNPACK "请解压后再导入里面的表格"

/** Searched in the whole file; the first match gives the words. */
struct sign {
    const char *bytes;
    size_t length;
    const char *words;
};

#define SIGN(text) text, sizeof(text) - 1

/** Archives (ZIP): the name of a member is never compressed. */
static const struct sign ZIP_SIGNS[] = {
    {SIGN("xl/workbook.bin"), "这是二进制工作簿（xlsb），" SAVE_AS},
    {SIGN("word/document.xml"), "这是 Word 文件，" COPY_TABLE},
    {SIGN("ppt/presentation.xml"), "这是 PowerPoint 文件，" COPY_TABLE},
    {SIGN("opendocument.spreadsheet"), "这是 ODS 表格，" SAVE_AS},
    {SIGN("opendocument.text"), "这是 ODT 文档，" COPY_TABLE},
    /* without xl/workbook.xml, whose name stands once more at the end of a whole one */
    {SIGN("xl/worksheets/"), "工作簿没有复制完，请重新复制后再导入"},
};

/** Compound files (OLE): the name of a stream, in UTF-16. */
static const struct sign OLE_SIGNS[] = {
    {SIGN("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
     "这个工作簿加了密码，请打开后去掉密码，另存为 xlsx 或 CSV 再导入"},
    {SIGN("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "这是旧版 Word 文件，" COPY_TABLE},
    {SIGN("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0"), "这是旧版 PowerPoint 文件，" COPY_TABLE},
};

struct family {
    const char *magic;
    size_t length;
    const struct sign *signs;
    size_t sign_count;
    const char *words; /**< if none of the signs matches */
};

static const struct family FAMILIES[] = {
    {SIGN("PK\x03\x04"), ZIP_SIGNS, sizeof ZIP_SIGNS / sizeof ZIP_SIGNS[0], "这是压缩包，" UNPACK},
    {SIGN("\xd0\xcf\x11\xe0"), OLE_SIGNS, sizeof OLE_SIGNS / sizeof OLE_SIGNS[0],
     "这是旧版 Excel 文件（xls），" SAVE_AS},
    {SIGN("%PDF"), NULL, 0, "这是 PDF 文件，" NO_TABLE},
    {SIGN("\x89PNG"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("\xff\xd8\xff"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("GIF8"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("BM\x36"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("II*\0"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("MM\0*"), NULL, 0, "这是图片，" NO_TABLE},
    {SIGN("Rar!"), NULL, 0, "这是压缩包，" UNPACK},
    {SIGN("7z\xbc\xaf"), NULL, 0, "这是压缩包，" UNPACK},
    {SIGN("\x1f\x8b"), NULL, 0, "这是压缩文件，" UNPACK},
    {SIGN("\x28\xb5\x2f\xfd"), NULL, 0, "这是压缩文件，" UNPACK},
    {SIGN("SQLite format 3"), NULL, 0, "这是数据库文件，请从原来的系统导出表格，再导入"},
    {SIGN("\x00\x01\x00\x00Standard"), NULL, 0, "这是 Access 数据库，请从中导出表格，再导入"},
    {SIGN("\x7f"
          "ELF"),
     NULL, 0, "这是程序，不是表格，请检查文件名"},
    {SIGN("MZ"), NULL, 0, "这是程序，不是表格，请检查文件名"},
};

static bool begins(const char *bytes, size_t length, const struct family *family)
{
    return length >= family->length && memcmp(bytes, family->magic, family->length) == 0;
}

static bool holds(const char *bytes, size_t length, const char *sign, size_t sign_length)
{
    return memmem(bytes, length, sign, sign_length) != NULL;
}

bool foreign_is_workbook(const char *bytes, size_t length)
{
    static const char sign[] = "xl/workbook.xml";

    return begins(bytes, length, &FAMILIES[0]) && holds(bytes, length, sign, sizeof sign - 1);
}

/** Short marks like "MZ" or "BM" may begin a text: only a file with a NUL is binary. */
static bool is_text(const char *bytes, size_t length)
{
    return memchr(bytes, '\0', length) == NULL;
}

const char *foreign_words(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof FAMILIES / sizeof FAMILIES[0]; i++) {
        const struct family *family = &FAMILIES[i];
        if (!begins(bytes, length, family) || (family->length < 4 && is_text(bytes, length)))
            continue;
        for (size_t k = 0; k < family->sign_count; k++)
            if (holds(bytes, length, family->signs[k].bytes, family->signs[k].length))
                return family->signs[k].words;
        return family->words;
    }
    return NULL;
}

// ---- text that is no table

static bool starts_nocase(const char *text, const char *prefix)
{
    return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/** Beginnings of files that are not tables; some also need the text `also` later in the file. */
static const struct {
    const char *start;
    const char *also;
    const char *words;
} TEXTS[] = {
    {"<?xml", "urn:schemas-microsoft-com:office:spreadsheet",
     "这个文件其实是 XML 表格，只是叫 xls；" SAVE_AS},
    {"<?xml", "<html", "这个文件其实是网页，只是叫 xls；" SAVE_AS},
    {"<?xml", "", "这是 XML 文件，不是表格；" SAVE_AS},
    {"<!doctype", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<html", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<head", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<meta", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<style", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<body", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<div", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<table", "", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"<!--", "<", "这个文件其实是网页，不是表格；" SAVE_AS},
    {"mime-version:", "", "这个文件其实是网页（mht），不是表格；" SAVE_AS},
    {"{\\rtf", "", "这是 RTF 文档，" COPY_TABLE},
    {"{\"", "", "这是 JSON 文件，不是表格，请从原来的系统导出 xlsx 或 CSV 再导入"},
    {"[{", "", "这是 JSON 文件，不是表格，请从原来的系统导出 xlsx 或 CSV 再导入"},
};

const char *foreign_text_words(const char *text)
{
    while (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
        text++;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        if (starts_nocase(text, TEXTS[i].start) && strcasestr(text, TEXTS[i].also) != NULL)
            return TEXTS[i].words;
    return NULL;
}
