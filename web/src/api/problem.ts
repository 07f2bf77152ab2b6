import type { components } from './schema.js';

export type ProblemDocument = components['schemas']['ProblemView'];
export type Violation = components['schemas']['ViolationView'];

/** The failure of a request: the server's problem document, or why there is none. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly violations: readonly Violation[] = [],
    readonly traceId: string | null = null,
    /** Figures and names in the detail. */
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** Whether a retry of the same request may succeed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** @param body the answer: a problem document, unless a proxy wrote it. */
export function problemOf(status: number, body: unknown, traceId: string | null): ApiProblem {
  const { code, detail, errors, trace_id, values } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as Partial<ProblemDocument>;
  return new ApiProblem(
    status,
    code ?? 'unexpected_answer',
    detail ?? `HTTP ${status}`,
    errors,
    trace_id ?? traceId,
    values,
  );
}

/** No answer: server down or no network. */
export function unreachable(): ApiProblem {
  return new ApiProblem(0, 'unreachable', '');
}
