// n times 4096 numbers turned from floats to integers and back, clipped to 16 bits on the way.
#include "kernel.h"

#define COUNT 4096

static double wide[COUNT];
static float narrow[COUNT];
static short clipped[COUNT];

KERNEL u64 run(u32 n) {
  u64 seed = 1, sum = 0;
  for (int i = 0; i < COUNT; i++) {
    long long value = (long long)next(&seed);
    wide[i] = (double)value * 1e-10;
    narrow[i] = (float)(value >> 32) * 1e-3f;
  }
  for (u32 round = 0; round < n; round++) {
    for (int i = 0; i < COUNT; i++) sum += (u64)(long long)wide[i] ^ (u32)(int)narrow[i];
    for (int i = 0; i < COUNT; i++) {
      double value = wide[i] * 0.01;
      clipped[i] = (short)(value > 32767 ? 32767 : value < -32768 ? -32768 : value);
    }
    for (int i = 0; i < COUNT; i++) {
      narrow[i] = narrow[i] * 0.5f + (float)clipped[i] + (float)(sum & 255);
      wide[i] = wide[i] * 0.999 + (double)(u32)sum;
    }
  }
  return sum;
}
