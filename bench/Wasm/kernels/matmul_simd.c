// The product of two n by n matrices of f32 (n up to 256, a multiple of 4), four columns at a time in v128.
#include "kernel.h"

typedef float f32x4 __attribute__((vector_size(16)));
static float a[256 * 256] __attribute__((aligned(16))), b[256 * 256] __attribute__((aligned(16)));
static float c[256 * 256] __attribute__((aligned(16)));

KERNEL u64 run(u32 n) {
  u64 seed = 1;
  for (u32 i = 0; i < n * n; i++) a[i] = (float)(next(&seed) >> 56), b[i] = (float)(next(&seed) >> 56);
  for (u32 i = 0; i < n; i++)
    for (u32 j = 0; j < n; j += 4) {
      f32x4 sum = { 0 };
      for (u32 k = 0; k < n; k++) {
        float x = a[i * n + k];
        sum += (f32x4){ x, x, x, x } * *(f32x4 *)(b + k * n + j);
      }
      *(f32x4 *)(c + i * n + j) = sum;
    }
  double trace = 0;
  for (u32 i = 0; i < n; i++) trace += c[i * n + i];
  return bits(trace);
}
