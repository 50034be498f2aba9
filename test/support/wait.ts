import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until `condition` gives something truthy, and returns that. A condition that throws (an expectation, say)
 * is asked again; its last error becomes the cause when time is up. It is asked once more after that, so that a slow
 * answer or a busy machine does not decide.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, what }: { timeoutMs?: number; what: string },
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const timeIsUp = performance.now() > deadline;
    let lastError: unknown;
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      lastError = error;
    }
    if (timeIsUp) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause: lastError });
    await delay(15);
  }
}
