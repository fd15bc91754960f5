// node validate.mjs PLAN: prints `valid`, or V8's reason, for each file that the JSON array PLAN names.
import { readFileSync } from 'node:fs';

for (const { file } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    new WebAssembly.Module(readFileSync(file));
    console.log('valid');
  } catch (e) {
    console.log(e.message.replaceAll('\n', ' '));
  }
}
