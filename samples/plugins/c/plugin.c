/* The canonical ABI by hand, without a C library: strings are (pointer, bytes), results leave through `area`. */
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct { const char *at; int length; } string;
typedef struct { unsigned char failed; string value; } result;

__attribute__((import_module("host"), import_name("log"))) void host_log(int level, const char *message, int length);

extern unsigned char __heap_base;
static unsigned long heap;
static result area;

/* Grows only: every call gets a fresh instance. */
EXPORT("cabi_realloc") void *cabi_realloc(void *old, unsigned long old_size, unsigned long align, unsigned long size) {
    if (!heap) heap = (unsigned long)&__heap_base;
    unsigned long at = (heap + align - 1) / align * align;
    heap = at + size;
    unsigned long pages = __builtin_wasm_memory_size(0);
    if (heap > pages << 16 && __builtin_wasm_memory_grow(0, ((heap - (pages << 16)) >> 16) + 1) == (unsigned long)-1) __builtin_trap();
    __builtin_memcpy((void *)at, old, old_size < size ? old_size : size);
    return (void *)at;
}

static int same(string a, const char *b) {
    int i = 0;
    while (i < a.length && b[i] && a.at[i] == b[i]) i++;
    return i == a.length && !b[i];
}

static char *append(char *to, const char *text, int length) {
    for (int i = 0; i < length; i++) *to++ = text[i];
    return to;
}

static char *append_number(char *to, int number) {
    char digits[10];
    int count = 0;
    do digits[count++] = (char)('0' + number % 10); while (number /= 10);
    while (count) *to++ = digits[--count];
    return to;
}

static result *answer(int failed, const char *at, int length) {
    area = (result){ (unsigned char)failed, { at, length } };
    return &area;
}

/* The words of the member "text", as it is written. */
static int words(string json) {
    int i = 0, count = 0, inside = 0;
    while (i + 6 <= json.length && !same((string){ json.at + i, 6 }, "\"text\"")) i++;
    if (i + 6 > json.length) return 0;
    for (i += 6; i < json.length && json.at[i] != ':'; i++) {}
    for (; i < json.length && json.at[i] != '"'; i++) {}
    for (i++; i < json.length && json.at[i] != '"'; i++) {
        int space = json.at[i] == ' ';
        if (json.at[i] == '\\') i++;
        count += !space && !inside;
        inside = !space;
    }
    return count;
}

EXPORT("plugin#init") result *init(void) { return answer(0, 0, 0); }

EXPORT("plugin#execute-tool") result *execute_tool(const char *name, int name_length, const char *json, int json_length) {
    string tool = { name, name_length }, parameters = { json, json_length };
    if (same(tool, "echo")) return answer(0, json, json_length);
    if (same(tool, "word-count")) {
        static char text[32];
        char *end = append(text, "{\"words\":", 9);
        end = append(append_number(end, words(parameters)), "}", 1);
        return answer(0, text, (int)(end - text));
    }
    char *message = cabi_realloc(0, 0, 1, 14 + (unsigned long)name_length);
    append(append(message, "unknown tool: ", 14), name, name_length);
    host_log(1, message, 14 + name_length);
    return answer(1, message, 14 + name_length);
}

EXPORT("plugin#describe") string *describe(void) {
    static const char text[] = "{\"name\":\"sample\",\"version\":\"1.0.0\",\"tools\":[{\"name\":\"word-count\",\"description\":\"Counts the words of a text.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}},{\"name\":\"echo\",\"description\":\"Gives its parameters back.\",\"parameters\":{\"type\":\"object\"}}]}";
    static string description;
    description = (string){ text, sizeof text - 1 };
    return &description;
}
