// The spectral norm of an n by n matrix that is computed on the way: divisions, calls that may be inlined.
#include "kernel.h"

static double u[2048], v[2048], t[2048];

static double a(u32 i, u32 j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void times(u32 n, const double *x, double *y, int transposed) {
  for (u32 i = 0; i < n; i++) {
    double sum = 0;
    for (u32 j = 0; j < n; j++) sum += (transposed ? a(j, i) : a(i, j)) * x[j];
    y[i] = sum;
  }
}

KERNEL u64 run(u32 n) {
  for (u32 i = 0; i < n; i++) u[i] = 1;
  for (int k = 0; k < 4; k++) times(n, u, t, 0), times(n, t, v, 1), times(n, v, t, 0), times(n, t, u, 1);
  double uv = 0, vv = 0;
  for (u32 i = 0; i < n; i++) uv += u[i] * v[i], vv += v[i] * v[i];
  return bits(uv / vv);
}
