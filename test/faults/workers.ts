import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { App } from '../support/app';
import { killHard, startWorkerProcess } from '../support/worker-process';

/** Workers as separate processes that tests kill, stop and start while they send. */
export class Workers {
  private readonly running: ChildProcess[] = [];
  /** Processes that ended unexpectedly. */
  lost = 0;

  private constructor(
    private readonly app: App,
    private readonly env: Record<string, string>,
  ) {}

  static async start(app: App, count: number, env: Record<string, string> = {}): Promise<Workers> {
    const workers = new Workers(app, env);
    await Promise.all(Array.from({ length: count }, () => workers.add()));
    return workers;
  }

  get all(): readonly ChildProcess[] {
    return this.running;
  }

  async add(env: Record<string, string> = {}): Promise<ChildProcess> {
    const child = await startWorkerProcess(this.app, { ...this.env, ...env });
    this.running.push(child);
    child.once('exit', () => {
      const index = this.running.indexOf(child);
      if (index === -1) return;
      this.running.splice(index, 1);
      this.lost++;
    });
    return child;
  }

  /** kill -9. */
  async kill(child: ChildProcess): Promise<void> {
    this.running.splice(this.running.indexOf(child), 1);
    await killHard(child);
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.kill(child)));
  }

  /** Blocks its event loop, like a long garbage collection; resolves when that begins. */
  static async block(child: ChildProcess, blockMs: number): Promise<void> {
    child.send({ blockMs });
    await once(child, 'message');
  }
}
