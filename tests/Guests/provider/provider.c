// A chat model that says what it was told.
#include "../guest.h"

__attribute__((import_module("clawgrains:providers/chat-sink@1.0.0"), import_name("push"))) int push(const char *, u32);

typedef struct { u8 role; text content; text calls; u8 has_id; text id; } message;
typedef struct { text id, name, arguments; } tool_call;
typedef struct {
  u8 failed;
  __attribute__((aligned(8))) union {
    struct { text content; text calls; u8 reason; __attribute__((aligned(8))) u8 has_usage; __attribute__((aligned(8))) unsigned long long in, out; } response;
    struct { u8 kind; text why; } error;
  } as;
} completed;

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
  void *fresh = allocate(wanted);
  if (size) memcpy(fresh, old, size);
  return fresh;
}

EXPORT("clawgrains:providers/providers@1.0.0#list-models") void *models(void) {
  static text names[2];
  names[0] = literal("parrot");
  names[1] = literal("parrot-large");
  text *list = allocate(sizeof(text));
  list->at = (char *)names;
  list->length = 2;
  return list;
}

static completed *complete(message *messages, u32 count, u32 tools) {
  completed *c = allocate(sizeof(completed));
  text said = messages[count - 1].content;
  memset(c, 0, sizeof(completed));
  if (same(said, "fail")) {
    c->failed = 1;
    c->as.error.kind = 1;
    c->as.error.why = literal("too many questions");
    return c;
  }
  c->as.response.content = said;
  if (tools && same(said, "use a tool")) {
    static tool_call call;
    call.id = literal("call-1");
    call.name = literal("echo");
    call.arguments = literal("{}");
    c->as.response.calls.at = (char *)&call;
    c->as.response.calls.length = 1;
    c->as.response.reason = 2;
  }
  c->as.response.has_usage = 1;
  c->as.response.in = count;
  c->as.response.out = said.length;
  return c;
}

#define REQUEST char *model, u32 model_length, message *messages, u32 count, void *tools, u32 tool_count, u32 has_temperature, float temperature, u32 has_max, u32 max, void *stop, u32 stops

EXPORT("clawgrains:providers/providers@1.0.0#complete") void *whole(REQUEST) { return complete(messages, count, tool_count); }

EXPORT("clawgrains:providers/providers@1.0.0#stream-chat") void *stream(REQUEST) {
  completed *c = complete(messages, count, tool_count);
  if (c->failed) return c;
  text all = c->as.response.content;
  if (same(all, "endless")) while (push("on ", 3)) {}
  for (u32 i = 0; i < all.length; i += 4)
    if (!push(all.at + i, all.length - i < 4 ? all.length - i : 4)) break;
  return c;
}
