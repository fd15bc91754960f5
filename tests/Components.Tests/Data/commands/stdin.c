#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  char b[4096];
  long n = 0, l = 0;
  size_t r;
  while ((r = fread(b, 1, sizeof b, stdin)) > 0) {
    n += r;
    for (size_t i = 0; i < r; i++)
      if (b[i] == '\n')
        l++;
  }
  printf("%ld bytes %ld lines eof=%d err=%d\n", n, l, feof(stdin) != 0, ferror(stdin) != 0);
  printf("again %zd\n", read(0, b, 10));
  struct stat s;
  printf("fstat0=%d\n", fstat(0, &s));
  printf("isatty %d %d %d errno=%d\n", isatty(0), isatty(1), isatty(2), errno);
  errno = 0;
  printf("lseek0=%ld errno=%d\n", (long)lseek(0, 0, SEEK_CUR), errno);
  errno = 0;
  printf("read bad=%zd errno=%d\n", read(99, b, 1), errno);
  errno = 0;
  printf("write0=%zd errno=%d\n", write(0, "x", 1), errno);
  errno = 0;
  printf("close1.. %d", close(2));
  printf("\n");
  errno = 0;
  printf("write2 closed=%zd errno=%d\n", write(2, "x", 1), errno);
  return 0;
}
