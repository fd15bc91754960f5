// The n-th Fibonacci number by its definition: calls and nothing else.
#include "kernel.h"

__attribute__((noinline)) static u32 fib(u32 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

KERNEL u64 run(u32 n) { return fib(n); }
