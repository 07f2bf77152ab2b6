import type { ServerResponse } from 'node:http';
import { sendJson, type SeenRequest } from './local-api.js';

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

/** Answers as OpenAI's models that reason do: they refuse parameters of the older ones, and think before they write. */
export function reasoningModel(verdict: unknown) {
  return ({ body }: SeenRequest, response: ServerResponse): void => {
    const asked = JSON.parse(body) as Record<string, unknown>;
    if ('max_tokens' in asked) {
      const message =
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
      return refuse(response, { message, param: 'max_tokens', code: 'unsupported_parameter' });
    }
    if ('temperature' in asked && asked['temperature'] !== 1) {
      const message =
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.";
      return refuse(response, { message, param: 'temperature', code: 'unsupported_value' });
    }
    const thought = {
      prompt_tokens: 400,
      completion_tokens: 2500,
      completion_tokens_details: { reasoning_tokens: 2450 },
    };
    // Where its thoughts do not fit, nothing is written.
    const fits = Number(asked['max_completion_tokens']) >= thought.completion_tokens;
    const completion = fits
      ? completionOf(verdict, { usage: thought })
      : completionOf('', { usage: thought, finish_reason: 'length' });
    sendJson(response, completion);
  };
}

function refuse(response: ServerResponse, error: object): void {
  response
    .writeHead(400, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { type: 'invalid_request_error', ...error } }));
}
