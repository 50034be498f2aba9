import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as it is written into a file: the pid alone may belong to somebody else after a reboot. */
interface ProcessRecord {
  pid: number;
  identity: string;
}

/** Describes a running process; undefined when there is none. */
export function recordOf(pid: number): ProcessRecord | undefined {
  const identity = process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid);
  return identity === undefined ? undefined : { pid, identity };
}

/** Whether the very process that was written down still runs. One that is dead but not yet reaped does not. */
export function isRunning(record: ProcessRecord): boolean {
  return recordOf(record.pid)?.identity === record.identity;
}

/** Reads a record back; undefined when the file is missing or was cut off by a crash. */
export function readRecord(file: string): ProcessRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is ProcessRecord {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('identity' in value))
    return false;
  return typeof value.pid === 'number' && typeof value.identity === 'string';
}

// Boot and start time in clock ticks: containers that restart hand out the same small pids again and again.
function linuxIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startTime}`;
  } catch {
    return undefined;
  }
}

function psIdentity(pid: number): string | undefined {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env });
  const [state = '', ...started] = (stdout ?? '').trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
}
