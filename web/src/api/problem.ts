import type { components } from './schema.js';

export type ProblemDocument = components['schemas']['ProblemView'];
export type Violation = components['schemas']['ViolationView'];

/** What a request failed with: the server's problem document, or why none came. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly violations: readonly Violation[] = [],
    readonly traceId: string | null = null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** @param body what the server answered, a problem document unless something stands between. */
export function problemOf(status: number, body: unknown, traceId: string | null): ApiProblem {
  const { code, detail, errors, trace_id } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as Partial<ProblemDocument>;
  return new ApiProblem(status, code ?? 'unexpected_answer', detail ?? `HTTP ${status}`, errors, trace_id ?? traceId);
}

/** No answer came: server gone, no network. */
export function unreachable(): ApiProblem {
  return new ApiProblem(0, 'unreachable', '');
}
