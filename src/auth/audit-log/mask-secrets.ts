const SECRET_NAME = /password|secret|token|api_?key|private_?key|authorization/i;
/** Numbers of tokens of language models are none, and decide over costs: their changes are what the log is for. */
const NO_SECRET = /^llm_answer_tokens$/;
/** What stands in the log instead; the fact that a value was set or removed is kept. */
const MASK = '[hidden]';

/**
 * A copy in which every value under a name that sounds like a secret is {@link MASK}, at any depth. `null`
 * stays null and a boolean stays (`has_secret: true` says nothing secret), so that "was set" and "was removed"
 * can be told apart.
 */
export function maskSecrets(value: unknown, name = ''): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (SECRET_NAME.test(name) && !NO_SECRET.test(name)) return MASK;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry, name));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, maskSecrets(entry, key)]));
}
