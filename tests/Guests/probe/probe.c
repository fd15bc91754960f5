// Calls each host function with what it is told, and misuses fuel, memory and stack when it is told that.
#include "../guest.h"

static volatile u32 counter;
static outcome last;

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
  void *fresh = allocate(wanted);
  if (size) memcpy(fresh, old, size);
  return fresh;
}

EXPORT("plugin#init") void *init(void) { return answer(0, literal("")); }

static outcome *http(text json) {
  struct { text name, value; } header = {field(json, "header"), field(json, "value")};
  text method = field(json, "method"), url = field(json, "url"), body = field(json, "body");
  u32 big = number(json, "bytes");
  if (big) { body.at = allocate(big); body.length = big; memset(body.at, 'x', big); }
  if (!method.length) method = literal("GET");
  host_http(method.at, method.length, url.at, url.length, &header, header.name.length ? 1 : 0, body.at != 0, body.at, body.length, &last);
  return answer(last.tag, last.value);
}

// A hundred thousand headers that all name the same megabytes.
static outcome *headers(text json) {
  text url = field(json, "url");
  u32 count = number(json, "count"), size = number(json, "bytes");
  struct { text name, value; } *all = allocate(count * sizeof(*all));
  text big = {allocate(size), size};
  memset(big.at, 'x', size);
  for (u32 i = 0; i < count; i++) { all[i].name = literal("x-a"); all[i].value = big; }
  host_http("GET", 3, url.at, url.length, all, count, 0, 0, 0, &last);
  return answer(last.tag, last.value);
}

// A string that claims to reach beyond the memory, or to be four gigabytes long.
static outcome *beyond(text json) {
  host_log(2, (const char *)number(json, "at"), number(json, "bytes"));
  return answer(0, literal("\"logged\""));
}

static outcome *sized(text json) {
  u32 big = number(json, "bytes");
  text t = {allocate(big), big};
  memset(t.at, 'x', big);
  return answer(0, t);
}

static outcome *read(text json) {
  text path = field(json, "path");
  host_read(path.at, path.length, &last);
  if (!last.tag && number(json, "measure")) return answer(0, literal("\"read\""));
  return answer(last.tag, last.value);
}

static outcome *write(text json) {
  text path = field(json, "path"), content = field(json, "content");
  u32 big = number(json, "bytes");
  if (big) { content.at = allocate(big); content.length = big; memset(content.at, 'x', big); }
  host_write(path.at, path.length, content.at, content.length, &last);
  return answer(last.tag, last.tag ? last.value : literal("\"written\""));
}

static outcome *env(text json) {
  text name = field(json, "name");
  host_env(name.at, name.length, &last);
  return answer(0, last.tag ? last.value : literal("null"));
}

static outcome *logs(text json) {
  text message = field(json, "message");
  u32 times = number(json, "times"), big = number(json, "bytes");
  if (big) { message.at = allocate(big); message.length = big; memset(message.at, 'x', big); }
  for (u32 i = 0; i < (times ? times : 1); i++) host_log(2, message.at, message.length);
  return answer(0, literal("\"logged\""));
}

static outcome *grow(text json) {
  u32 pages = number(json, "pages");
  u32 at = __builtin_wasm_memory_grow(0, pages);
  return at == (u32)-1 ? answer(1, literal("refused")) : answer(0, literal("\"grown\""));
}

static __attribute__((noinline)) u32 deeper(u32 n) { counter += n; return deeper(n + 1) + counter; }

static outcome *count(text json) {
  counter++;
  text t = {allocate(1), 1};
  t.at[0] = (char)('0' + counter);
  return answer(0, t);
}

static outcome *spin(text json) {
  for (u32 i = 0, n = number(json, "times"); i < n; i++) counter += i;
  return answer(0, literal("\"done\""));
}

// Tells, where it is given something to tell, that it runs.
static void loop(text json) {
  if (field(json, "message").length) logs(json);
  for (;;) counter++;
}

static outcome *huge(void) {
  text t = {(char *)8, 0x7fffffff};
  return answer(0, t);
}

EXPORT("plugin#execute-tool") void *execute(char *name, u32 name_length, char *json_at, u32 json_length) {
  text tool = {name, name_length}, json = {json_at, json_length};
  if (same(tool, "echo")) return answer(0, json);
  if (same(tool, "fail")) return answer(1, literal("as asked"));
  if (same(tool, "http")) return http(json);
  if (same(tool, "headers")) return headers(json);
  if (same(tool, "beyond")) return beyond(json);
  if (same(tool, "sized")) return sized(json);
  if (same(tool, "read")) return read(json);
  if (same(tool, "write")) return write(json);
  if (same(tool, "env")) return env(json);
  if (same(tool, "log")) return logs(json);
  if (same(tool, "grow")) return grow(json);
  if (same(tool, "count")) return count(json);
  if (same(tool, "spin")) return spin(json);
  if (same(tool, "huge")) return huge();
  if (same(tool, "loop")) loop(json);
  if (same(tool, "trap")) __builtin_trap();
  if (same(tool, "recurse")) { deeper(1); return answer(0, literal("\"returned\"")); }
  return answer(1, literal("no such tool"));
}

EXPORT("plugin#describe") void *describe(void) {
  text *t = allocate(sizeof(text));
  *t = literal("{\"name\":\"probe\",\"version\":\"1.0.0\",\"tools\":[{\"name\":\"echo\",\"description\":\"Gives back its parameters.\","
               "\"parameters\":{\"type\":\"object\"}},{\"name\":\"count\",\"description\":\"Counts the calls of an instance.\",\"parameters\":{\"type\":\"object\"}}]}");
  return t;
}
