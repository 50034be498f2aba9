/**
 * The time zones of this browser, by their names of today: some browsers still say Asia/Calcutta, and leave out UTC.
 * The zone that is set is always among them.
 */
export function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone').map((zone) =>
    zone === 'Asia/Calcutta' ? 'Asia/Kolkata' : zone,
  );
  return [...new Set([...known, 'UTC', chosen])].sort();
}
