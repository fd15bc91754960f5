#include "check.h"
#include <dirent.h>
#include <stdlib.h>
static void cat(const char *path) {
  char b[300];
  int f = open(path, O_RDONLY);
  int n = read(f, b, 299);
  if (f < 0) printf("cat %s: %s\n", path, strerror(errno));
  else printf("cat %s: [%.*s]\n", path, n, b);
  close(f);
}
int main() {
  char b[200];
  struct stat s;
  put("/d/f", "data");
  mkdir("/d/dir", 0755);
  put("/d/dir/g", "inner");
  T(symlink("f", "/d/l"));
  T(symlink("f", "/d/l"));
  T(readlink("/d/l", b, 200));
  T(readlink("/d/l", b, 0) < 0 ? -1 : 0);
  T(readlink("/d/f", b, 9));
  T(readlink("/d/zz", b, 9));
  cat("/d/l");
  T(lstat("/d/l", &s));
  printf("islnk %d size %lld\n", S_ISLNK(s.st_mode), (long long)s.st_size);
  T(stat("/d/l", &s));
  printf("islnk %d size %lld\n", S_ISLNK(s.st_mode), (long long)s.st_size);
  T(symlink("nowhere", "/d/dl"));
  T(stat("/d/dl", &s));
  T(open("/d/dl", O_RDONLY));
  T(open("/d/l", O_RDONLY | O_NOFOLLOW));
  T(open("/d/dl", O_CREAT | O_EXCL | O_RDWR, 0644));
  T(open("/d/dl", O_CREAT | O_RDWR, 0644) < 0 ? -1 : 0);
  T(stat("/d/nowhere", &s));
  T(symlink("loop", "/d/loop"));
  T(open("/d/loop", O_RDONLY));
  T(stat("/d/loop", &s));
  T(lstat("/d/loop", &s));
  T(symlink("l2", "/d/l1"));
  T(symlink("l1", "/d/l2"));
  T(open("/d/l1/x", O_RDONLY));
  T(symlink("dir", "/d/dlk"));
  cat("/d/dlk/g");
  T(open("/d/dlk", O_RDONLY | O_DIRECTORY | O_NOFOLLOW) < 0 ? -1 : 0);
  T(open("/d/dlk", O_RDONLY | O_DIRECTORY) < 0 ? -1 : 0);
  T(mkdir("/d/dlk/new", 0755));
  T(rmdir("/d/dlk"));
  T(mkdir("/d/dl", 0755));
  T(rename("/d/l", "/d/lr"));
  T(lstat("/d/lr", &s));
  printf("islnk %d\n", S_ISLNK(s.st_mode));
  T(rename("/d/f", "/d/lr"));
  T(lstat("/d/lr", &s));
  printf("islnk %d\n", S_ISLNK(s.st_mode));
  T(unlink("/d/dlk"));
  T(stat("/d/dir", &s));
  symlink("../dir/../dir/g", "/d/dir/up");
  cat("/d/dir/up");
  symlink("dir/", "/d/ds");
  cat("/d/ds/g");
  T(stat("/d/ds", &s));
  printf("isdir %d\n", S_ISDIR(s.st_mode));
  T(link("/d/ds", "/d/hl"));
  T(lstat("/d/hl", &s));
  printf("islnk %d\n", S_ISLNK(s.st_mode));
  T(symlink("", "/d/em"));
  T(symlink("f", "/d/tr/") < 0 ? -1 : 0);
  char name[20], prev[20];
  strcpy(prev, "end");
  put("/d/end", "chain");
  for (int i = 0; i < 45; i++) {
    sprintf(name, "/d/c%d", i);
    symlink(prev, name);
    sprintf(prev, "c%d", i);
  }
  cat("/d/c10");
  cat("/d/c38");
  cat("/d/c44");
}
