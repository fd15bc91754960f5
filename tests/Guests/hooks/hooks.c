// A hook plugin that replaces, cancels, refuses, traps and never ends, each at a point of its own.
#include "../guest.h"

enum { SESSION_START, SESSION_END, MESSAGE_RECEIVED, MESSAGE_SENDING, BEFORE_MODEL, AFTER_MODEL, BEFORE_TOOL, AFTER_TOOL,
       BEFORE_COMPACTION, AFTER_COMPACTION, RESULT_PERSIST, GATEWAY_START, GATEWAY_STOP, TELEMETRY };
typedef struct { u8 point, mode; int priority; } subscription;
typedef struct { u8 failed; union { struct { u8 kind; text value; } decision; text error; } as; } handled;

static volatile u32 turns;

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
  void *fresh = allocate(wanted);
  if (size) memcpy(fresh, old, size);
  return fresh;
}

EXPORT("clawgrains:hooks/hooks@1.0.0#subscriptions") void *subscriptions(void) {
  static subscription all[] = {{BEFORE_TOOL, 1, -5}, {MESSAGE_SENDING, 1, 10}, {SESSION_END, 0, 0}};
  text *list = allocate(sizeof(text));
  list->at = (char *)all;
  list->length = 3;
  return list;
}

static handled *decided(u8 kind, text value) {
  handled *h = allocate(sizeof(handled));
  h->failed = 0;
  h->as.decision.kind = kind;
  h->as.decision.value = value;
  return h;
}

static int holds(text in, const char *what) {
  u32 n = length_of(what);
  for (u32 i = 0; i + n <= in.length; i++) {
    text part = {in.at + i, n};
    if (same(part, what)) return 1;
  }
  return 0;
}

EXPORT("clawgrains:hooks/hooks@1.0.0#handle") void *handle(u32 point, u32 has_session, char *session, u32 session_length, char *payload, u32 payload_length) {
  text event = {payload, payload_length};
  if (point == BEFORE_TOOL && holds(event, "forbidden")) return decided(2, literal("forbidden here"));
  if (point == MESSAGE_SENDING) return decided(1, literal("{\"text\":\"replaced\"}"));
  if (point == SESSION_START) {
    handled *h = allocate(sizeof(handled));
    h->failed = 1;
    h->as.error = literal("not today");
    return h;
  }
  if (point == TELEMETRY) __builtin_trap();
  if (point == AFTER_TOOL) for (;;) turns++;
  return decided(0, literal(""));
}
