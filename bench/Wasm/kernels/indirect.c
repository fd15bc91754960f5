// n thousand calls through a table of function pointers, chosen by data: call_indirect.
#include "kernel.h"

typedef u32 (*op)(u32, u32);
static u32 add(u32 a, u32 b) { return a + b; }
static u32 sub(u32 a, u32 b) { return a - b; }
static u32 mul(u32 a, u32 b) { return a * (b | 1); }
static u32 xor(u32 a, u32 b) { return a ^ b; }
static u32 rot(u32 a, u32 b) { return a << (b & 31) | a >> (-b & 31); }
static u32 min(u32 a, u32 b) { return a < b ? a : b + 7; }
static u32 avg(u32 a, u32 b) { return (a >> 1) + (b >> 1); }
static u32 not(u32 a, u32 b) { return ~a + b; }
static op volatile ops[8] = { add, sub, mul, xor, rot, min, avg, not };
static u8 program[4096];

KERNEL u64 run(u32 n) {
  u64 seed = 1;
  op table[8];
  for (u32 i = 0; i < 8; i++) table[i] = ops[i];
  for (u32 i = 0; i < sizeof program; i++) program[i] = next(&seed) >> 61;
  u32 a = 1, b = 2;
  for (u32 i = 0; i < n * 1000; i++) {
    u32 c = table[program[i % sizeof program]](a, b);
    a = b, b = c;
  }
  return (u64)a << 32 | b;
}
