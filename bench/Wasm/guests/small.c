// A guest that does little: reads its data, writes one place of its memory.
static const volatile char text[] = "a few bytes of data that a fresh instance must hold";
static char heap[1024];

__attribute__((export_name("touch"))) int touch(int n) {
  heap[n & 1023] = (char)n;
  return text[n % (int)sizeof text] + heap[n & 1023];
}
