// node border.mjs CALLS_WASM SMALL_WASM BIG_WASM ROUNDS: V8's figures for crossing the border, as one line of JSON.
import { readFileSync } from 'node:fs';

const [calls, small, big] = process.argv.slice(2, 5).map(f => readFileSync(f));
const rounds = Number(process.argv[5]);
const median = a => a.sort((x, y) => x - y)[a.length >> 1];
const wall = f => { const t = process.hrtime.bigint(); f(); return Number(process.hrtime.bigint() - t); };
const cpu = f => { const t = process.cpuUsage(); f(); const { user, system } = process.cpuUsage(t); return (user + system) * 1000; };
const times = (f, time = cpu) => median(Array.from({ length: rounds + 3 }, () => time(f)).slice(3));

const Calls = 3_000_000, Instances = 200;
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(calls), { env: { host: x => x + 1 | 0 } });
const add = exports.add;
const hostToGuest = times(() => { let s = 0; for (let i = 0; i < Calls; i++) s = add(s, i); return s; }) / Calls;
const guestToHost = times(() => exports.spin(Calls)) / Calls;

const module = new WebAssembly.Module(small);
const instance = times(() => { for (let i = 0; i < Instances; i++) new WebAssembly.Instance(module).exports.touch(i); }) / Instances;

let salt = 0;
const first = times(() => {
  const bytes = Uint8Array.from(big);
  bytes[bytes.length - 1] = ++salt & 127;
  new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.entry(7);
}, wall);
console.log(JSON.stringify({ hostToGuest, guestToHost, instance: instance / 1e3, firstCall: first / 1e6 }));
