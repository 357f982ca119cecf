import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const readyWithinMs = 60_000;
const pollMs = 50;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits for a condition that gives something truthy; for as long as a server may take, not by the clock of a test. */
export async function until(what, condition, withinMs = readyWithinMs) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`${what} did not come to pass within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Starts the real server on loopback ports of its own. */
export async function startServer() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'otelier-js-'));
  const [api, grpc, http] = [await freePort(), await freePort(), await freePort()];
  const child = spawn(path.join(root, 'artifacts/bin/Otelier.Server/release/otelier-server'), [
    `--DataDir=${dataDir}`,
    `--Listen:Api=http://127.0.0.1:${api}`,
    `--Listen:OtlpGrpc=http://127.0.0.1:${grpc}`,
    `--Listen:OtlpHttp=http://127.0.0.1:${http}`,
  ]);
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.on('exit', resolve));

  const server = {
    api: `http://127.0.0.1:${api}`,
    grpc: `http://127.0.0.1:${grpc}`,
    http: `http://127.0.0.1:${http}`,
    async get(route) {
      const answer = await fetch(server.api + route);
      const text = await answer.text();
      if (!answer.ok && answer.status !== 404) throw new Error(`${route}: ${answer.status} ${text}`);
      return answer.ok ? JSON.parse(text) : null;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await until('the server', async () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output}`);
    return fetch(`${server.api}/health/ready`).then((answer) => answer.ok, () => false);
  });
  return server;
}
