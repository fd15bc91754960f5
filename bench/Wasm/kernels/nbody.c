// n thousand steps of five bodies under gravity: f64 with square roots and divisions.
#include "kernel.h"

typedef struct { double x, y, z, vx, vy, vz, mass; } body;

KERNEL u64 run(u32 n) {
  body b[5];
  u64 seed = 42;
  for (int i = 0; i < 5; i++) {
    double *f = &b[i].x;
    for (int k = 0; k < 7; k++) f[k] = (double)(next(&seed) >> 44) / (k < 3 ? 1 << 16 : 1 << 20);
  }
  for (u32 step = 0; step < n * 1000; step++) {
    for (int i = 0; i < 5; i++)
      for (int j = i + 1; j < 5; j++) {
        double dx = b[i].x - b[j].x, dy = b[i].y - b[j].y, dz = b[i].z - b[j].z;
        double d = dx * dx + dy * dy + dz * dz + 0.01, mag = 0.001 / (d * __builtin_sqrt(d));
        b[i].vx -= dx * b[j].mass * mag, b[i].vy -= dy * b[j].mass * mag, b[i].vz -= dz * b[j].mass * mag;
        b[j].vx += dx * b[i].mass * mag, b[j].vy += dy * b[i].mass * mag, b[j].vz += dz * b[i].mass * mag;
      }
    for (int i = 0; i < 5; i++)
      b[i].x += 0.001 * b[i].vx, b[i].y += 0.001 * b[i].vy, b[i].z += 0.001 * b[i].vz;
  }
  return bits(b[0].x + b[1].y + b[2].z);
}
