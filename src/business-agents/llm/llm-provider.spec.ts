import { describe, expect, it } from '@jest/globals';
import { refusedParameter } from './llm-provider.js';

const of = (answer: unknown) =>
  refusedParameter(Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)));

describe('the parameter that a provider refuses', () => {
  it.each([
    // OpenAI's errors for reasoning models.
    [
      {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: 'invalid_request_error',
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
      'max_tokens',
    ],
    [
      {
        message:
          "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        type: 'invalid_request_error',
        param: 'temperature',
        code: 'unsupported_value',
      },
      'temperature',
    ],
    // Providers that mention the parameter only in the message.
    [{ message: "Unsupported parameter: 'max_tokens' ... Use 'max_completion_tokens' instead." }, 'max_tokens'],
    [{ message: 'Unknown field "max_completion_tokens".', param: null }, 'max_completion_tokens'],
    [{ message: "The model 'temperature-9' does not exist.", param: 'model' }, null],
    // Kimi, and Qwen3, which requires another parameter.
    [
      { message: 'invalid temperature: only 1 is allowed for this model', type: 'invalid_request_error' },
      'temperature',
    ],
    [
      { param: null, message: 'parameter.enable_thinking must be set to false for non-streaming calls' },
      'enable_thinking',
    ],
    [{ message: 'no such model' }, null],
    [{}, null],
    [null, null],
  ])('in %j is %s', (error, parameter) => expect(of({ error })).toBe(parameter));

  it.each(['', 'null', '"temperature"', '{"error": "temperature"}', '<html>', '[{"error": {"param": "temperature"}}]'])(
    'is null in %s',
    (text) => expect(of(text)).toBeNull(),
  );

  it('is null without an answer', () => expect(refusedParameter(undefined)).toBeNull());
});
