#include "check.h"
#include <dirent.h>
#include <stdlib.h>
static int cmp(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
static void list(const char *p) {
  DIR *d = opendir(p);
  if (!d) {
    printf("opendir %s %s\n", p, strerror(errno));
    return;
  }
  char *n[2000];
  int c = 0;
  struct dirent *e;
  while ((e = readdir(d))) {
    char t[300];
    sprintf(t, "%s:%d", e->d_name, e->d_type == DT_DIR ? 1 : e->d_type == DT_REG ? 2 : e->d_type == DT_LNK ? 3 : 9);
    n[c++] = strdup(t);
  }
  qsort(n, c, sizeof *n, cmp);
  printf("%s: %d\n", p, c);
  for (int i = 0; i < c && i < 12; i++) printf("  %s\n", n[i]);
  closedir(d);
}
int main() {
  char b[300];
  mkdir("/d/many", 0755);
  for (int i = 0; i < 500; i++) {
    sprintf(b, "/d/many/file-number-%04d-with-a-long-name-to-fill-buffers", i);
    put(b, "x");
  }
  list("/d/many");
  DIR *d = opendir("/d/many");
  struct dirent *e;
  int n = 0, u = 0;
  while ((e = readdir(d))) {
    if (e->d_name[0] == '.') continue;
    n++;
    sprintf(b, "/d/many/%s", e->d_name);
    if (unlink(b) == 0) u++;
  }
  closedir(d);
  printf("read %d unlinked %d\n", n, u);
  list("/d/many");
  T(rmdir("/d/many"));
  list("/d");
  mkdir("/d/s", 0755);
  put("/d/s/f", "1");
  symlink("f", "/d/s/l");
  mkdir("/d/s/d", 0755);
  list("/d/s");
  list("/d/s/f");
  list("/d/none");
  list("/d/s/");
  d = opendir("/d/s");
  n = 0;
  while (readdir(d)) n++;
  rewinddir(d);
  int m = 0;
  while (readdir(d)) m++;
  printf("%d %d\n", n, m);
  rewinddir(d);
  readdir(d);
  long pos = telldir(d);
  e = readdir(d);
  char first[300];
  strcpy(first, e->d_name);
  readdir(d);
  seekdir(d, pos);
  e = readdir(d);
  printf("seekdir same %d\n", !strcmp(first, e->d_name));
  closedir(d);
  d = opendir("/d/s");
  while ((e = readdir(d))) {
    struct stat st;
    sprintf(b, "/d/s/%s", e->d_name);
    lstat(b, &st);
    printf("%d", strcmp(e->d_name, "..") == 0 || st.st_ino == e->d_ino);
  }
  printf(" inodes\n");
  closedir(d);
  int f = open("/d/s", O_RDONLY | O_DIRECTORY);
  d = fdopendir(f);
  n = 0;
  while (readdir(d)) n++;
  printf("fdopendir %d\n", n);
  closedir(d);
}
