#include <stdio.h>
#include <stdlib.h>
#include <string.h>
volatile int zero = 0;
int main(int c, char **v) {
  puts("start");
  fflush(stdout);
  printf("buffered");
  const char *k = c > 1 ? v[1] : "unreachable";
  if (!strcmp(k, "unreachable"))
    __builtin_trap();
  if (!strcmp(k, "div"))
    printf("%d", 5 / zero);
  if (!strcmp(k, "oob"))
    *(volatile int *)0xfffffff0 = 1;
  if (!strcmp(k, "abort"))
    abort();
  if (!strcmp(k, "exit"))
    exit(atoi(v[2]));
  if (!strcmp(k, "_exit"))
    _Exit(atoi(v[2]));
  if (!strcmp(k, "call")) {
    int (*f)(double) = (int (*)(double))(void *)main;
    printf("%d", f(1.0));
  }
  if (!strcmp(k, "nullcall")) {
    void (*f)(void) = (void (*)(void))(long)zero;
    f();
  }
  return 0;
}
