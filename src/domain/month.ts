const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A calendar month, UTC: months since the beginning of year 0. */
export type Month = number;

export function monthOf(at: Date): Month {
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}

/** The first millisecond of the month. */
export function startOf(month: Month): Date {
  return new Date(Date.UTC(Math.floor(month / 12), month % 12));
}

/** For example `2026-03`. */
export function monthText(month: Month): string {
  return startOf(month).toISOString().slice(0, 7);
}

/** Reads `2026-03`; null for any other text. */
export function readMonth(text: string): Month | null {
  const found = MONTH.exec(text);
  return found ? Number(found[1]) * 12 + Number(found[2]) - 1 : null;
}
