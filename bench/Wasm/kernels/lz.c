// Packs n kilobytes by references to what came before (a hash of four bytes finds it), unpacks them and compares.
#include "kernel.h"

enum { Size = 1 << 20 };
static u8 text[Size], packed[Size * 2], unpacked[Size];
static u32 heads[1 << 14];

static u32 four(const u8 *p) { return p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24; }

static u32 pack(u32 size) {
  u32 at = 0, out = 0;
  for (u32 i = 0; i < 1 << 14; i++) heads[i] = 0;
  while (at + 4 < size) {
    u32 hash = four(text + at) * 2654435761u >> 18, before = heads[hash], length = 0;
    heads[hash] = at;
    if (before < at && at - before < 65536)
      while (length < 255 && at + length < size && text[before + length] == text[at + length]) length++;
    if (length < 4) {
      packed[out++] = 0, packed[out++] = text[at++];
      continue;
    }
    packed[out++] = (u8)length, packed[out++] = (u8)(at - before), packed[out++] = (u8)((at - before) >> 8);
    at += length;
  }
  for (; at < size; at++) packed[out++] = 0, packed[out++] = text[at];
  return out;
}

static u32 unpack(u32 end) {
  u32 out = 0;
  for (u32 i = 0; i < end;) {
    u32 length = packed[i++];
    if (!length) {
      unpacked[out++] = packed[i++];
      continue;
    }
    u32 from = out - (packed[i] | packed[i + 1] << 8);
    for (i += 2; length--; from++) unpacked[out++] = unpacked[from];
  }
  return out;
}

KERNEL u64 run(u32 n) {
  u64 seed = 1, sum = 0;
  u32 size = n * 1024;
  for (u32 i = 0; i < size; i++) {
    u64 r = next(&seed);
    text[i] = i > 64 && r >> 60 ? text[i - 1 - (r >> 8 & 3) * 16] : (u8)(r >> 56);
  }
  u32 end = pack(size), length = unpack(end);
  for (u32 i = 0; i < length; i++) sum = sum * 31 + unpacked[i];
  return sum ^ end;
}
