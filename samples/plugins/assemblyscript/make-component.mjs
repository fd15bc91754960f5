// node make-component.mjs CORE.wasm OUT.wasm utf8|utf16: a core module with C-like export names becomes a component of the plugin world.
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXPORT_SECTION = 7;

// plugin__execute_tool -> plugin#execute-tool; a prefix such as cabi_post_ stays as it is.
const componentName = name => name.replace(/^(cabi_post_)?(\w+?)__(\w+)$/, (_, post, face, func) => `${post ?? ''}${face}#${func.replaceAll('_', '-')}`);

const leb = value => { const out = []; do { out.push((value & 127) | (value > 127 ? 128 : 0)); value >>>= 7; } while (value); return out; };

function readLeb(bytes, at) {
  let value = 0, shift = 0, byte;
  do { byte = bytes[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte & 128);
  return [value, at];
}

function renameExports(module) {
  const out = [...module.subarray(0, 8)];
  for (let at = 8; at < module.length;) {
    const id = module[at];
    const [size, start] = readLeb(module, at + 1);
    const body = module.subarray(start, start + size);
    const content = id === EXPORT_SECTION ? renamed(body) : [...body];
    for (const byte of [id, ...leb(content.length)]) out.push(byte);
    for (const byte of content) out.push(byte);
    at = start + size;
  }
  return Uint8Array.from(out);
}

function renamed(section) {
  let [count, at] = readLeb(section, 0);
  const out = leb(count);
  while (count-- > 0) {
    const [length, start] = readLeb(section, at);
    const name = Buffer.from(componentName(Buffer.from(section.subarray(start, start + length)).toString()));
    const [, end] = readLeb(section, start + length + 1);
    out.push(...leb(name.length), ...name, ...section.subarray(start + length, end));
    at = end;
  }
  return out;
}

const [, , input, output, stringEncoding] = process.argv;
const wit = join(dirname(fileURLToPath(import.meta.url)), '../../../wit/clawft-plugin/plugin.wit');
const witSource = readFileSync(process.env.PLUGIN_WIT ?? wit, 'utf8');
const embedded = await componentEmbed({ binary: renameExports(readFileSync(input)), witSource, stringEncoding, world: 'plugin' });
writeFileSync(output, await componentNew(embedded, []));
