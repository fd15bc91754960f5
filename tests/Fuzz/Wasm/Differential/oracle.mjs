// node oracle.mjs PLAN: runs the modules that PLAN names as V8 does and prints one JSON array of lines per module.
// A plan is a JSON array of { file, calls: [{ export, arguments }] }; numbers are decimal strings.
import { readFileSync } from 'node:fs';

const traps = [
  [/unreachable/, 'unreachable'],
  [/memory access out of bounds|memory index is out of bounds/, 'out of bounds memory access'],
  [/divide by zero|remainder by zero/, 'integer divide by zero'],
  [/divide result unrepresentable|float unrepresentable/, 'integer overflow'],
  [/null function or function signature|function signature mismatch/, 'indirect call'],
  [/table index is out of bounds|table access out of bounds|table or memory/, 'out of bounds table access'],
  [/element segment out of bounds|table initializer/, 'out of bounds table access'],
  [/Maximum call stack/, 'call stack exhausted'],
];
const trapOf = e => traps.find(([pattern]) => pattern.test(e.message))?.[1] ?? `unknown: ${e.message}`;
const bits = v => BigInt.asUintN(64, v).toString();

function host() {
  const h = { hash: 0xcbf29ce484222325n };
  h.imports = { h: {
    trace: v => { h.hash = BigInt.asUintN(64, (h.hash ^ BigInt.asUintN(64, v)) * 0x100000001b3n); },
    mix: (a, b) => BigInt.asIntN(64, (a * 31n) ^ (b + 7n)),
    object: { any: 'object' },
  } };
  return h;
}

function observe({ file, calls }) {
  const h = host(), lines = [];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), h.imports);
  const call = (name, args) => {
    try {
      const r = exports[name](...args.map(BigInt));
      return r === undefined ? '' : Array.isArray(r) ? r.map(bits).join(',') : bits(r);
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError || e instanceof RangeError) return `trap: ${trapOf(e)}`;
      throw e;
    }
  };
  for (const c of calls) lines.push(`${c.export}(${c.arguments}) = ${call(c.export, c.arguments)}`);
  for (const table of ['functions', 'objects'])
    lines.push(`${table} = ${Array.from({ length: 21 }, (_, i) => call(table, [i])).join('')}`);
  lines.push(`trace = ${h.hash}`, `memory = ${memoryOf(exports.memory)}`);
  return lines;
}

// FNV-1a in 32 bits over the bytes, with the length.
function memoryOf(memory) {
  const bytes = new Uint8Array(memory.buffer);
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return `${bytes.length}:${hash >>> 0}`;
}

for (const item of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    console.log(JSON.stringify(observe(item)));
  } catch (e) {
    console.log(JSON.stringify([`rejected: ${e.message}`]));
  }
}
