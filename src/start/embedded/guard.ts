import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { ServerUser } from './server-user';

/**
 * A server that cannot outlive us. It runs under a small shell that holds one end of a pipe; Node holds the
 * other and never writes. When Node ends, by whatever way (kill -9 and crashes included), the kernel closes
 * the pipe, `read` returns, and the shell stops the server.
 *
 *   running --(pipe closed: Node died, or stop())--> stopping --(server gone)--> exited
 *   running --(server ends by itself)-------------------------------------------> exited
 */
export interface GuardedProcess {
  /** The server's own pid, not the shell's. */
  pid: number;
  /** Fulfilled with the exit code (128 + signal number, when a signal ended it). */
  exited: Promise<number>;
  hasExited(): boolean;
  stop(): Promise<void>;
}

interface GuardedCommand {
  command: string;
  args: string[];
  /** What the server takes as "stop cleanly, now". */
  stopSignal: 'INT' | 'TERM';
  /** Everything the server prints is appended here. */
  logFile: string;
  /** Only root can give one. */
  user?: ServerUser;
  env?: Record<string, string>;
}

// Why it is written so:
// - `read` and not `cat`: a cat that is left over would hold the pipe.
// - The watcher is there before the pid is reported: if Node is dead by then, echo's SIGPIPE ends the shell only.
// - The signal is sent again and again: a shell starts background jobs with SIGINT ignored, and a server that has
//   not yet installed its handler would miss the only one. After 20 seconds there is no more asking.
// - The watcher waits for its `sleep`, and the shell for the watcher, so that neither is left to an init that, as
//   in many containers, does not reap.
const GUARD_SCRIPT = `
signal=$1; shift
"$@" </dev/null 3<&- &
server=$!
{
  read -r _ <&3
  trap 'kill "$nap"; wait "$nap"; exit' TERM
  tries=0
  while kill -s "$signal" "$server" && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.2 & nap=$!
    wait "$nap"
  done
  kill -s KILL "$server"
} >/dev/null 2>&1 &
watcher=$!
echo "$server" >&3
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
wait "$watcher"
exit "$status"
`;

const LOG_FILE_LIMIT = 10_000_000;

/** Starts the command under the guard; it is running, but not necessarily ready, when this resolves. */
export async function startGuarded(server: GuardedCommand): Promise<GuardedProcess> {
  const log = openLog(server.logFile);
  const shell = spawn(
    '/bin/sh',
    ['-c', GUARD_SCRIPT, 'dakiya-guard', server.stopSignal, server.command, ...server.args],
    {
      stdio: ['ignore', log, log, 'pipe'],
      // A session of its own: Ctrl-C in the terminal reaches Node alone, which stops its servers last.
      detached: true,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', ...server.env },
      ...(server.user && { uid: server.user.uid, gid: server.user.gid }),
    },
  );
  closeSync(log);
  const pipe = shell.stdio[3] as Duplex;
  pipe.on('error', () => {}); // a reset of the pipe says that the shell is gone; 'exit' below says it too
  const reported = new Promise<number>((resolve, reject) => {
    pipe.once('data', (line: Buffer) => resolve(Number(line.toString())));
    pipe.once('close', () =>
      reject(new Error(`${server.command} could not be started, see ${server.logFile}.`)),
    );
  });
  let exitCode: number | undefined;
  const exited = new Promise<number>((resolve) => {
    shell.once('exit', (code) => {
      exitCode = code ?? 1;
      resolve(exitCode);
    });
  });

  const [pid] = await Promise.all([reported, once(shell, 'spawn')]);
  // Should somebody have killed the shell itself, this makes its watcher stop the server.
  void exited.then(() => pipe.destroy());
  return {
    pid,
    exited,
    hasExited: () => exitCode !== undefined,
    stop: async () => {
      pipe.destroy();
      await exited;
    },
  };
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(file, size > LOG_FILE_LIMIT ? 'w' : 'a', 0o600);
}
