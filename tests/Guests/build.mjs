// node build.mjs [DIRECTORY]: clang makes core modules, their worlds are embedded, and they become components (built/).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';

const packages = '../../wit';
const file = name => readFileSync(`${packages}/${name}`, 'utf8');
// A package inside another file: its `package x;` line becomes a block.
const nested = name => file(name).replace(/^package ([^;]+);/, 'package $1 {') + '}\n';

const plugin = { wit: file('clawft-plugin/plugin.wit'), world: 'plugin' };
const composer = {
  wit: `package test:composer;\nworld composer {\n  import clawgrains:state/store@1.0.0;\n  import clawgrains:tools/host-tools@1.0.0;\n  export clawgrains:tools/tools@1.0.0;\n}\n${nested('clawgrains-tools/tools.wit')}${nested('clawgrains-state/state.wit')}`,
  world: 'composer',
};
const guests = [
  { name: 'probe', source: 'probe/probe.c', ...plugin },
  ...['grows-in-start', 'traps-in-realloc', 'traps-in-post-return', 'calls-in-realloc', 'calls-in-post-return', 'asks-in-start']
    .map((name, i) => ({ name, source: 'traps/traps.c', flags: [`-DBREAK=${i + 1}`], ...plugin })),
  { name: 'composer', source: 'composer/composer.c', ...composer },
  { name: 'hooks', source: 'hooks/hooks.c', wit: file('clawgrains-hooks/hooks.wit'), world: 'hook-plugin' },
  { name: 'provider', source: 'provider/provider.c', wit: file('clawgrains-providers/providers.wit'), world: 'provider-plugin' },
  { name: 'functions', source: 'functions/functions.c', wit: readFileSync('functions/functions.wit', 'utf8'), world: 'functions' },
  { name: 'wasi', source: 'wasi/wasi.c', wit: readFileSync('wasi/wasi.wit', 'utf8'), world: 'system' },
  { name: 'requests', source: 'requests/requests.c', wit: readFileSync('requests/requests.wit', 'utf8'), world: 'requests' },
  { name: 'zeroclaw', source: 'zeroclaw/zeroclaw.c', wit: readFileSync('zeroclaw/zeroclaw.wit', 'utf8'), world: 'tool-plugin' },
  { name: 'handles', source: 'handles/handles.c', wit: readFileSync('handles/handles.wit', 'utf8'), world: 'handles' },
];

const target = process.argv[2] ?? 'built';
mkdirSync(target, { recursive: true });
for (const { name, source, flags = [], wit, world } of guests) {
  const core = `${target}/${name}.core.wasm`;
  execFileSync('clang-19', ['--target=wasm32-unknown-unknown', '-nostdlib', '-O2', '-fno-builtin', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=65536', ...flags, source, '-o', core], { stdio: 'inherit' });
  const embedded = await componentEmbed({ binary: readFileSync(core), witSource: wit, worldName: world });
  writeFileSync(`${target}/${name}.wasm`, await componentNew(embedded, []));
  rmSync(core);
}
