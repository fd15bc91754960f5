// Fannkuch-redux of n (Anderson & Rettig): permutations in small arrays, unpredictable branches.
#include "kernel.h"

KERNEL u64 run(u32 n) {
  int p[16], q[16], count[16], r = (int)n, flips, best = 0, sum = 0;
  for (int i = 0; i < (int)n; i++) p[i] = i;
  for (int index = 0;; index++) {
    for (; r != 1; r--) count[r - 1] = r;
    for (int i = 0; i < (int)n; i++) q[i] = p[i];
    for (flips = 0; q[0]; flips++)
      for (int a = 0, b = q[0]; a < b; a++, b--) {
        int t = q[a];
        q[a] = q[b], q[b] = t;
      }
    if (flips > best) best = flips;
    sum += index & 1 ? -flips : flips;
    for (;; r++) {
      if (r == (int)n) return (u64)best << 32 | (u32)sum;
      int first = p[0];
      for (int i = 0; i < r; i++) p[i] = p[i + 1];
      p[r] = first;
      if (--count[r] > 0) break;
    }
  }
}
