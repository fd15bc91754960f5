// The same world with one thing broken; the macro BREAK chooses which.
#include "../guest.h"
#define GROWTH 1
#define REALLOC 2
#define POST_RETURN 3
#define REALLOC_CALLS_OUT 4
#define POST_RETURN_CALLS_OUT 5
#define START_ASKS 6

static volatile u32 touched;

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) {
#if BREAK == REALLOC
  __builtin_trap();
#elif BREAK == REALLOC_CALLS_OUT
  host_log(2, "from realloc", 12);
#endif
  return allocate(wanted);
}

static struct { u8 there; text value; } asked;

#if BREAK == GROWTH
__attribute__((constructor)) static void hoard(void) {
  while (__builtin_wasm_memory_grow(0, 16) != (u32)-1) touched++;
  __builtin_trap();
}
extern void __wasm_call_ctors(void);
EXPORT("_initialize") void initialize(void) { __wasm_call_ctors(); }
#elif BREAK == START_ASKS
EXPORT("_initialize") void initialize(void) { host_env("APP_MODE", 8, &asked); }
#endif

EXPORT("plugin#init") void *init(void) { return answer(0, literal("")); }

EXPORT("plugin#execute-tool") void *execute(char *name, u32 name_length, char *json, u32 json_length) {
  if (asked.there) return answer(0, asked.value);
  return answer(0, literal("\"ran\""));
}

#if BREAK == POST_RETURN
EXPORT("cabi_post_plugin#execute-tool") void after(void *result) { __builtin_trap(); }
#elif BREAK == POST_RETURN_CALLS_OUT
EXPORT("cabi_post_plugin#execute-tool") void after(void *result) { host_log(2, "from post-return", 16); }
#endif

EXPORT("plugin#describe") void *describe(void) {
  text *t = allocate(sizeof(text));
  *t = literal("{\"name\":\"traps\",\"version\":\"1.0.0\",\"tools\":[]}");
  return t;
}
