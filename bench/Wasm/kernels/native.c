// The native side of a kernel: for every number read, runs the kernel once and answers "NANOSECONDS CHECKSUM" (of CPU time).
#include <stdio.h>
#include <time.h>

unsigned long long run(unsigned n);

int main(void) {
  for (unsigned n; scanf("%u", &n) == 1;) {
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    unsigned long long sum = run(n);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    printf("%lld %llu\n", (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec, sum);
    fflush(stdout);
  }
}
