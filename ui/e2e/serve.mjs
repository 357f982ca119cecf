// Starts the built server with a directory of its own, fills it with the demo's last half hour, and goes with it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';

const api = 'http://127.0.0.1:25190';
const otlp = 'http://127.0.0.1:25191';
const root = fileURLToPath(new URL('../../', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'otelier-e2e-'));
const server = spawn(
  join(root, 'artifacts/bin/Otelier.Server/release/otelier-server'),
  [`--DataDir=${data}`, `--Listen:Api=${api}`, `--Listen:OtlpHttp=${otlp}`, '--Listen:OtlpGrpc=http://127.0.0.1:25192'],
  { stdio: 'inherit' },
);
server.on('exit', (code) => {
  rmSync(data, { recursive: true, force: true });
  process.exit(code ?? 0);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.kill('SIGTERM'));

// The demo does not wait for a server that is only starting.
const isReady = async () => (await globalThis.fetch(`${api}/health/ready`).catch(() => undefined))?.ok ?? false;
while (!(await isReady())) await pause(200);
spawn(join(root, 'artifacts/bin/Otelier.Cli/release/otelier'), ['demo', '--endpoint', otlp, '--api', api, '--history', '30m', '--duration', '1s', '--rate', '3'], { stdio: 'inherit' });
