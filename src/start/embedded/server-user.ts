import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Whom a server runs as when we are root: PostgreSQL refuses to run as root, and Redis has no need to. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * The user for a server whose files are in `dir`: the owner of what is there already, else an unprivileged
 * system user. Undefined when we are not root: then the server simply runs as ourselves.
 */
export function serverUserFor(dir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return lookUp('postgres') ?? lookUp('nobody') ?? addUser('dakiya');
}

function lookUp(name: string): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function addUser(name: string): ServerUser {
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const user = lookUp(name);
  if (!user)
    throw new Error(
      'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as.',
    );
  return user;
}

/**
 * The first of the files and their parent directories that the user cannot enter or execute; undefined when all is
 * well. The system itself is asked (as that user), so that groups and access lists count as they really do.
 */
export function firstBlocked(user: ServerUser | undefined, ...files: string[]): string | undefined {
  if (!user) return undefined;
  const script = 'for entry; do [ -x "$entry" ] || { printf %s "$entry"; exit 0; }; done';
  const entries = [...new Set(files.flatMap(withParents))];
  const probe = spawnSync('/bin/sh', ['-c', script, 'sh', ...entries], {
    encoding: 'utf8',
    cwd: '/',
    uid: user.uid,
    gid: user.gid,
  });
  return probe.stdout || undefined;
}

function withParents(file: string): string[] {
  const parent = path.dirname(file);
  return parent === file ? [file] : [...withParents(parent), file];
}

/** Makes a directory that other users may pass through, whatever the umask; existing ones stay as they are. */
export function makePassable(dir: string): void {
  const first = mkdirSync(dir, { recursive: true });
  if (first === undefined) return;
  for (const made of withParents(dir)) if (made.length >= first.length) chmodSync(made, 0o755);
}

/**
 * Where a server's files go when its user cannot reach the checkout (root's home is closed to others): a directory
 * named after the checkout's own, below /var/lib, which survives a reboot, or else in the temporary directory.
 */
export function outsideDir(dataDir: string): string {
  const base = ['/var/lib', os.tmpdir()].find(isWritable) ?? os.tmpdir();
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return path.join(base, `dakiya-${name}`);
}

/** The temporary directory is everybody's: a directory that somebody else put there under our name is refused. */
export function makeOutsideDir(dir: string): void {
  makePassable(dir);
  const made = lstatSync(dir);
  if (!made.isDirectory() || made.uid !== 0 || (made.mode & 0o022) !== 0) {
    throw new Error(`${dir} is to hold the embedded database, but it is not root's own: remove it.`);
  }
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
