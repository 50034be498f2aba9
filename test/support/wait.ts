import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `condition` until it returns something truthy, and returns that. A condition that throws (for example a failed
 * expectation) is called again; its last error becomes the cause when time is up. After the time it is called once more,
 * so that a slow answer or a busy machine does not fail a test.
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
    if (timeIsUp) throw new Error(`Not within ${timeoutMs} ms: ${what}`, { cause: lastError });
    await delay(15);
  }
}
