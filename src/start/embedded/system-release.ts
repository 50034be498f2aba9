import { readFileSync } from 'node:fs';

/** For example debian-12; "linux" where the system does not say. */
export function releaseName(): string {
  const release = osRelease();
  return release.ID
    ? `${release.ID}-${release.VERSION_ID ?? release.VERSION_CODENAME ?? 'rolling'}`
    : process.platform;
}

/** One sentence: that Redis is missing, and the command that installs it on this system. */
export function howToInstallRedis(): string {
  return `Dakiya needs a Redis and found neither redis-server nor valkey-server: ${installCommand()}, or set REDIS_URL to a Redis of your own.`;
}

function installCommand(): string {
  if (process.platform === 'darwin') return 'run "brew install redis"';
  const { ID = '', ID_LIKE = '' } = osRelease();
  const families = [ID, ...ID_LIKE.split(' ')];
  if (families.some((family) => ['debian', 'ubuntu'].includes(family)))
    return 'run "sudo apt-get install redis-server"';
  // Fedora 41 and RHEL 10 have Valkey in place of Redis.
  if (families.some((family) => ['fedora', 'rhel', 'centos'].includes(family)))
    return 'run "sudo dnf install valkey" (or redis on older releases)';
  if (families.includes('alpine')) return 'run "apk add redis"';
  if (families.includes('arch')) return 'run "sudo pacman -S valkey"';
  if (families.includes('suse')) return 'run "sudo zypper install redis"';
  return 'install one (https://redis.io/docs/latest/operate/oss_and_stack/install/)';
}

function osRelease(): Record<string, string> {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gm);
    return Object.fromEntries([...lines].map(([, name, value]) => [name, value] as [string, string]));
  } catch {
    return {};
  }
}
