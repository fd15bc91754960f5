// n thousand insertions and look-ups in a hash table with chains: dependent loads of structures.
#include "kernel.h"

typedef struct node { struct node *next; u64 key; u32 count; } node;
static node nodes[1 << 18];
static node *buckets[1 << 16];

static node *find(u64 key, u32 *used) {
  u32 hash = (u32)(key * 0x9E3779B97F4A7C15ull >> 48);
  for (node *n = buckets[hash]; n; n = n->next)
    if (n->key == key) return n;
  node *n = &nodes[(*used)++];
  n->key = key, n->count = 0, n->next = buckets[hash];
  return buckets[hash] = n;
}

KERNEL u64 run(u32 n) {
  u64 seed = 1, sum = 0;
  u32 used = 0;
  for (u32 i = 0; i < 1 << 16; i++) buckets[i] = 0;
  for (u32 i = 0; i < n * 1000; i++) sum += ++find(next(&seed) >> 47, &used)->count;
  return sum << 20 | used;
}
