;; Echoes in each encoding over an allocator that refuses to grow, shrink or move anything, as adapters of preview 1 do.
(component
  (core module $m
    (memory (export "memory") 1)
    (global $at (mut i32) (i32.const 64))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (if (i32.or (local.get 0) (local.get 1)) (then unreachable))
      (global.set $at (i32.and (i32.add (global.get $at) (i32.const 7)) (i32.const -8)))
      (global.set $at (i32.add (global.get $at) (local.get 3)))
      (i32.sub (global.get $at) (local.get 3)))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
  (core instance $i (instantiate $m))
  (func (export "echo-utf8") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
  (func (export "echo-utf16") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=utf16))
  (func (export "echo-latin1") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding=latin1+utf16)))
