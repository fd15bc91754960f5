// Calls the tools of the built plugin in the sandbox that will run it: npm test
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const claw = process.env.CLAW ?? (existsSync('.claw') ? readFileSync('.claw', 'utf8').trim() : 'claw');
const call = (tool, args) => JSON.parse(execFileSync(claw, ['plugin', 'run', 'plugin.wasm', '--tool', tool, '--args', JSON.stringify(args)], { encoding: 'utf8' }));

assert.deepEqual(call('word-count', { text: 'one two three' }), { words: 3 });
assert.deepEqual(call('echo', { hello: 'world' }), { hello: 'world' });
console.log('2 tools answer as they should');
