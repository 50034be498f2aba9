/**
 * Remembers what `make` returned for the same arguments. A formatter of Intl takes a millisecond to make, and a table asks
 * for hundreds of formatted values.
 */
export function once<A extends unknown[], T>(make: (...args: A) => T): (...args: A) => T {
  const made = new Map<string, T>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(...args);
    made.set(key, value);
    return value;
  };
}
