// The Mandelbrot set on an n by n grid, at most 100 steps: f64 arithmetic in registers.
#include "kernel.h"

KERNEL u64 run(u32 n) {
  u64 inside = 0;
  for (u32 y = 0; y < n; y++)
    for (u32 x = 0; x < n; x++) {
      double cr = 3.0 * x / n - 2.0, ci = 2.0 * y / n - 1.0, r = 0, i = 0;
      int k = 0;
      for (; k < 100 && r * r + i * i <= 4.0; k++) {
        double t = r * r - i * i + cr;
        i = 2 * r * i + ci, r = t;
      }
      inside += (u64)k;
    }
  return inside;
}
