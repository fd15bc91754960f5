// The canonical ABI of clawft:plugin@0.1.0 by hand: no C library, one arena that a fresh instance starts empty.
typedef unsigned int u32;
typedef unsigned char u8;
typedef struct { char *at; u32 length; } text;

#define EXPORT(name) __attribute__((export_name(name)))
#define HOST(name) __attribute__((import_module("host"), import_name(name)))

HOST("http-request") void host_http(const char *, u32, const char *, u32, const void *, u32, u32, const char *, u32, void *);
HOST("read-file") void host_read(const char *, u32, void *);
HOST("write-file") void host_write(const char *, u32, const char *, u32, void *);
HOST("get-env") void host_env(const char *, u32, void *);
HOST("log") void host_log(u32, const char *, u32);

extern char __heap_base;
static char *next = &__heap_base;

static void *allocate(u32 bytes) {
  u32 at = ((u32)next + 7) & ~7u;
  u32 end = at + bytes;
  u32 have = __builtin_wasm_memory_size(0) << 16;
  if (end > have && __builtin_wasm_memory_grow(0, ((end - have) >> 16) + 1) == (u32)-1) __builtin_trap();
  next = (char *)end;
  return (void *)at;
}

void *memcpy(void *to, const void *from, unsigned long n) { char *t = to; const char *f = from; while (n--) *t++ = *f++; return to; }
void *memset(void *to, int c, unsigned long n) { char *t = to; while (n--) *t++ = (char)c; return to; }

static u32 length_of(const char *s) { u32 n = 0; while (s[n]) n++; return n; }
static int same(text a, const char *b) { u32 i = 0; for (; i < a.length; i++) if (a.at[i] != b[i] || !b[i]) return 0; return !b[i]; }
static text literal(const char *s) { text t = {(char *)s, length_of(s)}; return t; }

// The string behind "key": in a flat JSON object; escapes \n \r \t \" \\ \/ \u00XX are decoded.
static text field(text json, const char *key) {
  u32 k = length_of(key);
  for (u32 i = 0; i + k + 4 < json.length; i++) {
    u32 j = 0;
    if (json.at[i] != '"') continue;
    while (j < k && json.at[i + 1 + j] == key[j]) j++;
    if (j < k || json.at[i + 1 + k] != '"' || json.at[i + 2 + k] != ':') continue;
    u32 p = i + 3 + k;
    while (json.at[p] == ' ') p++;
    if (json.at[p] != '"') { text none = {0, 0}; return none; }
    char *out = allocate(json.length), *o = out;
    for (p++; p < json.length && json.at[p] != '"'; p++) {
      char c = json.at[p];
      if (c == '\\') {
        c = json.at[++p];
        if (c == 'n') c = '\n';
        else if (c == 'r') c = '\r';
        else if (c == 't') c = '\t';
        else if (c == 'u') {
          int v = 0;
          for (u32 h = 3; h <= 4; h++) { char x = json.at[p + h]; v = v * 16 + (x <= '9' ? x - '0' : (x | 32) - 'a' + 10); }
          c = (char)v;
          p += 4;
        }
      }
      *o++ = c;
    }
    text found = {out, (u32)(o - out)};
    return found;
  }
  text none = {0, 0};
  return none;
}

static u32 number(text json, const char *key) {
  text t = field(json, key);
  u32 v = 0;
  for (u32 i = 0; i < t.length; i++) v = v * 10 + (u32)(t.at[i] - '0');
  return v;
}

typedef struct { u8 tag; text value; } outcome;

static outcome *answer(int failed, text value) {
  outcome *r = allocate(sizeof(outcome));
  r->tag = (u8)failed;
  r->value = value;
  return r;
}
