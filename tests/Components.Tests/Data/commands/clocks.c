#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long long ms(struct timespec a, struct timespec b) { return (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000; }
int main(void) {
  struct timespec a, b, r;
  clock_gettime(CLOCK_MONOTONIC, &a);
  struct timespec d = {0, 50000000};
  printf("nanosleep %d\n", nanosleep(&d, 0));
  clock_gettime(CLOCK_MONOTONIC, &b);
  long long m = ms(a, b);
  printf("slept ok %d\n", m >= 50);
  printf("res %d %d\n", clock_getres(CLOCK_MONOTONIC, &r), r.tv_sec == 0 && r.tv_nsec > 0);
  printf("res %d %d\n", clock_getres(CLOCK_REALTIME, &r), r.tv_sec == 0 && r.tv_nsec > 0);
  struct timeval tv;
  gettimeofday(&tv, 0);
  printf("year ok %d\n", tv.tv_sec > 1700000000);
  clock_gettime(CLOCK_MONOTONIC, &a);
  a.tv_nsec += 20000000;
  if (a.tv_nsec >= 1000000000) {
    a.tv_nsec -= 1000000000;
    a.tv_sec++;
  }
  printf("abs %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &a, 0));
  clock_gettime(CLOCK_MONOTONIC, &b);
  printf("after %d\n", ms(a, b) >= 0);
  struct timespec z = {0, 0};
  printf("past %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &z, 0));
  printf("yield %d\n", sched_yield());
  usleep(1000);
  printf("sleep0 %d\n", sleep(0));
  clock_gettime(CLOCK_MONOTONIC, &a);
  int bad = 0;
  for (int i = 0; i < 1000; i++) {
    clock_gettime(CLOCK_MONOTONIC, &b);
    if (ms(a, b) < 0)
      bad++;
    a = b;
  }
  printf("monotonic %d\n", bad == 0);
  struct pollfd p[3] = {{0, POLLIN, 0}, {1, POLLOUT, 0}, {2, POLLOUT, 0}};
  printf("poll %d ", poll(p + 1, 2, 1000));
  printf("%x %x\n", p[1].revents, p[2].revents);
  printf("poll stdin %d ", poll(p, 1, 2000));
  printf("%x\n", p[0].revents);
  clock_gettime(CLOCK_MONOTONIC, &a);
  printf("poll none %d\n", poll(p, 0, 30));
  clock_gettime(CLOCK_MONOTONIC, &b);
  printf("%d\n", ms(a, b) >= 29);
  time_t t = 86400 * 365;
  struct tm *g = gmtime(&t);
  char s[100];
  strftime(s, 100, "%F %T", g);
  puts(s);
  g = localtime(&t);
  strftime(s, 100, "%F %T %Z", g);
  puts(s);
  return 0;
}
