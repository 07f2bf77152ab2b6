import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { completionSchema, textOf, usageOf, verdictOf, type Completion } from './completion.js';

const GOOD = { score: 12.5, confidence: 0.8, reasoning: 'The mood is calm.' };

/** Answers of real providers; their sources are in the README.md there. */
const SAMPLES = fileURLToPath(new URL('../../../test/cases/live-samples/llm/', import.meta.url));
const RECORDED = readdirSync(SAMPLES).filter((file) => file !== 'errors.json');

function completion(message: object | string, more: object = {}): Completion {
  const written = typeof message === 'string' ? { role: 'assistant', content: message } : message;
  return completionSchema.parse({
    id: 'x',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: 'stop', message: written, ...more }],
    usage: { prompt_tokens: 300, completion_tokens: 40, total_tokens: 340 },
  });
}
const failureOf = (message: object | string, more: object = {}): unknown => {
  try {
    return verdictOf(completion(message, more));
  } catch (error) {
    return error;
  }
};

describe('an answer of a language model', () => {
  it.each([
    ['JSON', JSON.stringify(GOOD)],
    ['JSON with blanks around it', `\n ${JSON.stringify(GOOD)} \n`],
    ['JSON in a code fence', `\`\`\`json\n${JSON.stringify(GOOD, null, 2)}\n\`\`\``],
    ['JSON in a code fence without a language', `\n\`\`\`\n${JSON.stringify(GOOD)}\`\`\`\n`],
    [
      'JSON in a code fence with words around it',
      `Here you are:\n\`\`\`JSON\n${JSON.stringify(GOOD)}\n\`\`\`\nGood luck.`,
    ],
    ['JSON after thoughts', `<think>\n{"score": 99} or less?\n</think>\n\n${JSON.stringify(GOOD)}`],
    ['JSON after a line break', `\n${JSON.stringify(GOOD)}`],
  ])('is read as %s', (_what, text) => expect(verdictOf(completion(text))).toEqual(GOOD));

  it('is read from parts, and without token counts', () => {
    const [first, second] = [JSON.stringify(GOOD).slice(0, 20), JSON.stringify(GOOD).slice(20)];
    const content = [{ type: 'text', text: first }, { type: 'thinking' }, { type: 'text', text: second }];
    const answer = completionSchema.parse({ choices: [{ finish_reason: 'stop', message: { content } }] });
    expect(verdictOf(answer)).toEqual(GOOD);
    expect(usageOf(answer)).toBe('unknown');
  });

  it.each(RECORDED)('is read in the envelope of %s', (file) => {
    const { status, body } = JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')) as { status: number; body: object };
    const answer = completionSchema.safeParse(body);
    if (status !== 200) return expect(answer.success).toBe(false);
    const { message } = answer.data!.choices[0]!;
    if (message.tool_calls?.length) return expect(() => verdictOf(answer.data!)).toThrow('gave no usable answer');
    // The recording answers another question: a verdict replaces its text, with the same kind of thoughts or line break.
    const thoughts = String(message.content).startsWith('<think>') ? '<think>\nIt is good.\n</think>\n\n' : '\n';
    message.content = thoughts + JSON.stringify(GOOD);
    expect(verdictOf(answer.data!)).toEqual(GOOD);
    expect(usageOf(answer.data!)).toEqual({ prompt: expect.any(Number), completion: expect.any(Number) });
    return undefined;
  });

  it.each([null, 'STOP', 'eos', 'end_turn'])('that ends with %j is complete', (finish_reason) => {
    expect(verdictOf(completion(JSON.stringify(GOOD), { finish_reason }))).toEqual(GOOD);
  });

  it.each([
    ['thoughts that do not end', `<think>${JSON.stringify(GOOD)}`],
    ['two code fences', `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`\n\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``],
    ['nothing', ''],
    ['prose', 'The score should be 12.'],
    ['HTML', '<html><script>alert(1)</script></html>'],
    ['JSON that is cut off', '{"score": 12.5, "confidence": 0.8, "reas'],
    ['prose around JSON', `Here you are: ${JSON.stringify(GOOD)}`],
    ['two objects', `${JSON.stringify(GOOD)}${JSON.stringify(GOOD)}`],
    // A regular expression would backtrack on these newlines beyond the time limit of this test.
    ['a code fence of line ends', `\`\`\`${'\n'.repeat(5000)}x`],
    ['JSON in a code fence of another language', `\`\`\`html\n${JSON.stringify(GOOD)}\n\`\`\``],
    ['a list', JSON.stringify([GOOD])],
    ['null', 'null'],
    ['NaN', '{"score": NaN, "confidence": 0.8, "reasoning": "x"}'],
    ['Infinity', '{"score": 1e999, "confidence": 0.8, "reasoning": "x"}'],
    ['a score beyond 100', JSON.stringify({ ...GOOD, score: 100.1 })],
    ['a score as text', JSON.stringify({ ...GOOD, score: '55' })],
    ['no score', JSON.stringify({ ...GOOD, score: undefined })],
    ['a confidence above 1', JSON.stringify({ ...GOOD, confidence: 1.01 })],
    ['a confidence below 0', JSON.stringify({ ...GOOD, confidence: -0.1 })],
    ['an unknown field', JSON.stringify({ ...GOOD, orders: ['BUY'] })],
    ['__proto__', `{"__proto__": {"score": 1}, "score": 1, "confidence": 1, "reasoning": "x"}`],
    ['no reasoning', JSON.stringify({ ...GOOD, reasoning: ' \n\u0000\u202e' })],
    ['too much reasoning', JSON.stringify({ ...GOOD, reasoning: 'x'.repeat(2001) })],
  ])('that is %s is no answer', (_what, text) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({
      code: 'llm_invalid_answer',
      answer: text,
      cost: { prompt: 300, completion: 40 },
      message: 'The language model gave no usable answer.',
    });
    // No message contains text of the model.
    expect((failure as { detail: string }).detail).toMatch(
      /^The answer is not (JSON|as it should be: [a-z ]+ \(\w+\))\.$/,
    );
  });

  it.each([
    ['a refusal', { content: null, refusal: 'I cannot help with that.' }, {}, 'llm_refused'],
    [
      'stopped by a content filter',
      { content: JSON.stringify(GOOD) },
      { finish_reason: 'content_filter' },
      'llm_refused',
    ],
    ['cut off', { content: JSON.stringify(GOOD) }, { finish_reason: 'length' }, 'llm_invalid_answer'],
    [
      'ended for an unknown reason',
      { content: JSON.stringify(GOOD) },
      { finish_reason: 'moved' },
      'llm_invalid_answer',
    ],
    [
      'cut off, in the words of other providers',
      { content: JSON.stringify(GOOD) },
      { finish_reason: 'max_tokens' },
      'llm_invalid_answer',
    ],
    ['withheld by Zhipu', { content: '' }, { finish_reason: 'sensitive' }, 'llm_refused'],
    [
      'a tool call',
      { content: JSON.stringify(GOOD), tool_calls: [{ function: { name: 'sell_all', arguments: '{}' } }] },
      { finish_reason: 'tool_calls' },
      'llm_invalid_answer',
    ],
  ])('that is %s is no answer', (_what, message, more, code) =>
    expect(failureOf(message, more)).toMatchObject({ code }),
  );

  it('has plain text on one line as its reasoning', () => {
    const reasoning = '<b>up</b>\r\nand\u0000 \u202eback\u2028 to \ud800 normal \u{1f468}\u200d\u{1f469}';
    expect(verdictOf(completion(JSON.stringify({ ...GOOD, reasoning }))).reasoning).toBe(
      '<b>up</b> and   back  to \ufffd normal \u{1f468}\u200d\u{1f469}',
    );
  });

  it('is stored with its refusal', () => {
    expect(textOf(completion({ content: 'a', refusal: 'b' }))).toBe('a\nb');
    expect(textOf(completion({}))).toBe('');
  });

  it.each([
    [
      { prompt_tokens: 3, completion_tokens: 4 },
      { prompt: 3, completion: 4 },
    ],
    [undefined, 'unknown'],
    [null, 'unknown'],
    [{ prompt_tokens: -3, completion_tokens: 4 }, 'unknown'],
    [{ prompt_tokens: 1e18, completion_tokens: 4 }, 'unknown'],
    [{ prompt_tokens: 1.5, completion_tokens: 4 }, 'unknown'],
    [{ prompt_tokens: '3', completion_tokens: 4 }, 'unknown'],
  ])('with the usage %j costs %j', (usage, expected) => {
    expect(usageOf({ choices: completion('').choices, usage })).toEqual(expected);
  });
});
