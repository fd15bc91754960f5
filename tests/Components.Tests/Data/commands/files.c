#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define T(x)                                                                                                                               \
  do {                                                                                                                                     \
    errno = 0;                                                                                                                             \
    long _r = (long)(x);                                                                                                                   \
    printf("%-52s = %ld %s\n", #x, _r < -1 ? -2 : _r, _r < 0 ? strerror(errno) : "");                                                      \
  } while (0)
static int cmp(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
static void ls(const char *p) {
  errno = 0;
  DIR *d = opendir(p);
  if (!d) {
    printf("opendir %s: %s\n", p, strerror(errno));
    return;
  }
  char *n[5000];
  int c = 0;
  struct dirent *e;
  while ((e = readdir(d))) {
    char t[300];
    snprintf(t, 300, "%s:%d", e->d_name, e->d_type);
    n[c++] = strdup(t);
  }
  qsort(n, c, sizeof *n, cmp);
  printf("ls %s:", p);
  for (int i = 0; i < c && i < 20; i++)
    printf(" %s", n[i]);
  printf(" (%d)\n", c);
  closedir(d);
}
static void st(const char *p) {
  struct stat s;
  errno = 0;
  int r = lstat(p, &s);
  if (r) {
    printf("lstat %s: %s\n", p, strerror(errno));
    return;
  }
  printf("lstat %s: type=%o size=%lld nlink=%d\n", p, (unsigned)(s.st_mode & S_IFMT), (long long)s.st_size, (int)s.st_nlink);
}
int main(void) {
  int fd, fd2;
  char b[100];
  T(chdir("/d"));
  T(mkdir("/d/a", 0777));
  T(mkdir("/d/a", 0777));
  T(mkdir("/d/x/y", 0777));
  T(fd = open("/d/a/f", O_CREAT | O_RDWR | O_EXCL, 0666));
  T(open("/d/a/f", O_CREAT | O_RDWR | O_EXCL, 0666));
  T(write(fd, "hello world", 11));
  T(lseek(fd, 0, SEEK_SET));
  T(read(fd, b, 5));
  T(lseek(fd, 0, SEEK_CUR));
  T(lseek(fd, -3, SEEK_END));
  T(read(fd, b, 10));
  T(read(fd, b, 10));
  T(lseek(fd, -1, SEEK_SET));
  T(lseek(fd, 100, SEEK_SET));
  T(write(fd, "z", 1));
  st("/d/a/f");
  T(ftruncate(fd, 5));
  st("/d/a/f");
  T(ftruncate(fd, 50));
  st("/d/a/f");
  T(ftruncate(fd, -1));
  T(pwrite(fd, "PW", 2, 2));
  T(pread(fd, b, 5, 0));
  printf("[%.5s]\n", b);
  T(close(fd));
  T(close(fd));
  T(fd = open("/d/a/f", O_WRONLY | O_APPEND));
  T(write(fd, "app", 3));
  T(lseek(fd, 0, SEEK_SET));
  T(write(fd, "end", 3));
  st("/d/a/f");
  T(read(fd, b, 1));
  T(close(fd));
  T(fd = open("/d/a/f", O_RDONLY));
  T(write(fd, "x", 1));
  T(fd2 = open("/d/a/f", O_RDONLY));
  T(read(fd2, b, 3));
  T(lseek(fd, 0, SEEK_CUR));
  T(close(fd));
  T(close(fd2));
  T(fd = open("/d/a/f", O_WRONLY | O_TRUNC));
  st("/d/a/f");
  T(close(fd));
  T(open("/d/none", O_RDONLY));
  T(open("/d/a/f/x", O_RDONLY));
  T(open("/d/a/f/", O_RDONLY));
  T(open("/d/a", O_WRONLY));
  T(fd = open("/d/a", O_RDONLY));
  T(read(fd, b, 1));
  T(close(fd));
  T(open("/d/a", O_RDONLY | O_DIRECTORY) > 2);
  T(open("/d/a/f", O_RDONLY | O_DIRECTORY));
  T(open("/etc/passwd", O_RDONLY));
  T(open("/d/../etc/passwd", O_RDONLY));
  T(open("/d/a/../../x", O_RDONLY));
  T(open("/d/a/../a/f", O_RDONLY) > 2);
  T(open("", O_RDONLY));
  T(open("d/a/f", O_RDONLY) > 2);
  T(rename("/d/a/f", "/d/a/g"));
  T(rename("/d/a/f", "/d/a/h"));
  T(rename("/d/a", "/d/b"));
  T(rename("/d/b/g", "/d/g2"));
  T(mkdir("/d/e", 0777));
  T(rename("/d/g2", "/d/e"));
  T(rename("/d/e", "/d/g2"));
  T(rename("/d/e", "/d/b"));
  ls("/d");
  T(rename("/d/b", "/d/b/c"));
  T(symlink("g2", "/d/l"));
  st("/d/l");
  T(readlink("/d/l", b, 100));
  printf("[%.2s]\n", b);
  T(readlink("/d/l", b, 1));
  T(readlink("/d/g2", b, 100));
  T(fd = open("/d/l", O_RDONLY));
  T(close(fd));
  T(open("/d/l", O_RDONLY | O_NOFOLLOW));
  T(symlink("g2", "/d/l"));
  T(symlink("/etc", "/d/labs"));
  T(symlink("../..", "/d/lup"));
  T(open("/d/lup/etc", O_RDONLY));
  T(symlink("loop2", "/d/loop1"));
  T(symlink("loop1", "/d/loop2"));
  T(open("/d/loop1", O_RDONLY));
  T(symlink("nowhere", "/d/dang"));
  T(open("/d/dang", O_RDONLY));
  T(open("/d/dang", O_CREAT | O_EXCL | O_WRONLY, 0666));
  T(fd = open("/d/dang", O_CREAT | O_WRONLY, 0666));
  T(close(fd));
  ls("/d");
  T(link("/d/g2", "/d/hard"));
  st("/d/hard");
  T(link("/d/g2", "/d/hard"));
  T(link("/d/b", "/d/hb"));
  T(unlink("/d/g2"));
  st("/d/hard");
  T(unlink("/d/g2"));
  T(unlink("/d/b"));
  T(rmdir("/d/hard"));
  T(rmdir("/d/b"));
  T(rmdir("/d/b"));
  T(mkdir("/d/n", 0777));
  T(mkdir("/d/n/m", 0777));
  T(rmdir("/d/n"));
  T(rmdir("/d/n/"));
  T(rmdir("/d/n/m/"));
  T(rmdir("/d/n/."));
  T(unlink("/d/hard/"));
  T(unlink("/d/l"));
  T(unlink("/d/"));
  T(rmdir("/d"));
  T(access("/d/hard", F_OK));
  T(access("/d/hard", R_OK));
  T(access("/d/hard", W_OK));
  T(access("/d/nope", F_OK));
  char big[400];
  memset(big, 'q', 399);
  big[399] = 0;
  char p[500];
  snprintf(p, 500, "/d/%s", big);
  T(open(p, O_CREAT | O_RDWR, 0666));
  T(fd = open("/d/unl", O_CREAT | O_RDWR, 0666));
  T(unlink("/d/unl"));
  T(write(fd, "still", 5));
  T(pread(fd, b, 5, 0));
  struct stat s;
  T(fstat(fd, &s));
  printf("nlink=%d size=%lld\n", (int)s.st_nlink, (long long)s.st_size);
  T(close(fd));
  T(mkdir("/d/sub", 0777));
  int dfd;
  T(dfd = open("/d/sub", O_RDONLY | O_DIRECTORY));
  T(fd = openat(dfd, "in", O_CREAT | O_RDWR, 0666));
  T(close(fd));
  T(openat(dfd, "../hard", O_RDONLY));
  T(mkdirat(dfd, "k", 0777));
  T(unlinkat(dfd, "in", 0));
  T(unlinkat(dfd, "k", AT_REMOVEDIR));
  T(fsync(dfd));
  ls("/d");
  ls("/d/sub");
  ls("/d/hard");
  ls("/d/nope");
  ls("/");
  ls(".");
  FILE *f = fopen("/d/text", "w+");
  for (int i = 0; i < 1000; i++)
    fprintf(f, "line %d\n", i);
  rewind(f);
  int n = 0;
  char line[100];
  while (fgets(line, 100, f))
    n++;
  printf("lines %d last %s", n, line);
  fseek(f, -5, SEEK_END);
  printf("tell %ld ch %c\n", ftell(f), getc(f));
  ungetc('Q', f);
  printf("%c\n", getc(f));
  fclose(f);
  f = fopen("/d/text", "a");
  fprintf(f, "x");
  printf("tell %ld\n", ftell(f));
  fclose(f);
  f = fopen("/d/text", "r+");
  fwrite("LINE", 1, 4, f);
  fclose(f);
  f = fopen("/d/text", "r");
  fgets(line, 100, f);
  printf("%s", line);
  fclose(f);
  T(fopen("/d/zz", "r") != 0);
  T(remove("/d/text"));
  T(remove("/d/sub"));
  return 0;
}
