#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#define T(x)                                                                                                                               \
  do {                                                                                                                                     \
    errno = 0;                                                                                                                             \
    long _r = (long)(x);                                                                                                                   \
    printf("%-52s = %ld %s\n", #x, _r, _r < 0 ? strerror(errno) : "");                                                                     \
  } while (0)
int main(void) {
  struct stat s;
  int fd;
  T(fd = open("/d/f", O_CREAT | O_RDWR, 0666));
  struct timespec t[2] = {{1000, 5}, {2000000000, 999999999}};
  T(futimens(fd, t));
  T(fstat(fd, &s));
  printf("%lld.%09ld %lld.%09ld\n", (long long)s.st_atim.tv_sec, s.st_atim.tv_nsec, (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
  t[0].tv_nsec = UTIME_OMIT;
  t[1].tv_sec = 7;
  t[1].tv_nsec = 0;
  T(utimensat(AT_FDCWD, "/d/f", t, 0));
  T(stat("/d/f", &s));
  printf("%lld %lld\n", (long long)s.st_atim.tv_sec, (long long)s.st_mtim.tv_sec);
  T(symlink("f", "/d/l"));
  t[0].tv_nsec = 3;
  t[0].tv_sec = 77;
  T(utimensat(AT_FDCWD, "/d/l", t, AT_SYMLINK_NOFOLLOW));
  T(lstat("/d/l", &s));
  printf("%lld %lld\n", (long long)s.st_atim.tv_sec, (long long)s.st_mtim.tv_sec);
  T(stat("/d/l", &s));
  printf("%lld\n", (long long)s.st_atim.tv_sec);
  t[0].tv_nsec = UTIME_NOW;
  t[1].tv_nsec = UTIME_NOW;
  T(futimens(fd, t));
  time_t now = time(0);
  fstat(fd, &s);
  printf("near %d\n", now - s.st_mtim.tv_sec < 3 && now - s.st_mtim.tv_sec > -3);
  t[0].tv_nsec = 1999999999;
  T(futimens(fd, t));
  t[0].tv_nsec = 0;
  t[0].tv_sec = -5;
  T(futimens(fd, t));
  fstat(fd, &s);
  mkdir("/d/dir", 0777);
  t[0].tv_sec = 5;
  t[1].tv_sec = 6;
  t[0].tv_nsec = t[1].tv_nsec = 0;
  T(utimensat(AT_FDCWD, "/d/dir", t, 0));
  stat("/d/dir", &s);
  printf("%lld %lld\n", (long long)s.st_atim.tv_sec, (long long)s.st_mtim.tv_sec);
  struct stat a, b;
  stat("/d/f", &a);
  stat("/d/l", &b);
  printf("same %d\n", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
  link("/d/f", "/d/h");
  stat("/d/h", &b);
  printf("same %d\n", a.st_ino == b.st_ino);
  stat("/d/dir", &b);
  printf("same %d\n", a.st_ino == b.st_ino);
  return 0;
}
