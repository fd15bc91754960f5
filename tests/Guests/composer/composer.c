// clawgrains:tools over other tools of the host and over kept state.
#include "../guest.h"
#define FROM(module, name) __attribute__((import_module(module), import_name(name)))

FROM("clawgrains:tools/host-tools@1.0.0", "call-tool") void host_tool(const char *, u32, const char *, u32, void *);
FROM("clawgrains:state/store@1.0.0", "get") void state_get(const char *, u32, void *);
FROM("clawgrains:state/store@1.0.0", "set") void state_set(const char *, u32, const char *, u32, void *);
FROM("clawgrains:state/store@1.0.0", "delete") void state_delete(const char *, u32, void *);
FROM("clawgrains:state/store@1.0.0", "list-keys") void state_keys(const char *, u32, u32, const char *, u32, u32, void *);

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
  void *fresh = allocate(wanted);
  if (size) memcpy(fresh, old, size);
  return fresh;
}

// result<X, variant of strings>: the value of X, or the case and its text, from offset 4 on.
typedef struct { u8 tag; union { text list; u8 yes; struct { u8 there; text some; } option; struct { u8 kind; text why; } error; } as; } answered;
static answered last;

static text join(text a, const char *b, text c) {
  u32 n = length_of(b);
  text t = {allocate(a.length + n + c.length), a.length + n + c.length};
  memcpy(t.at, a.at, a.length);
  memcpy(t.at + a.length, b, n);
  memcpy(t.at + a.length + n, c.at, c.length);
  return t;
}

static outcome *refused(void) {
  text kind = {allocate(1), 1};
  kind.at[0] = (char)('0' + last.as.error.kind);
  return answer(1, join(kind, ": ", last.as.error.why));
}

static text quoted(text t) { return join(literal("\""), "", join(t, "\"", literal(""))); }

static outcome *keys(text json) {
  text prefix = field(json, "prefix"), after = field(json, "after"), all = literal("");
  u32 limit = number(json, "limit");
  state_keys(prefix.at, prefix.length, after.at != 0, after.at, after.length, limit ? limit : 1000, &last);
  if (last.tag) return refused();
  text *items = (text *)last.as.list.at;
  u32 count = last.as.list.length;
  for (u32 i = 0; i < count; i++) all = join(all, i ? "," : "", items[i]);
  return answer(0, quoted(all));
}

EXPORT("clawgrains:tools/tools@1.0.0#call-tool") void *call(char *name, u32 name_length, char *json_at, u32 json_length) {
  text tool = {name, name_length}, json = {json_at, json_length}, key = field(json, "key"), value = field(json, "value");
  if (same(tool, "pass")) {
    text other = field(json, "tool"), arguments = field(json, "arguments");
    host_tool(other.at, other.length, arguments.at, arguments.length, &last);
    return last.tag ? refused() : answer(0, last.as.list);
  }
  if (same(tool, "get")) {
    state_get(key.at, key.length, &last);
    if (last.tag) return refused();
    return answer(0, last.as.option.there ? quoted(last.as.option.some) : literal("null"));
  }
  if (same(tool, "set")) {
    u32 big = number(json, "bytes");
    if (big) { value.at = allocate(big); value.length = big; memset(value.at, 'x', big); }
    state_set(key.at, key.length, value.at, value.length, &last);
    return last.tag ? refused() : answer(0, literal("true"));
  }
  if (same(tool, "delete")) {
    state_delete(key.at, key.length, &last);
    return last.tag ? refused() : answer(0, literal(last.as.yes ? "true" : "false"));
  }
  if (same(tool, "keys")) return keys(json);
  return answer(1, literal("no such tool"));
}

EXPORT("clawgrains:tools/tools@1.0.0#list-tools") void *list(void) {
  struct { text name, description, schema; } *tools = allocate(48);
  text *list = allocate(sizeof(text));
  tools[0].name = literal("pass");
  tools[0].description = literal("Runs another tool.");
  tools[0].schema = literal("{\"type\":\"object\",\"properties\":{\"tool\":{\"type\":\"string\"}}}");
  tools[1].name = literal("get");
  tools[1].description = literal("Reads kept state.");
  tools[1].schema = literal("{\"type\":\"object\"}");
  list->at = (char *)tools;
  list->length = 2;
  return list;
}
