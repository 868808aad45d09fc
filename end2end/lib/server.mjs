// The server under test: one process, one free port, one data folder that is removed at the end.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 10_000;

/** Starts `binary sandbox` and answers when it says that it is ready. */
export async function startServer(binary, out) {
  if (!binary) throw new Error('BOTYARD_BINARY names the server to test');
  const data = mkdtempSync(join(tmpdir(), 'botyard-browser-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(out, 'server.log');
  const child = spawn(binary, ['sandbox', '--listen', `127.0.0.1:${port}`, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(logFile);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  let ending = null;
  const exited = new Promise((resolve) => {
    const end = (reason) => {
      ending ??= reason;
      resolve();
    };
    child.once('error', (error) => end(`cannot start ${binary}: ${error.message}`));
    child.once('exit', (code, signal) => end(`exit ${code ?? signal}`));
  });

  const server = {
    url,
    data,
    ended: () => ending,
    log: () => readFileSync(logFile, 'utf8').split('\n').slice(-40).join('\n'),
    async stop() {
      if (ending === null) {
        child.kill('SIGTERM');
        await Promise.race([exited, sleep(STOPPED_WITHIN, null, { ref: false })]);
        if (ending === null) child.kill('SIGKILL');
        await exited;
      }
      file.end();
      rmSync(data, { recursive: true, force: true });
    },
  };
  try {
    await ready(server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function ready(server) {
  const until = Date.now() + READY_WITHIN;
  while (Date.now() < until) {
    if (server.ended()) throw new Error(`the server ended: ${server.ended()}\n${server.log()}`);
    const answer = await fetch(`${server.url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`the server is not ready after ${READY_WITHIN / 1000} s\n${server.log()}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
