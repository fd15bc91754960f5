// A ZeroClaw tool: logs, asks for a secret and for the proxy, and tells what it was given.
#include "../guest.h"
#define FROM(interface, name) __attribute__((import_module("zeroclaw:plugin/" interface "@0.1.0"), import_name(name)))
#define TO(interface, name) EXPORT("zeroclaw:plugin/" interface "@0.1.0#" name)

FROM("logging", "log-record") void log_record(u32, const char *, u32, u32, u32, u32, u32, unsigned long long, u32, const char *, u32, const char *, u32);
FROM("secrets", "get") void secret(const char *, u32, void *);
FROM("plugin-config", "get-proxy-url") void proxy(void *);

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
  void *fresh = allocate(wanted);
  if (size) memcpy(fresh, old, size);
  return fresh;
}

typedef struct { u8 failed, pad[3]; u8 success, more[3]; text output; u8 has_error, rest[3]; text error; } executed;

static text *told(const char *words) {
  text *t = allocate(sizeof(text));
  *t = literal(words);
  return t;
}

static executed *result(int success, text output) {
  executed *r = allocate(sizeof(executed));
  memset(r, 0, sizeof(executed));
  r->success = (u8)success;
  r->output = output;
  if (!success) { r->has_error = 1; r->error = output; }
  return r;
}

TO("plugin-info", "plugin-name") text *plugin_name(void) { return told("zero"); }
TO("plugin-info", "plugin-version") text *plugin_version(void) { return told("0.1.0"); }
TO("tool", "name") text *name(void) { return told("zero"); }
TO("tool", "description") text *description(void) { return told("Does as it is told."); }
TO("tool", "parameters-schema") text *schema(void) { return told("{\"type\":\"object\",\"properties\":{\"do\":{\"type\":\"string\"}}}"); }

TO("tool", "execute") executed *execute(char *at, u32 length) {
  text json = {at, length}, what = field(json, "do"), value = field(json, "value");
  if (same(what, "log")) {
    // start, success, 12 ms, attributes.
    log_record(number(json, "level"), "zero::run", 9, 0, 1, 0, 1, 12, 1, "{\"a\":1}", 7, value.at, value.length);
    return result(1, literal("logged"));
  }
  if (same(what, "secret")) {
    struct { u8 failed; union { text value; u8 why; } as; } *got = allocate(16);
    secret(value.at, value.length, got);
    static const char *whys[] = {"access-denied", "not-found", "unavailable"};
    return got->failed ? result(0, literal(whys[got->as.why])) : result(1, got->as.value);
  }
  struct { u8 there; text url; } *url = allocate(16);
  proxy(url);
  return result(1, url->there ? url->url : literal("no proxy"));
}
