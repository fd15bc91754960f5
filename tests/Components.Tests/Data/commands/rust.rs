use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, prelude::*, BufReader, SeekFrom};
use std::time::{Duration, Instant, SystemTime};
fn show<T: std::fmt::Debug>(l: &str, r: io::Result<T>) {
    match r {
        Ok(v) => println!("{l}: ok {v:?}"),
        Err(e) => println!("{l}: err {:?} {:?}", e.kind(), e.raw_os_error()),
    }
}
fn main() {
    println!("args {:?}", std::env::args().skip(1).collect::<Vec<_>>());
    println!("vars {:?}", std::env::vars().collect::<Vec<_>>());
    println!("cwd {:?}", std::env::current_dir());
    show("mkdir", fs::create_dir("/d/a"));
    show("mkdir", fs::create_dir("/d/a"));
    show("mkall", fs::create_dir_all("/d/a/b/c/d"));
    show("write", fs::write("/d/a/f", b"hello\nworld\n"));
    show("read", fs::read_to_string("/d/a/f"));
    show("none", fs::read("/d/none"));
    show("copy", fs::copy("/d/a/f", "/d/a/g"));
    show("rename", fs::rename("/d/a/g", "/d/a/h"));
    show("rm", fs::remove_file("/d/a/g"));
    show("hl", fs::hard_link("/d/a/f", "/d/hl"));
    let m = fs::metadata("/d/a/f").unwrap();
    println!("{} {} {:?}", m.len(), m.is_file(), m.file_type().is_dir());
    println!(
        "mtime recent {}",
        SystemTime::now()
            .duration_since(m.modified().unwrap())
            .map(|d| d < Duration::from_secs(5))
            .unwrap_or(true)
    );
    let mut names: Vec<_> = fs::read_dir("/d/a")
        .unwrap()
        .map(|e| {
            let e = e.unwrap();
            (
                e.file_name().into_string().unwrap(),
                e.file_type().unwrap().is_dir(),
                e.metadata().unwrap().len() * (!e.file_type().unwrap().is_dir() as u64),
            )
        })
        .collect();
    names.sort();
    println!("{names:?}");
    let mut f = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .open("/d/rw")
        .unwrap();
    show("w", f.write_all(b"0123456789"));
    show("seek", f.seek(SeekFrom::Start(3)));
    let mut b = [0; 4];
    show("re", f.read_exact(&mut b));
    println!("{:?}", b);
    show("seek", f.seek(SeekFrom::End(-2)));
    show("seek", f.seek(SeekFrom::Current(-100)));
    show("set_len", f.set_len(5));
    show("len", f.metadata().map(|m| m.len()));
    show("sync", f.sync_all());
    show("syncd", f.sync_data());
    drop(f);
    let mut f = OpenOptions::new().append(true).open("/d/rw").unwrap();
    show("a", f.write_all(b"APP"));
    drop(f);
    show("r", fs::read_to_string("/d/rw"));
    show(
        "new",
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open("/d/rw")
            .map(|_| ()),
    );
    show(
        "trunc",
        File::create("/d/rw").map(|f| f.metadata().unwrap().len()),
    );
    show("opendir", File::open("/d/a").map(|_| ()));
    show("readdir file", fs::read_dir("/d/rw").map(|_| ()));
    show("read dir as file", fs::read("/d/a"));
    show("rmdir full", fs::remove_dir("/d/a"));
    show("exists", Ok(std::path::Path::new("/d/a").exists()));
    show("canon", fs::canonicalize("/d/rw").map(|_| ()));
    show("escape", fs::read("/d/../etc/passwd"));
    show("abs", fs::read("/etc/passwd"));
    let t = Instant::now();
    std::thread::sleep(Duration::from_millis(30));
    println!("slept {}", t.elapsed() >= Duration::from_millis(30));
    let mut s = String::new();
    let n = io::stdin().read_line(&mut s).unwrap();
    println!("{n} {s:?}");
    let rest: Vec<_> = BufReader::new(io::stdin())
        .lines()
        .map(|l| l.unwrap())
        .collect();
    println!("{rest:?}");
    let mut h = HashMap::new();
    for w in "a b c a b a".split(' ') {
        *h.entry(w).or_insert(0) += 1;
    }
    let mut v: Vec<_> = h.into_iter().collect();
    v.sort();
    println!("{v:?}");
    println!(
        "spawn {:?}",
        std::thread::Builder::new().spawn(|| ()).is_err()
    );
    println!(
        "tcp {:?}",
        std::net::TcpStream::connect("127.0.0.1:80")
            .map(|_| ())
            .map_err(|e| e.kind())
    );
    println!(
        "proc {:?}",
        std::process::Command::new("ls")
            .output()
            .map(|_| ())
            .map_err(|e| e.kind())
    );
    eprintln!("bye");
    if std::env::args().nth(1).as_deref() == Some("panic") {
        panic!("oh no {}", 42);
    }
    if let Some(n) = std::env::args().nth(1) {
        std::process::exit(n.parse().unwrap())
    }
}
