// HTTP as the toolchains' own libraries speak it: wasi:http. The status, or below zero the failure: -1 for the first
// case of error-code (DNS-timeout), -16 for the sixteenth (HTTP-request-denied).
#include "../guest.h"
#define TYPES(name) __attribute__((import_module("wasi:http/types@0.2.0"), import_name(name)))
#define FROM(module, name) __attribute__((import_module(module), import_name(name)))

TYPES("[constructor]fields") u32 new_fields(void);
TYPES("[constructor]outgoing-request") u32 new_request(u32 fields);
TYPES("[method]outgoing-request.set-scheme") u32 set_scheme(u32 request, u32 some, u32 scheme, const char *other, u32 length);
TYPES("[method]outgoing-request.set-authority") u32 set_authority(u32 request, u32 some, const char *, u32);
TYPES("[method]outgoing-request.set-path-with-query") u32 set_path(u32 request, u32 some, const char *, u32);
TYPES("[method]future-incoming-response.subscribe") u32 subscribe(u32 future);
TYPES("[method]future-incoming-response.get") void take(u32 future, void *);
TYPES("[method]incoming-response.status") u32 status_of(u32 response);
FROM("wasi:http/outgoing-handler@0.2.0", "handle") void handle(u32 request, u32 some, u32 options, void *);
FROM("wasi:io/poll@0.2.0", "[method]pollable.block") void block(u32 pollable);

// result<own, error-code>: 8 bytes for the case, then the handle or the failure's case.
typedef struct { unsigned long long failed; u32 value; u32 rest[8]; } attempt;
// option<result<result<own, error-code>>>: 8 bytes for each case.
typedef struct { unsigned long long some, taken; attempt response; } arrival;

EXPORT("cabi_realloc") void *reallocate(void *old, u32 size, u32 align, u32 wanted) { return allocate(wanted); }

static int failure(const attempt *a) { return -1 - (int)(u8)a->value; }

EXPORT("get") int get(u32 secure, const char *authority, u32 authority_length, const char *path, u32 path_length) {
  u32 request = new_request(new_fields());
  set_scheme(request, 1, secure ? 1 : 0, 0, 0);
  set_authority(request, 1, authority, authority_length);
  set_path(request, 1, path, path_length);
  attempt *sent = allocate(sizeof(attempt));
  handle(request, 0, 0, sent);
  if ((u8)sent->failed) return failure(sent);
  arrival *came = allocate(sizeof(arrival));
  block(subscribe(sent->value));
  take(sent->value, came);
  if (!(u8)came->some || (u8)came->taken) __builtin_trap();
  return (u8)came->response.failed ? failure(&came->response) : (int)status_of(came->response.value);
}
