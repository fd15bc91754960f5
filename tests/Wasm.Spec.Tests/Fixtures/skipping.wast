;; What the runner leaves out, and what hangs on it.
(assert_malformed (module quote "(func") "unexpected token")
(module $other (type (struct)) (func (export "e")))
(invoke $other "e")
(module (func (export "here")))
(invoke "here")
