// node answers.mjs PLUGIN.wasm CALLS.json: transpiles a plugin to JavaScript, runs each call, [tool, parameters] or null for describe, and prints the answers as JSON.
import { transpile } from '@bytecodealliance/jco-transpile';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , component, calls] = process.argv;
const directory = mkdtempSync(join(tmpdir(), 'plugin-'));
try {
  const { files } = await transpile(component, { name: 'plugin', instantiation: 'sync', outDir: '' });
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const { instantiate } = await import(pathToFileURL(join(directory, 'plugin.js')).href);
  const load = name => new WebAssembly.Module(readFileSync(join(directory, name)));
  const answers = JSON.parse(readFileSync(calls, 'utf8')).map(call => answer(instantiate, load, call));
  process.stdout.write(JSON.stringify(answers));
} finally {
  rmSync(directory, { recursive: true });
}

function answer(instantiate, load, call) {
  const log = [];
  const { plugin } = instantiate(load, { host: { log: (level, message) => log.push(`${level} ${message}`) } });
  if (call === null) return { value: plugin.describe(), log };
  try {
    return { value: plugin.executeTool(...call), log };
  } catch (error) {
    // An error of type string is thrown as it is, or as the payload of an error.
    const text = error.payload ?? error;
    if (typeof text !== 'string') throw error;
    return { error: text, log };
  }
}
