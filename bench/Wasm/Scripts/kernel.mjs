// node kernel.mjs FILE: for every number read, runs the kernel once and answers "NANOSECONDS CHECKSUM" (of CPU time).
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const start = process.cpuUsage();
  const sum = instance.exports.run(Number(line));
  const { user, system } = process.cpuUsage(start);
  console.log(`${(user + system) * 1000} ${BigInt.asUintN(64, sum)}`);
}
