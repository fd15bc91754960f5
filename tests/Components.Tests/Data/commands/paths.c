#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#define T(x)                                                                                                                               \
  do {                                                                                                                                     \
    errno = 0;                                                                                                                             \
    long _r = (long)(x);                                                                                                                   \
    printf("%-52s = %ld %s\n", #x, _r, _r < 0 ? strerror(errno) : "");                                                                     \
  } while (0)
int main(void) {
  int fd;
  char b[100];
  T(fd = open("/d/q", O_CREAT | O_RDWR | O_TRUNC, 0666));
  T(fcntl(fd, F_GETFL));
  T(fcntl(fd, F_SETFL, O_APPEND));
  T(fcntl(fd, F_GETFL));
  T(write(fd, "abc", 3));
  T(lseek(fd, 0, SEEK_SET));
  T(write(fd, "def", 3));
  T(lseek(fd, 0, SEEK_CUR));
  T(fcntl(fd, F_SETFL, 0));
  T(lseek(fd, 0, SEEK_SET));
  T(write(fd, "XY", 2));
  T(pread(fd, b, 6, 0));
  printf("%.6s\n", b);
  struct iovec v[3] = {{b, 2}, {b + 2, 0}, {b + 3, 3}};
  T(lseek(fd, 0, SEEK_SET));
  T(readv(fd, v, 3));
  T(writev(fd, v, 3));
  T(posix_fadvise(fd, 0, 10, POSIX_FADV_SEQUENTIAL));
  T(posix_fallocate(fd, 0, 100));
  struct stat s;
  T(fstat(fd, &s));
  printf("%lld\n", (long long)s.st_size);
  T(fdatasync(fd));
  T(fsync(fd));
  T(read(fd, b, 0));
  T(write(fd, b, 0));
  T(write(fd, (void *)0, 0));
  T(lseek(fd, 0, 9));
  T(fcntl(fd, F_SETFL, O_NONBLOCK));
  T(fcntl(fd, F_GETFL));
  T(read(fd, b, 1));
  T(fcntl(1, F_GETFL));
  T(fcntl(0, F_GETFL));
  T(fcntl(77, F_GETFL));
  int d;
  T(d = open("/d", O_DIRECTORY | O_RDONLY));
  T(fcntl(d, F_GETFL));
  T(ftruncate(d, 0));
  T(lseek(d, 0, SEEK_SET));
  T(pread(d, b, 1, 0));
  T(fdatasync(d));
  T(open("/d/q", O_RDONLY | O_TRUNC));
  T(fstat(fd, &s));
  printf("%lld\n", (long long)s.st_size);
  T(open("/d/new", O_RDONLY | O_CREAT, 0666));
  T(open("/d/sync", O_RDWR | O_CREAT | O_SYNC, 0666));
  T(open("/d/dsync", O_RDWR | O_CREAT | O_DSYNC, 0666));
  T(open("/d/h\xc3\xa9llo", O_RDWR | O_CREAT, 0666));
  T(open("/d//q", O_RDONLY));
  T(open("/d/./q", O_RDONLY));
  T(open("//d/q", O_RDONLY));
  T(open("/d/q/.", O_RDONLY));
  T(open("/d/q/..", O_RDONLY));
  T(mkdir("/d/t/", 0777));
  T(mkdir("/d/.", 0777));
  T(mkdir("/d/..", 0777));
  T(symlink("", "/d/e"));
  T(symlink("x", "/d/t/"));
  T(symlink("x", "/d/e2/"));
  T(link("/d/q", "/d/t/"));
  T(rename("/d/q", "/d/q"));
  T(rename("/d/q", "/d/r/"));
  T(rename("/d/t/", "/d/u"));
  T(rename("/d/u", "/d/v/"));
  T(rename("/d/v/.", "/d/w"));
  T(symlink("v", "/d/lv"));
  T(rmdir("/d/lv"));
  T(rmdir("/d/lv/"));
  T(open("/d/lv/zz", O_CREAT | O_RDWR, 0666));
  T(unlink("/d/lv/"));
  T(rmdir("/d/v"));
  T(stat("/d/lv/", &s));
  T(lstat("/d/lv/", &s));
  T(unlink("/d/v/zz"));
  T(rename("/d/lv", "/d/lv2"));
  T(rename("/d/lv2/", "/d/lv3"));
  T(rmdir("/d/v"));
  T(link("/d/lv2", "/d/lv4"));
  T(lstat("/d/lv4", &s));
  printf("%o\n", (unsigned)s.st_mode & S_IFMT);
  T(linkat(AT_FDCWD, "/d/lv2", AT_FDCWD, "/d/lv5", AT_SYMLINK_FOLLOW));
  return 0;
}
