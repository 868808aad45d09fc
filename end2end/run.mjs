// Browser tests: starts the real binary in sandbox mode on a free port, with an empty data folder,
// and runs every *.spec.mjs against it, one after the other. `cargo xtask test --only browser`
// builds what is needed and calls this; arguments choose spec files by a part of their name.
//
//   BOTYARD_BINARY    the server to test
//   BOTYARD_CHROMIUM  the browser to test it in

import { readdirSync, rmSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

import { startServer } from './lib/server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
const LONGEST_FILE = 10 * 60_000;

process.exitCode = await main(process.argv.slice(2));

async function main(chosen) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const server = await startServer(process.env.BOTYARD_BINARY, out);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.stop().then(() => process.exit(1)));
  }
  try {
    const tally = await runSpecs(specs(chosen), server);
    const dead = server.ended();
    if (dead) console.error(`the server ended during the tests: ${dead}\n${server.log()}`);
    const failed = tally.failed + (dead ? 1 : 0);
    if (failed > 0) console.error(`pictures and the server's log are in ${out}`);
    console.log(`browser tests: ${tally.passed} passed, ${failed} failed, ${tally.skipped} skipped`);
    return failed === 0 && tally.passed > 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

function specs(chosen) {
  return readdirSync(here)
    .filter((name) => name.endsWith('.spec.mjs'))
    .filter((name) => chosen.length === 0 || chosen.some((part) => name.includes(part)))
    .sort()
    .map((name) => join(here, name));
}

async function runSpecs(files, server) {
  process.env.BOTYARD_URL = server.url;
  process.env.BOTYARD_DATA = server.data;
  process.env.BOTYARD_OUT = out;
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const tests = run({ files, concurrency: 1, timeout: LONGEST_FILE });
  // A file whose tests all pass is reported as one more test; a file that cannot even be loaded is
  // reported as a failed one, and that one counts.
  const isFile = (event) => files.includes(event.name);
  tests.on('test:pass', (event) => {
    if (event.details?.type === 'suite' || isFile(event)) return;
    if (event.skip !== undefined || event.todo !== undefined) tally.skipped += 1;
    else tally.passed += 1;
  });
  tests.on('test:fail', (event) => {
    if (event.details?.type === 'suite') return;
    if (isFile(event) && event.details?.error?.failureType === 'subtestsFailed') return;
    tally.failed += 1;
  });
  const report = tests.compose(spec);
  report.pipe(process.stdout, { end: false });
  await new Promise((resolve, reject) => report.on('end', resolve).on('error', reject));
  return tally;
}
