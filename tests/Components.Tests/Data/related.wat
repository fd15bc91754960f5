;; Calls between a component and what it wraps, and the context slots of a call.
(component
  (core module $Callee (func (export "f")))
  (core module $Caller
    (import "" "f" (func $f))
    (func (export "g") (call $f)))

  (component $Leaf
    (core module $M (func (export "f")))
    (core instance $m (instantiate $M))
    (func (export "f") (canon lift (core func $m "f"))))
  (instance $leaf (instantiate $Leaf))
  (core func $down (canon lower (func $leaf "f")))
  (core instance $parent (instantiate $Caller (with "" (instance (export "f" (func $down))))))
  (func (export "parent-to-child") (canon lift (core func $parent "g")))

  (core instance $callee (instantiate $Callee))
  (func $up (canon lift (core func $callee "f")))
  (component $Wrapped
    (import "f" (func $f))
    (core module $M
      (import "" "f" (func $f))
      (func (export "g") (call $f)))
    (core func $f' (canon lower (func $f)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "g") (canon lift (core func $m "g"))))
  (instance $wrapped (instantiate $Wrapped (with "f" (func $up))))
  (export "child-to-parent" (func $wrapped "g"))

  (component $Sibling
    (import "f" (func $f))
    (core module $M
      (import "" "f" (func $f))
      (func (export "g") (call $f)))
    (core func $f' (canon lower (func $f)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "g") (canon lift (core func $m "g"))))
  (instance $sibling (instantiate $Sibling (with "f" (func $leaf "f"))))
  (export "sibling-to-sibling" (func $sibling "g"))

  (component $Slots
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $M
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (memory (export "memory") 1)
      (global $started i32 (i32.const 0))
      (func $start (call $set (i32.const 7)))
      (start $start)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (if (call $get) (then unreachable))
        (call $set (i32.const 1))
        (i32.const 64))
      (func (export "take") (param i32 i32) (result i32)
        (local $seen i32)
        (local.set $seen (call $get))
        (call $set (i32.const 2))
        (local.get $seen))
      (func (export "post") (param i32)
        (if (i32.ne (call $get) (i32.const 2)) (then unreachable))))
    (core instance $m (instantiate $M (with "" (instance (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "take") (param "x" string) (result u32) (canon lift (core func $m "take")
      (memory (core memory $m "memory")) (realloc (core func $m "realloc")) (post-return (core func $m "post")))))
  (instance $slots (instantiate $Slots))
  (export "context" (func $slots "take")))
