#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern char **environ;
int main(int c, char **v) {
  printf("argc=%d\n", c);
  for (int i = 1; i < c; i++)
    printf("arg[%d]=%s\n", i, v[i]);
  for (char **e = environ; *e; e++)
    printf("env %s\n", *e);
  printf("A=%s\n", getenv("A") ? getenv("A") : "(null)");
  fprintf(stderr, "to stderr\n");
  return c > 1 ? atoi(v[1]) : 0;
}
