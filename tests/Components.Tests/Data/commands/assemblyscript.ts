console.log("hello from AS"); console.error("to err");
for (let i = 0; i < process.argv.length; i++) if (i > 0) console.log("arg " + process.argv[i]);
console.log("A=" + (process.env.has("A") ? process.env.get("A") : "?"));
console.log((Date.now() > 1700000000000).toString());
const r = Math.random(); console.log((r >= 0 && r < 1).toString());
console.log(process.platform);
let buf = new ArrayBuffer(100); let n = process.stdin.read(buf); console.log(n.toString() + " " + String.UTF8.decode(buf.slice(0, n)));
const b = new Uint8Array(16); crypto.getRandomValues(b); 
console.log((process.hrtime() > 0).toString());
let m = new Map<string, i32>(); m.set("é€😀", 7); console.log(m.keys()[0] + " " + m.get("é€😀").toString());
const a = new Array<f64>(); for (let i = 0; i < 10; i++) a.push(Math.sqrt(i)); console.log(a.join(","));
if (process.argv.length > 1) { if (process.argv[1] == "throw") throw new Error("thrown é"); process.exit(I32.parseInt(process.argv[1])); }
