// Plain exported functions, whatever their types: each is a tool.
#include "../guest.h"

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) { return allocate(wanted); }

EXPORT("add") int add(int a, int b) { return a + b; }

EXPORT("greet") void *greet(char *name, u32 length) {
  text *t = allocate(sizeof(text));
  t->at = allocate(7 + length);
  t->length = 7 + length;
  memcpy(t->at, "Hello, ", 7);
  memcpy(t->at + 7, name, length);
  return t;
}
