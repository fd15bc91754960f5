;; A resource whose destructor tells the host; what it is told to do there: 1 traps, 2 spins. Assembled with wasm-tools.
(component
  (import "host" (instance $host (export "dropped" (func (param "rep" u32)))))
  (core func $dropped (canon lower (func $host "dropped")))
  (core module $destructor
    (import "host" "dropped" (func $dropped (param i32)))
    (func (export "drop") (param i32)
      (call $dropped (local.get 0))
      (if (i32.eq (local.get 0) (i32.const 1)) (then unreachable))
      (if (i32.eq (local.get 0) (i32.const 2)) (then (loop br 0)))))
  (core instance $destructor (instantiate $destructor
    (with "host" (instance (export "dropped" (func $dropped))))))
  (type $thing' (resource (rep i32) (dtor (core func $destructor "drop"))))
  (core func $new (canon resource.new $thing'))
  (core func $drop (canon resource.drop $thing'))
  (core module $main
    (import "thing" "new" (func $new (param i32) (result i32)))
    (import "thing" "drop" (func $drop (param i32)))
    (func (export "keep") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "discard") (param i32) (call $drop (local.get 0)))
    (func (export "take") (param i32)))
  (core instance $main (instantiate $main
    (with "thing" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
  (export $thing "thing" (type $thing'))
  (func (export "keep") (param "rep" u32) (result u32) (canon lift (core func $main "keep")))
  (func (export "discard") (param "handle" u32) (canon lift (core func $main "discard")))
  (func (export "give") (param "rep" u32) (result (own $thing)) (canon lift (core func $main "keep")))
  (func (export "take") (param "thing" (own $thing)) (canon lift (core func $main "take"))))
