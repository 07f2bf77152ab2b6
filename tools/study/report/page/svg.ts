/** Plots are this large, in pixels; they scale with the page. */
export const WIDTH = 480;
export const HEIGHT = 200;
const MARGIN = { left: 44, right: 12, top: 12, bottom: 26 };

/** Where a value stands in the plot, px. */
export type Scale = (value: number) => number;

export function horizontal(low: number, high: number): Scale {
  const width = WIDTH - MARGIN.left - MARGIN.right;
  return (value) => round(MARGIN.left + (width * (value - low)) / (high - low || 1));
}

/** Upwards, as people draw. */
export function vertical(low: number, high: number): Scale {
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  return (value) => round(HEIGHT - MARGIN.bottom - (height * (value - low)) / (high - low || 1));
}

/** A drawing with a title that screen readers say. Texts are escaped here. */
export function drawing(title: string, parts: readonly string[]): string {
  return (
    `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">` +
    `${parts.join('')}</svg><figcaption>${escaped(title)}</figcaption></figure>`
  );
}

/** Lines across at these values, with the values beside them. */
export function gridLines(values: readonly number[], y: Scale): string {
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right];
  return values
    .map((value) => line(left, y(value), right, y(value), 'grid') + text(left - 6, y(value) + 4, String(value), 'end'))
    .join('');
}

/** Words below the plot. */
export function labelsBelow(labels: readonly (readonly [x: number, label: string])[]): string {
  return labels.map(([x, label]) => text(x, HEIGHT - 8, label, 'middle')).join('');
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

export function rectangle(x: number, y: number, width: number, height: number, kind: string): string {
  return `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"/>`;
}

export function circle(x: number, y: number, kind: string): string {
  return `<circle class="${kind}" cx="${x}" cy="${y}" r="4"/>`;
}

/** A line through the points; it is interrupted where a value is missing. */
export function curve(points: readonly (readonly [x: number, y: number] | null)[], kind: string): string {
  let pen = 'M';
  const steps = points.map((point) => {
    if (!point) {
      pen = 'M';
      return '';
    }
    const step = `${pen}${point[0]} ${point[1]}`;
    pen = 'L';
    return step;
  });
  return `<path class="${kind}" d="${steps.join('')}"/>`;
}

export function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function text(x: number, y: number, words: string, anchor: 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
