const DAY_MS = 86_400_000;

/**
 * A moment such as `2024-01-31T12:00Z`, or the beginning and the end of a day such as `2024-01-31`, UTC. The end is not
 * included. Null for any other text.
 */
export function readDate(text: string): { start: Date; end: Date } | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = new Date(`${text}T00:00:00Z`);
    // Date rolls 2024-02-31 over to March; such a date is a mistake.
    const valid = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
    return valid ? { start, end: new Date(start.getTime() + DAY_MS) } : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text)) return null;
  const start = new Date(text);
  return Number.isNaN(start.getTime()) ? null : { start, end: new Date(start.getTime() + 1) };
}
