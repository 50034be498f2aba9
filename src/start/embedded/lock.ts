import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, readRecord, recordOf } from './process';

interface CheckoutHold {
  release(): void;
}

/**
 * Lets one `npm start` at a time work on a data directory. The lock is a file that names its process by pid, boot
 * and start time, so that one left behind by kill -9 or by a reboot is recognised, even if the pid is in use again.
 * @throws Error with one sentence that says which process runs on which directory.
 */
export async function holdCheckout(dataDir: string): Promise<CheckoutHold> {
  mkdirSync(dataDir, { recursive: true });
  const lock = path.join(dataDir, 'running.lock');
  const own = `${lock}.${process.pid}`;
  const content = JSON.stringify(recordOf(process.pid));
  writeFileSync(own, content);
  try {
    // Linking fails if the name is taken, and the file is complete from its first moment.
    while (!tryLink(own, lock)) removeStale(lock, dataDir);
  } finally {
    rmSync(own, { force: true });
  }
  return Promise.resolve({
    release: () => {
      if (contentOf(lock) === content) rmSync(lock, { force: true });
    },
  });
}

function removeStale(lock: string, dataDir: string): void {
  const judged = contentOf(lock);
  if (judged === undefined) return; // released in between
  const holder = readRecord(lock);
  if (holder && isRunning(holder)) {
    throw new Error(
      `Dakiya already runs here: process ${holder.pid} works on ${dataDir}, stop it first or use another checkout.`,
    );
  }
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // another starter was quicker; look again
  }
  // Two starters may have judged the same stale lock, and the quicker one's new lock be what we just moved.
  if (contentOf(aside) !== judged) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
