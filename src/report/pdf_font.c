#include "report/pdf_font.h"

#include "base/mem.h"
#include "base/text.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** In the order in which a character is looked for. */
static const struct {
    const char *family, *file, *package;
} FONTS[] = {
    {"WenQuanYi Zen Hei", "wqy-zenhei.ttc", "fonts-wqy-zenhei"},
    {"HanaMinA", "HanaMinA.ttf", "fonts-hanazono"},
    {"HanaMinB", "HanaMinB.ttf", "fonts-hanazono"},
};

enum {
    FONTS_COUNT = sizeof FONTS / sizeof FONTS[0],
    CODES = 0x110000,
    BLOCK = 256,
    MEASURED = 100, /**< points: the size in which characters are measured */
    MISSING = 20,   /**< characters without a glyph that are named */
    KEPT = 4096,    /**< layouts */
};

struct pdf_font {
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout; /**< copied for each text */
    GHashTable *layouts; /**< by size, width and text */
    PangoFontDescription *description;
    int *widths[CODES / BLOCK]; /**< 1 + tenths of a point, 0 = not measured yet */
    uint32_t missing[MISSING];
    size_t missing_count;
};

// ---- opening

static void add_folders(struct str *xml)
{
    static const char *const folders[] = {"/usr/share/fonts", "/usr/local/share/fonts"};

    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        str_printf(xml, "<dir>%s</dir>", folders[i]);
    str_add(xml, "<cachedir>/var/cache/fontconfig</cachedir>"
                 "<cachedir prefix=\"xdg\">fontconfig</cachedir>");
}

/** A configuration in which these files are all the fonts there are. */
static FcConfig *open_config(void)
{
    struct str xml = {0};
    FcConfig *config = FcConfigCreate();

    str_add(&xml, "<?xml version=\"1.0\"?><fontconfig>");
    add_folders(&xml);
    /* of a folder's name with a point in it no font is found, of another's all are looked at */
    str_add(&xml, "<selectfont><rejectfont><glob>*.*</glob></rejectfont><acceptfont>");
    for (size_t i = 0; i < FONTS_COUNT; i++)
        str_printf(&xml, "<glob>*/%s</glob>", FONTS[i].file);
    str_add(&xml, "</acceptfont></selectfont></fontconfig>");
    (void)FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)str_text(&xml), FcTrue);
    (void)FcConfigBuildFonts(config);
    str_free(&xml);
    return config;
}

static bool has_family(FcConfig *config, const char *family)
{
    const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);

    for (int i = 0; set != NULL && i < set->nfont; i++) {
        FcChar8 *name = NULL;
        for (int n = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, n, &name) == FcResultMatch;
             n++)
            if (strcmp((const char *)name, family) == 0)
                return true;
    }
    return false;
}

static PangoAttrList *attributes_new(void)
{
    PangoAttrList *list = pango_attr_list_new();

    /* widths add up, and a text that is copied from the page is the one that was printed */
    pango_attr_list_insert(list, pango_attr_font_features_new("kern=0, liga=0, clig=0"));
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    return list;
}

static void open_pango(struct pdf_font *font)
{
    cairo_font_options_t *options = cairo_font_options_create();
    PangoAttrList *attributes = attributes_new();
    struct str families = {0};

    for (size_t i = 0; i < FONTS_COUNT; i++)
        str_printf(&families, "%s%s", i > 0 ? "," : "", FONTS[i].family);
    font->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(font->map), font->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(font->map), 72);
    font->context = pango_font_map_create_context(font->map);
    pango_context_set_round_glyph_positions(font->context, FALSE);
    pango_context_set_base_dir(font->context, PANGO_DIRECTION_LTR);
    pango_context_set_language(font->context, pango_language_from_string("zh-cn"));
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(font->context, options);
    font->description = pango_font_description_new();
    pango_font_description_set_family(font->description, str_text(&families));
    font->layout = pango_layout_new(font->context);
    font->layouts = g_hash_table_new_full(g_str_hash, g_str_equal, free, g_object_unref);
    pango_layout_set_auto_dir(font->layout, FALSE);
    pango_layout_set_wrap(font->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_attributes(font->layout, attributes);
    pango_attr_list_unref(attributes);
    cairo_font_options_destroy(options);
    str_free(&families);
}

