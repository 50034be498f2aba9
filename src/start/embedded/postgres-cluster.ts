import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { startGuarded } from './guard';
import type { PostgresBinaries } from './postgres-binaries';
import { recordServer, serverLog } from './server';
import type { ServerUser } from './server-user';

/** The cluster's superuser. */
export const CLUSTER_USER = 'dakiya';

/**
 * The cluster of a directory, made if there is none, and its password.
 * @throws Error in one sentence when it is another version's, or its password is gone.
 */
export async function openCluster(
  dir: string,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  log: (line: string) => void,
): Promise<{ cluster: string; password: string }> {
  const cluster = path.join(dir, 'cluster');
  // Without this file it is no cluster, but what an initdb run by hand left when it was interrupted.
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) {
    log('Creating the database cluster ...');
    await createCluster(dir, cluster, binaries, user);
  }
  checkVersion(cluster, binaries);
  return { cluster, password: readPassword(dir) };
}

// Made under another name and renamed when it is whole, so that an interrupted initdb is simply started over. The
// name is new each time: an initdb that was interrupted cleans up behind itself, maybe while the next one runs.
async function createCluster(
  dir: string,
  cluster: string,
  binaries: PostgresBinaries,
  user?: ServerUser,
): Promise<void> {
  const passwordFile = path.join(dir, 'password');
  const abandoned = readdirSync(dir).filter((name) => name.startsWith('unfinished-'));
  for (const name of [...abandoned, 'cluster', 'password']) {
    rmSync(path.join(dir, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const unfinished = mkdtempSync(path.join(dir, 'unfinished-'));
  writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (user) for (const file of [unfinished, passwordFile]) chownSync(file, user.uid, user.gid);

  const logFile = serverLog(dir);
  const place = ['-D', unfinished, '--no-sync', '--encoding=UTF8', ...locale(binaries.major)];
  const access = [`--username=${CLUSTER_USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const initdb = await startGuarded({
    command: binaries.initdb,
    args: [...place, ...access],
    stopSignal: 'TERM',
    logFile,
    user,
  });
  recordServer(dir, initdb.pid);
  const status = await initdb.exited;
  if (status !== 0) throw new Error(`initdb failed (${status}), its output is in ${logFile}.`);
  renameSync(unfinished, cluster);
}

// Names and cities are compared without case in many languages, the same on every system: not by the C library.
function locale(major: number): string[] {
  if (major >= 17) return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return ['--locale=C', '--locale-provider=icu', '--icu-locale=und'];
}

function checkVersion(cluster: string, { major }: PostgresBinaries): void {
  const made = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (made === String(major)) return;
  throw new Error(
    `${cluster} was made by PostgreSQL ${made}, and this is ${major}: use that version (PG_BIN) or remove the directory.`,
  );
}

/** @throws Error in one sentence when the file is gone. */
export function readPassword(dir: string): string {
  const file = path.join(dir, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new Error(`The password of the embedded database, ${file}, is gone: put it back or remove ${dir}.`);
}
