;; A component that serves HTTP, and does nothing.
(component
  (import "wasi:http/types@0.2.0" (instance $types
    (export "incoming-request" (type (sub resource)))
    (export "response-outparam" (type (sub resource)))))
  (alias export $types "incoming-request" (type $request))
  (alias export $types "response-outparam" (type $response))
  (core module $m (func (export "handle") (param i32 i32)))
  (core instance $i (instantiate $m))
  (func $handle (param "request" (own $request)) (param "response-out" (own $response)) (canon lift (core func $i "handle")))
  (component $shim
    (import "import-request" (type $request (sub resource)))
    (import "import-response" (type $response (sub resource)))
    (import "import-handle" (func $handle (param "request" (own $request)) (param "response-out" (own $response))))
    (export "incoming-request" (type $request))
    (export "response-outparam" (type $response))
    (export "handle" (func $handle)))
  (instance $handler (instantiate $shim (with "import-request" (type $request)) (with "import-response" (type $response)) (with "import-handle" (func $handle))))
  (export "wasi:http/incoming-handler@0.2.0" (instance $handler)))
