import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GuardedProcess } from './guard';
import { pollUntil } from './poll';
import { isRunning, readRecord, recordOf } from './process';

export interface EmbeddedServer {
  /** With user and password. */
  url: string;
  pid: number;
  /** Fulfilled when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /** Stops the server cleanly and waits until it has ended. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000; // recovery after a crash replays the log
const PREDECESSOR_GONE_WITHIN_MS = 30_000;
const PORT_ATTEMPTS = 5;

/** @throws Error when the directory is somebody else's, or a server of an earlier start still works in it. */
export async function claimServerDir(dir: string): Promise<void> {
  try {
    accessSync(dir, constants.W_OK);
  } catch {
    throw new Error(`${dir} belongs to another user: start Dakiya as that user, or remove the directory.`);
  }
  // When Node was killed a moment ago, its servers are still shutting down. Redis has no lock of its own.
  const predecessor = readRecord(recordFile(dir));
  if (!predecessor) return;
  if (await pollUntil(() => !isRunning(predecessor), PREDECESSOR_GONE_WITHIN_MS)) return;
  throw new Error(
    `A server of an earlier start, process ${predecessor.pid}, still works on ${dir}: stop it first.`,
  );
}

/**
 * Starts a server on one port after the other until it stays up. `start` gives the process and its readiness;
 * between finding a free port and listening on it, another process can be quicker.
 */
export async function startOnFreePort<
  T extends { process: GuardedProcess; isReady(): boolean | Promise<boolean> },
>(name: string, dir: string, start: () => Promise<T>): Promise<T> {
  const logFile = serverLog(dir);
  for (let attempt = 1; ; attempt++) {
    const logged = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const server = await start();
    recordServer(dir, server.process.pid);
    const settled = await pollUntil(
      async () => server.process.hasExited() || (await server.isReady()),
      READY_WITHIN_MS,
    );
    if (settled && !server.process.hasExited()) return server;
    await server.process.stop();
    const output = readFileSync(logFile).subarray(logged).toString();
    if (settled && attempt < PORT_ATTEMPTS && /address already in use/i.test(output)) continue;
    const what = settled ? 'ended while starting' : `was not ready within ${READY_WITHIN_MS / 1000} seconds`;
    throw new Error(`${name} ${what}. The end of ${logFile}:\n${lastLines(output)}`);
  }
}

/** The public face of a process that is ready. */
export function asServer(process: GuardedProcess, url: string): EmbeddedServer {
  return { url, pid: process.pid, exited: process.exited.then(() => undefined), stop: () => process.stop() };
}

/** What the server prints. */
export function serverLog(dir: string): string {
  return path.join(dir, 'server.log');
}

/** Writes down who works on the directory, for {@link claimServerDir} of the next start. */
export function recordServer(dir: string, pid: number): void {
  writeFileSync(recordFile(dir), JSON.stringify(recordOf(pid) ?? null));
}

/** The pid of the last server started in this directory. */
export function predecessorPid(dir: string): number | undefined {
  return readRecord(recordFile(dir))?.pid;
}

/** Whether the server started last in this directory runs now. */
export function isServed(dir: string): boolean {
  const record = readRecord(recordFile(dir));
  return record !== undefined && isRunning(record);
}

function recordFile(dir: string): string {
  return path.join(dir, 'server.pid');
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n');
}