enum result pdf_font_open(struct pdf_font **ret_font, char **ret_message)
{
    struct pdf_font *font = mem_new(sizeof *font);

    font->config = open_config();
    for (size_t i = 0; i < FONTS_COUNT; i++)
        if (!has_family(font->config, FONTS[i].family)) {
            *ret_message = mem_printf("缺少打印用的字体 %s，请安装软件包 %s（apt install %s）",
                                      FONTS[i].family, FONTS[i].package, FONTS[i].package);
            pdf_font_close(&font);
            return RESULT_NOINPUT;
        }
    open_pango(font);
    *ret_font = font;
    return RESULT_OK;
}

void pdf_font_close(struct pdf_font **font)
{
    if (*font == NULL)
        return;
    for (size_t i = 0; i < CODES / BLOCK; i++)
        free((*font)->widths[i]);
    if ((*font)->layouts != NULL)
        g_hash_table_destroy((*font)->layouts);
    g_clear_object(&(*font)->layout);
    g_clear_object(&(*font)->context);
    g_clear_object(&(*font)->map);
    if ((*font)->description != NULL)
        pango_font_description_free((*font)->description);
    FcConfigDestroy((*font)->config);
    free(*font);
    *font = NULL;
}

// ---- measuring

static PangoLayout *new_layout(struct pdf_font *font, double size)
{
    PangoLayout *layout = pango_layout_copy(font->layout);

    pango_font_description_set_size(font->description, (int)(size * PANGO_SCALE));
    pango_layout_set_font_description(layout, font->description);
    return layout;
}

PangoLayout *pdf_font_lay_out(struct pdf_font *font, const char *text, double size, double width)
{
    char *key = mem_printf("%d %d %s", (int)(size * PANGO_SCALE), (int)(width * PANGO_SCALE), text);
    PangoLayout *layout = g_hash_table_lookup(font->layouts, key);

    if (layout != NULL) {
        free(key);
        return layout;
    }
    if (g_hash_table_size(font->layouts) >= KEPT)
        g_hash_table_remove_all(font->layouts);
    layout = new_layout(font, size);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    (void)g_hash_table_insert(font->layouts, key, layout);
    return layout;
}

static void note_missing(struct pdf_font *font, uint32_t code)
{
    if (font->missing_count < MISSING)
        font->missing[font->missing_count++] = code;
}

static int measure(struct pdf_font *font, uint32_t code)
{
    char text[TEXT_CHARACTER];
    PangoLayout *layout = new_layout(font, MEASURED);
    PangoRectangle box;

    pango_layout_set_text(layout, text, text_encode(code, text));
    pango_layout_get_extents(layout, NULL, &box);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0)
        note_missing(font, code);
    g_object_unref(layout);
    return (int)((double)box.width * PDF_POINT / PANGO_SCALE + 0.5);
}

/** In tenths of a point at the size MEASURED. */
static int width_of_code(struct pdf_font *font, uint32_t code)
{
    int **block = &font->widths[code / BLOCK];

    if (*block == NULL)
        *block = mem_array(BLOCK, sizeof **block);
    int *width = &(*block)[code % BLOCK];
    if (*width == 0)
        *width = 1 + measure(font, code);
    return *width - 1;
}

int pdf_font_width(struct pdf_font *font, const char *text, double size)
{
    uint32_t code = 0;
    int total = 0;

    while (*text != '\0') {
        text += text_next(text, &code);
        total += code < CODES ? width_of_code(font, code) : 0;
    }
    return (int)((double)total * size / MEASURED + 0.999);
}

void pdf_font_missing(const struct pdf_font *font, struct str *str)
{
    char text[TEXT_CHARACTER];

    for (size_t i = 0; i < font->missing_count; i++) {
        str_printf(str, "%sU+%04X ", i > 0 ? "、" : "", font->missing[i]);
        str_add_bytes(str, text, (size_t)text_encode(font->missing[i], text));
    }
}
