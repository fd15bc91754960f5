// The product of two n by n matrices of f64 (n up to 256): loads, multiplications, one store.
#include "kernel.h"

static double a[256 * 256], b[256 * 256], c[256 * 256];

KERNEL u64 run(u32 n) {
  u64 seed = 1;
  for (u32 i = 0; i < n * n; i++) a[i] = (double)(next(&seed) >> 40), b[i] = (double)(next(&seed) >> 40);
  for (u32 i = 0; i < n; i++)
    for (u32 j = 0; j < n; j++) {
      double sum = 0;
      for (u32 k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
  double trace = 0;
  for (u32 i = 0; i < n; i++) trace += c[i * n + i];
  return bits(trace);
}
