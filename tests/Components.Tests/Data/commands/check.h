// What the commands share: T prints an expression, its value and why it failed.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define T(x)                                                                                                                               \
  do {                                                                                                                                     \
    errno = 0;                                                                                                                             \
    long _r = (long)(x);                                                                                                                   \
    printf("%-52s = %ld %s\n", #x, _r, _r < 0 ? strerror(errno) : "");                                                                     \
  } while (0)
static inline void put(const char *path, const char *text) {
  int f = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
  if (f < 0) printf("put %s: %s\n", path, strerror(errno));
  write(f, text, strlen(text));
  close(f);
}
