// The Mandelbrot set as in mandelbrot.c, two points at a time in v128.
#include "kernel.h"

typedef double f64x2 __attribute__((vector_size(16)));
typedef long long i64x2 __attribute__((vector_size(16)));

KERNEL u64 run(u32 n) {
  u64 inside = 0;
  for (u32 y = 0; y < n; y++)
    for (u32 x = 0; x + 1 < n; x += 2) {
      f64x2 cr = { 3.0 * x / n - 2.0, 3.0 * (x + 1) / n - 2.0 }, ci = { 2.0 * y / n - 1.0, 2.0 * y / n - 1.0 };
      f64x2 r = { 0 }, i = { 0 }, four = { 4.0, 4.0 };
      i64x2 steps = { 0 };
      for (int k = 0; k < 100; k++) {
        i64x2 alive = r * r + i * i <= four;
        if (!(alive[0] | alive[1])) break;
        steps -= alive;
        f64x2 t = r * r - i * i + cr;
        i = (r + r) * i + ci, r = t;
      }
      inside += (u64)(steps[0] + steps[1]);
    }
  return inside;
}
