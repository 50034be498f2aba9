import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { recordOf } from './process';
import { howToInstallRedis, releaseName } from './system-release';

export interface RedisBinary {
  command: string;
  /** For LD_LIBRARY_PATH, when it does not use the system's libraries. */
  libraryPath?: string;
}

interface FetchOptions {
  packagesDir: string;
  /** The directories to look for apt-get and dpkg-deb in; default PATH. */
  path?: string;
  log: (line: string) => void;
}

// Distributions have one or the other, or both.
const CANDIDATES = [
  { packages: ['redis-server', 'redis-tools'], command: 'redis-server' },
  { packages: ['valkey-server', 'valkey-tools'], command: 'valkey-server' },
];

/**
 * Redis from the packages of Debian or Ubuntu, unpacked into a directory of ours: no root is needed, and the system
 * stays as it is. Fetched once; later starts find it.
 * @throws Error in one sentence with the command that installs Redis on this system.
 */
export async function fetchedRedis({ packagesDir, log, ...options }: FetchOptions): Promise<RedisBinary> {
  // What was made for one release does not run on the next.
  const target = path.join(path.resolve(packagesDir), `${releaseName()}-${process.arch}`);
  if (!(await works(target))) {
    const searchPath = options.path ?? process.env.PATH ?? '';
    if (!isOn(searchPath, 'apt-get') || !isOn(searchPath, 'dpkg-deb')) throw new Error(howToInstallRedis());
    removeAbandoned(packagesDir, path.basename(target));
    log('Fetching Redis packages (once, about 2 MB) ...');
    await fetchInto(target, `${target}.fetch-${process.pid}`);
  }
  return binaryIn(target);
}

async function fetchInto(target: string, work: string): Promise<void> {
  const [root, archives] = [path.join(work, 'root'), path.join(work, 'cache', 'archives')];
  for (const dir of [root, path.join(archives, 'partial'), path.join(work, 'state', 'lists', 'partial')])
    mkdirSync(dir, { recursive: true });
  try {
    await download(work);
    for (const name of readdirSync(archives)) {
      // The system's own loader runs the program, and it fits no other C library.
      if (!name.endsWith('.deb') || /^(libc6|libc-bin)_/.test(name)) continue;
      await run('dpkg-deb', ['-x', path.join(archives, name), root]);
    }
    const { command, libraryPath } = binaryIn(root);
    await run(command, ['--version'], { LD_LIBRARY_PATH: libraryPath });
    if (!existsSync(target)) renameSync(root, target); // another start may have been quicker
  } catch (error) {
    throw new Error(`${howToInstallRedis()} (Fetching its packages failed: ${(error as Error).message})`, {
      cause: error,
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

// The system's package lists first; on a fresh container there are none, and old ones name files that are gone.
async function download(work: string): Promise<void> {
  const cache = ['-o', `Dir::Cache=${path.join(work, 'cache')}`, '-o', 'Dir::Cache::archives=archives'];
  const lists = ['-o', `Dir::State::lists=${path.join(work, 'state', 'lists')}`];
  const own = [...cache, ...lists];
  if (await downloadAny(cache)) return;
  // One broken source of many makes this fail; whether it matters shows below.
  await run('apt-get', ['update', ...QUIET, ...own]).catch(() => undefined);
  if (await downloadAny(own)) return;
  await downloadRedis(CANDIDATES[0]!.packages, own); // once more, for its error
}

async function downloadAny(options: string[]): Promise<boolean> {
  for (const { packages } of CANDIDATES) {
    const done = await downloadRedis(packages, options).then(
      () => true,
      () => false,
    );
    if (done) return true;
  }
  return false;
}

// apt itself resolves what this system lacks. --reinstall: a package may be installed and yet not be on PATH.
// Nothing is locked or changed outside our directory, so neither root nor the system's lock is needed.
async function downloadRedis(packages: string[], options: string[]): Promise<void> {
  const task = ['install', '--download-only', '--reinstall', '--no-install-recommends', '--yes'];
  await run('apt-get', [...task, ...QUIET, '-o', 'Debug::NoLocking=1', ...options, ...packages]);
}

const QUIET = [
  '-qq',
  '-o',
  'APT::Sandbox::User=root',
  '-o',
  'Acquire::Retries=2',
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'Acquire::https::Timeout=20',
];

/** Rejects with the last line that the command printed as an error. */
async function run(
  command: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(errors.trim().split('\n').at(-1) || `${command} ended with ${status}`);
}

function binaryIn(root: string): RedisBinary {
  const bin = path.join(root, 'usr', 'bin');
  const command = CANDIDATES.map((candidate) => path.join(bin, candidate.command)).find((file) =>
    existsSync(file),
  );
  if (command === undefined) throw new Error('the packages hold no Redis server');
  return { command, libraryPath: libraryDirs(root).join(':') };
}

// lib/x86_64-linux-gnu and the like, below / and /usr.
function libraryDirs(root: string): string[] {
  const parents = [path.join(root, 'usr', 'lib'), path.join(root, 'lib')].filter((dir) => existsSync(dir));
  return parents.flatMap((parent) => {
    const names = readdirSync(parent).filter(
      (name) => name.endsWith('-linux-gnu') || name.includes('-linux-gnueabi'),
    );
    return [...names.map((name) => path.join(parent, name)), parent];
  });
}

// A library of the system's that it was fetched for may have gone since.
async function works(root: string): Promise<boolean> {
  try {
    const { command, libraryPath } = binaryIn(root);
    await run(command, ['--version'], { LD_LIBRARY_PATH: libraryPath });
    return true;
  } catch {
    return false;
  }
}

/** Removes what interrupted fetches left, and a Redis that no longer runs. */
function removeAbandoned(packagesDir: string, unusable: string): void {
  if (!existsSync(packagesDir)) return;
  for (const name of readdirSync(packagesDir)) {
    const fetcher = /\.fetch-(\d+)$/.exec(name)?.[1];
    const abandoned = fetcher ? recordOf(Number(fetcher)) === undefined : name === unusable;
    if (abandoned) rmSync(path.join(packagesDir, name), { recursive: true, force: true });
  }
}

function isOn(searchPath: string, command: string): boolean {
  return searchPath.split(path.delimiter).some((dir) => dir !== '' && existsSync(path.join(dir, command)));
}
