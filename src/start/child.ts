import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export interface ChildOptions {
  role: 'api' | 'worker' | 'simulator';
  env: Record<string, string>;
  logDir: string;
  say: (line: string) => void;
}

/** What a role tells its supervisor when it is up. */
export interface Ready {
  ready: true;
  port?: number;
}

const largestLog = 20_000_000;
/**
 * Per-message garbage dies young; collecting it in parallel costs a worker 4 % of the CPU and saves nothing. With 1 GB to
 * grow into, V8 lets garbage reach 1.6 times what is in use instead of four times: an import of any size stays below
 * 250 MB. V8 takes its flags at the start of a process only; docker-compose.yml has the same.
 */
const workerFlags = ['--no-parallel-scavenge', '--max-old-space-size=1024'];
/** A role that ran for this long is restarted with the shortest delay. */
const steadyMs = 10_000;

/**
 * One role in a process of its own, started again when it dies. States: starting → up → (died → starting)* →
 * stopped. The child ends by itself when this process dies, since its IPC channel closes then.
 */
export class Child {
  private process: ChildProcess | undefined;
  private stopping = false;
  private deaths = 0;

  constructor(private readonly options: ChildOptions) {}

  /** Resolves with what the role reports when it is up. @throws when it ends before that for the first time */
  start(): Promise<Ready> {
    return new Promise((resolve, reject) => {
      let up = false;
      this.spawn(
        (ready) => {
          up = true;
          resolve(ready);
        },
        (reason) => {
          if (!up) reject(new Error(reason));
        },
      );
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(hard);
  }

  private spawn(onReady: (ready: Ready) => void, onEnd: (reason: string) => void): void {
    const { role, env, logDir, say } = this.options;
    mkdirSync(logDir, { recursive: true });
    const file = path.join(logDir, `${role}.log`);
    if (existsSync(file) && statSync(file).size > largestLog) rmSync(file);
    const log = createWriteStream(file, { flags: 'a' });
    const child = fork(path.resolve(__dirname, '../main.js'), [role], {
      env,
      execArgv: [...process.execArgv, ...(role === 'worker' ? workerFlags : [])],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process = child;
    const born = Date.now();
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.on('message', (message: Ready) => {
      if (message.ready) onReady(message);
    });
    child.once('exit', (code, signal) => {
      log.end();
      const reason = `${role} ended (${signal ?? `exit ${code}`}); see ${file}`;
      onEnd(reason);
      if (this.stopping) return;
      if (Date.now() - born > steadyMs) this.deaths = 0;
      this.deaths++;
      // Not at once: when a whole process group is told to stop, the children may hear it first.
      setTimeout(
        () => {
          if (this.stopping) return;
          say(`${reason}; starting it again`);
          this.spawn(onReady, () => undefined);
        },
        Math.min(250 * 2 ** this.deaths, 10_000),
      );
    });
  }
}
