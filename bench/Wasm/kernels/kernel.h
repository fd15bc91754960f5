// Each kernel is one C file that defines `u64 run(u32 n)`: work in proportion to n, and a checksum of what it did.
// The same file is built for wasm32 (no library at all) and for this machine (with native.c as its main).
#pragma once

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef __wasm__
#define KERNEL __attribute__((export_name("run")))
#else
#define KERNEL
#endif

// xorshift64*: the kernels' only source of variety.
static inline u64 next(u64 *state) {
  u64 x = *state;
  x ^= x >> 12, x ^= x << 25, x ^= x >> 27;
  *state = x;
  return x * 2685821657736338717ull;
}

static inline u64 bits(double value) {
  union { double f; u64 i; } u = { value };
  return u.i;
}
