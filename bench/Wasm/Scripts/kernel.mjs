// node kernel.mjs FILE: for every number read, runs the kernel once and answers "NANOSECONDS CHECKSUM".
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const sum = instance.exports.run(Number(line));
  console.log(`${process.hrtime.bigint() - start} ${BigInt.asUintN(64, sum)}`);
}
