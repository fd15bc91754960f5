// The sieve of Eratosthenes below n (up to 8 Mi): byte stores with a stride.
#include "kernel.h"

static u8 composite[8 << 20];

KERNEL u64 run(u32 n) {
  u64 primes = 0;
  for (u32 i = 0; i < n; i++) composite[i] = 0;
  for (u32 i = 2; i < n; i++) {
    if (composite[i]) continue;
    primes++;
    for (u64 j = (u64)i * i; j < n; j += i) composite[j] = 1;
  }
  return primes;
}
