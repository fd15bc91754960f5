// A command line program on wasi-libc (Debian's wasi-libc), for what WASI lets a plugin do. Not part of build.mjs:
//   clang-19 --target=wasm32-wasi -Oz -Wl,-s files.c -o files.core.wasm
//   wasm-tools component new files.core.wasm --adapt wasi_snapshot_preview1=wasi_snapshot_preview1.command.wasm -o files.wasm
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
  char line[256];
  fprintf(stderr, "started with %d arguments\n", argc);
  if (argc > 1 && !strcmp(argv[1], "write")) {
    FILE *f = fopen(argv[2], "w");
    if (!f) { perror(argv[2]); return 1; }
    fputs(argv[3], f); fclose(f);
    printf("wrote %s\n", argv[2]); return 0;
  }
  if (argc > 1 && !strcmp(argv[1], "read")) {
    FILE *f = fopen(argv[2], "r");
    if (!f) { perror(argv[2]); return 1; }
    while (fgets(line, sizeof line, f)) fputs(line, stdout);
    return 0;
  }
  if (argc > 1 && !strcmp(argv[1], "env")) { char *v = getenv(argv[2]); printf("%s\n", v ? v : "(none)"); return 0; }
  if (argc > 1 && !strcmp(argv[1], "big")) { FILE *f = fopen(argv[2], "w"); static char b[1 << 20]; for (int i = 0; i < 6; i++) if (fwrite(b, 1, sizeof b, f) != sizeof b) { perror("write"); return 1; } return 0; }
  while (fgets(line, sizeof line, stdin)) { for (char *c = line; *c; c++) if (*c >= 'a' && *c <= 'z') *c -= 32; fputs(line, stdout); }
  return 0;
}
