//! The canonical ABI by hand, without a standard library: strings are (pointer, bytes), results leave through `AREA`.
#![no_std]

use core::{arch::wasm32, ptr::addr_of_mut, slice};

#[link(wasm_import_module = "host")]
extern "C" {
    #[link_name = "log"]
    fn host_log(level: u32, message: *const u8, length: usize);
}

extern "C" {
    static __heap_base: u8;
}

#[repr(C)]
pub struct Text {
    at: *const u8,
    length: usize,
}

#[repr(C)]
pub struct Answer {
    failed: u8,
    value: Text,
}

static mut HEAP: usize = 0;
static mut AREA: Answer = Answer { failed: 0, value: Text { at: core::ptr::null(), length: 0 } };
static mut DESCRIPTION: Text = Text { at: core::ptr::null(), length: 0 };

const ABOUT: &[u8] = br#"{"name":"sample","version":"1.0.0","tools":[{"name":"word-count","description":"Counts the words of a text.","parameters":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}},{"name":"echo","description":"Gives its parameters back.","parameters":{"type":"object"}}]}"#;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    wasm32::unreachable()
}

/// Grows only: every call gets a fresh instance.
#[no_mangle]
pub unsafe extern "C" fn cabi_realloc(old: *const u8, old_size: usize, align: usize, size: usize) -> *mut u8 {
    if HEAP == 0 {
        HEAP = &__heap_base as *const u8 as usize;
    }
    let at = (HEAP + align - 1) / align * align;
    HEAP = at + size;
    let pages = wasm32::memory_size(0);
    if HEAP > pages << 16 && wasm32::memory_grow(0, ((HEAP - (pages << 16)) >> 16) + 1) == usize::MAX {
        wasm32::unreachable()
    }
    for i in 0..old_size.min(size) {
        *(at as *mut u8).add(i) = *old.add(i);
    }
    at as *mut u8
}

unsafe fn answer(failed: u8, at: *const u8, length: usize) -> *const Answer {
    AREA = Answer { failed, value: Text { at, length } };
    addr_of_mut!(AREA)
}

/// The parts one after the other, in memory of their own.
unsafe fn joined(parts: &[&[u8]]) -> (*const u8, usize) {
    let length = parts.iter().map(|p| p.len()).sum();
    let to = cabi_realloc(core::ptr::null(), 0, 1, length);
    let mut at = 0;
    for byte in parts.iter().flat_map(|p| p.iter()) {
        *to.add(at) = *byte;
        at += 1;
    }
    (to, length)
}

/// The words of the member "text", as it is written.
fn words(json: &[u8]) -> u32 {
    let key = b"\"text\"";
    let start = match json.windows(key.len()).position(|w| w == key) {
        Some(at) => at + key.len(),
        None => return 0,
    };
    let mut rest = json[start..].iter().skip_while(|b| **b != b':').skip_while(|b| **b != b'"').skip(1);
    let (mut count, mut inside) = (0, false);
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => break,
            b'\\' => {
                rest.next();
            }
            _ => {}
        }
        let word = *byte != b' ';
        count += (word && !inside) as u32;
        inside = word;
    }
    count
}

fn digits(mut number: u32, buffer: &mut [u8; 10]) -> &[u8] {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &buffer[at..];
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn plugin__init() -> *const Answer {
    answer(0, core::ptr::null(), 0)
}

#[no_mangle]
pub unsafe extern "C" fn plugin__execute_tool(name: *const u8, name_length: usize, json: *const u8, json_length: usize) -> *const Answer {
    let (tool, parameters) = (slice::from_raw_parts(name, name_length), slice::from_raw_parts(json, json_length));
    if tool == b"echo" {
        return answer(0, json, json_length);
    }
    if tool == b"word-count" {
        let mut buffer = [0; 10];
        let (at, length) = joined(&[b"{\"words\":", digits(words(parameters), &mut buffer), b"}"]);
        return answer(0, at, length);
    }
    let (at, length) = joined(&[b"unknown tool: ", tool]);
    host_log(1, at, length);
    answer(1, at, length)
}

#[no_mangle]
pub unsafe extern "C" fn plugin__describe() -> *const Text {
    DESCRIPTION = Text { at: ABOUT.as_ptr(), length: ABOUT.len() };
    addr_of_mut!(DESCRIPTION)
}
