// Builds and walks binary trees of depth n from an allocator of its own: recursion over small structures.
#include "kernel.h"

typedef struct tree { struct tree *left, *right; u32 weight; } tree;
static tree nodes[1 << 18];
static u32 used;

__attribute__((noinline)) static tree *grow(u32 depth) {
  tree *t = &nodes[used++];
  t->weight = used ^ depth;
  t->left = depth ? grow(depth - 1) : 0;
  t->right = depth ? grow(depth - 1) : 0;
  return t;
}

__attribute__((noinline)) static u32 walk(const tree *t) { return t ? t->weight + walk(t->left) * 3 + walk(t->right) : 1; }

KERNEL u64 run(u32 n) {
  u64 sum = 0;
  for (u32 i = 0; i < 16; i++) used = i, sum = sum * 31 + walk(grow(n));
  return sum;
}
