// Builds every guest: clang makes a core module, its world is embedded, and it becomes a component under built/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';

const witSource = readFileSync('../../wit/clawft-plugin/plugin.wit', 'utf8');
const guests = [
  { name: 'probe', source: 'probe/probe.c' },
  { name: 'grows-in-start', source: 'traps/traps.c', flags: ['-DBREAK=1'] },
  { name: 'traps-in-realloc', source: 'traps/traps.c', flags: ['-DBREAK=2'] },
  { name: 'traps-in-post-return', source: 'traps/traps.c', flags: ['-DBREAK=3'] },
];

mkdirSync('built', { recursive: true });
for (const { name, source, flags = [] } of guests) {
  const core = `built/${name}.core.wasm`;
  execFileSync('clang-19', ['--target=wasm32-unknown-unknown', '-nostdlib', '-O2', '-fno-builtin', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=65536', ...flags, source, '-o', core], { stdio: 'inherit' });
  const embedded = await componentEmbed({ binary: readFileSync(core), witSource, worldName: 'plugin' });
  writeFileSync(`built/${name}.wasm`, await componentNew(embedded, []));
  rmSync(core);
}
