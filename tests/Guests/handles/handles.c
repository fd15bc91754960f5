// Makes handles of a resource of its own and never drops one.
#include "../guest.h"

__attribute__((import_module("[export]test:handles/things"), import_name("[resource-new]thing"))) u32 new_thing(u32);

EXPORT("test:handles/things#[constructor]thing") u32 constructor(void) { return new_thing(1); }

EXPORT("test:handles/things#make-many") u32 make_many(u32 count) {
  u32 last = 0;
  for (u32 i = 0; i < count; i++) last = new_thing(i);
  return last;
}
