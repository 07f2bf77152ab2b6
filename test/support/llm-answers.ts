import type { ServerResponse } from 'node:http';
import { sendJson } from './local-api.js';

/** An answer of `POST /chat/completions`, as OpenAI documents it. @param more with a `usage` of null, none. */
export function completionOf(
  content: unknown,
  more: { finish_reason?: string; message?: object; usage?: unknown } = {},
) {
  const {
    finish_reason = 'stop',
    message = {},
    usage = { prompt_tokens: 400, completion_tokens: 50, total_tokens: 450 },
  } = more;
  const text = typeof content === 'string' || content === null ? content : JSON.stringify(content);
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'small-2026',
    choices: [{ index: 0, message: { role: 'assistant', content: text, refusal: null, ...message }, finish_reason }],
    ...(usage === null ? {} : { usage }),
  };
}

/** Answers with a verdict. */
export function answering(verdict: unknown, more?: Parameters<typeof completionOf>[1]) {
  return (_request: unknown, response: ServerResponse): void => sendJson(response, completionOf(verdict, more));
}
