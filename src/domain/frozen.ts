/**
 * The same value, unchangeable from now on with everything in it: safe to share. For plain data, as JSON has it; what is
 * frozen already is not looked through again.
 */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
