// A bytecode interpreter that counts down from n thousand: a switch in a loop, br_table.
#include "kernel.h"

enum { Push, Add, Sub, Dup, Swap, Xor, Store, Load, JumpIfNot0, Halt };
static const u8 code[] = {
  Load, 0, Push, 1, Sub, Store, 0, Load, 1, Load, 0, Xor, Dup, Add, Push, 3, Add, Store, 1,
  Load, 0, Load, 1, Swap, JumpIfNot0, 0, Halt,
};

KERNEL u64 run(u32 n) {
  u32 stack[16] = { 0 }, slots[2] = { n * 1000, 1 }, *sp = stack;
  u64 steps = 0;
  for (const u8 *pc = code;; steps++)
    switch (*pc++) {
      case Push: *sp++ = *pc++; break;
      case Add: sp--, sp[-1] += *sp; break;
      case Sub: sp--, sp[-1] -= *sp; break;
      case Dup: *sp = sp[-1], sp++; break;
      case Swap: { u32 t = sp[-1]; sp[-1] = sp[-2], sp[-2] = t; break; }
      case Xor: sp--, sp[-1] ^= *sp; break;
      case Store: slots[*pc++ & 1] = *--sp; break;
      case Load: *sp++ = slots[*pc++ & 1]; break;
      case JumpIfNot0: sp -= 2; pc = sp[1] ? code + *pc : pc + 1; break;
      default: return steps << 32 | slots[1];
    }
}
