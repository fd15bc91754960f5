// Quicksort of n thousand numbers, recursive: calls, loads and stores, unpredictable branches.
#include "kernel.h"

static u32 data[1 << 20];

__attribute__((noinline)) static void sort(u32 *a, int low, int high) {
  while (low < high) {
    u32 pivot = a[(low + high) >> 1];
    int i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i > j) break;
      u32 t = a[i];
      a[i++] = a[j], a[j--] = t;
    }
    if (j - low < high - i) sort(a, low, j), low = i;
    else sort(a, i, high), high = j;
  }
}

KERNEL u64 run(u32 n) {
  u64 seed = 1, sum = 0;
  int count = (int)n * 1000;
  for (int i = 0; i < count; i++) data[i] = (u32)(next(&seed) >> 32);
  sort(data, 0, count - 1);
  for (int i = 0; i < count; i++) sum = sum * 31 + data[i];
  return sum;
}
