import { LIMIT_PARAMETERS } from '../../registry/llm-settings.js';

/** What a question holds and not every model takes. */
const PARAMETERS = ['temperature', ...LIMIT_PARAMETERS] as const;

/**
 * The parameter that a provider refuses, as far as its answer says so: in `error.param` as OpenAI does, else as the first
 * that its message names in quotes. Null where it refuses something else; nothing of the answer itself is handed on.
 */
export function refusedParameter(body: Buffer | undefined): (typeof PARAMETERS)[number] | null {
  if (body === undefined) return null;
  let error: { readonly param?: unknown; readonly message?: unknown } | null | undefined;
  try {
    error = (JSON.parse(body.toString('utf8')) as { error?: typeof error } | null)?.error;
  } catch {
    // An error page, and no word of a parameter.
    return null;
  }
  const { param, message } = error ?? {};
  const [, quoted] = /['"`](temperature|max_tokens|max_completion_tokens)['"`]/.exec(String(message)) ?? [];
  return PARAMETERS.find((one) => one === param) ?? PARAMETERS.find((one) => one === quoted) ?? null;
}
