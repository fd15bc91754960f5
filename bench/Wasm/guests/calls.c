// Two ways across the border: add is called by the host, spin calls the host n times.
__attribute__((import_module("env"), import_name("host"))) int host(int);

__attribute__((export_name("add"))) int add(int a, int b) { return a + b; }

__attribute__((export_name("spin"))) int spin(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += host(i);
  return sum;
}
