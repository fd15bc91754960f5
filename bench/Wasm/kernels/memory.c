// n million updates at random places of 32 MB, between two sweeps over all of it: bound by memory.
#include "kernel.h"

enum { Words = 4 << 20 };
static u64 table[Words];

KERNEL u64 run(u32 n) {
  u64 seed = 1, sum = 0;
  for (u32 i = 0; i < Words; i++) table[i] = i;
  for (u32 i = 0; i < n * 1000000; i++) {
    u64 r = next(&seed);
    table[r & (Words - 1)] ^= r;
  }
  for (u32 i = 0; i < Words; i++) sum += table[i] * (i | 1);
  return sum;
}
