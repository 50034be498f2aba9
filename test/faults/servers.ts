import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Redis from 'ioredis';
import { startPostgres, startRedis } from '../../src/start/embedded';
import type { EmbeddedServer } from '../../src/start/embedded';
import { Proxy } from '../support/proxy';

/**
 * A Redis or PostgreSQL server for one test file, with its data on disk, that can be ended in any way and started again.
 * Its port changes with each start; a proxy keeps the address. States: up → down (nothing listens) → up.
 */
export class OwnServer {
  private server: EmbeddedServer | undefined;
  private proxy: Proxy | undefined;
  private readonly directory = mkdtempSync(path.join(os.tmpdir(), 'dakiya-faults-'));

  private constructor(private readonly kind: 'redis' | 'postgres') {
    // mkdtemp makes it 0700; when the tests run as root, the server's user needs access
    chmodSync(this.directory, 0o755);
  }

  static async start(kind: 'redis' | 'postgres'): Promise<OwnServer> {
    const own = new OwnServer(kind);
    await own.up();
    return own;
  }

  /** The address of the proxy, which does not change. */
  get url(): string {
    return this.proxy?.urlOf(this.direct) ?? '';
  }

  /** The current address of the server itself. */
  get direct(): string {
    return this.server?.url ?? '';
  }

  async up(): Promise<void> {
    const dataDir = path.join(this.directory, this.kind);
    const log = () => undefined;
    this.server =
      this.kind === 'postgres'
        ? await startPostgres({ dataDir, log, durable: true })
        : await startRedis({ dataDir, packagesDir: path.resolve('.cache/redis'), log, durable: true });
    if (this.kind === 'redis')
      this.server = { ...this.server, url: await this.keepPassword(this.server.url) };
    if (this.proxy) await this.proxy.restore(this.direct);
    else this.proxy = await Proxy.before(this.direct);
  }

  /** Shuts it down in the regular way; its data is on disk. */
  async stop(): Promise<void> {
    await this.proxy?.cut();
    await this.server?.stop();
  }

  /** Ends it with SIGKILL, or with SIGQUIT, which is PostgreSQL's immediate shutdown. */
  async end(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
    const { server } = this;
    if (!server) return;
    process.kill(server.pid, signal);
    await server.exited;
    await this.proxy?.cut();
  }

  /** Its data is lost, while it is down. */
  loseData(): void {
    rmSync(path.join(this.directory, this.kind), { recursive: true, force: true });
  }

  /** Keeps a copy of its data, for which it is shut down. */
  async keepData(): Promise<void> {
    await this.stop();
    // cp keeps the owner of the files
    execFileSync('cp', ['-a', path.join(this.directory, this.kind), path.join(this.directory, 'kept')]);
    await this.up();
  }

  /** Puts the copy in the place of its data, while it is down: what was written since then is forgotten. */
  forgetLaterData(): void {
    this.loseData();
    renameSync(path.join(this.directory, 'kept'), path.join(this.directory, this.kind));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Each start creates a new password; this sets one that stays, since clients keep theirs. */
  private async keepPassword(url: string): Promise<string> {
    const redis = new Redis(url);
    try {
      await redis.config('SET', 'requirepass', redisPassword);
    } finally {
      redis.disconnect();
    }
    return Object.assign(new URL(url), { password: redisPassword }).href;
  }
}

const redisPassword = 'the-same-after-every-start';
