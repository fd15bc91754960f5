// What components of ordinary toolchains ask of the system.
#include "../guest.h"
#define FROM(module, name) __attribute__((import_module(module), import_name(name)))

FROM("wasi:random/random@0.2.0", "get-random-bytes") void random_bytes(unsigned long long, text *);
FROM("wasi:clocks/monotonic-clock@0.2.0", "now") unsigned long long now(void);
FROM("wasi:cli/environment@0.2.0", "get-environment") void environment(text *);
FROM("wasi:cli/exit@0.2.0", "exit") void leave_now(u32);

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) { return allocate(wanted); }

EXPORT("random-bytes") u32 random_count(unsigned long long count) {
  text bytes;
  random_bytes(count, &bytes);
  return bytes.length;
}

EXPORT("time") unsigned long long time(void) { return now(); }

EXPORT("variables") u32 variables(void) {
  text list;
  environment(&list);
  return list.length;
}

EXPORT("leave") void leave(void) { leave_now(1); }
