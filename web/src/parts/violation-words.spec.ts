import { beforeAll, describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { violationWords } from './violation-words.js';

beforeAll(async () => {
  await i18next.init({ lng: 'zh', resources: { en: { translation: en }, zh: { translation: zh } } });
});

const english = i18next.getFixedT('en');
const chinese = i18next.getFixedT('zh');
const message = '"x" must be something in English.';

describe('a violation', () => {
  it.each([
    [
      { pointer: '/instance_params/agent_weights', code: 'weights_sum' },
      '权重之和必须为 1。',
      'Weight of all agents must add up to 1',
    ],
    [
      { pointer: '/instance_params/agent_weights/macro', code: 'out_of_range', values: { maximum: 1 } },
      '权重：宏观不能大于 1。',
      'Weight: Macro must be at most 1',
    ],
    [
      { pointer: '/instance_params/buy_threshold', code: 'out_of_range', values: { minimum: 0, maximum: 100 } },
      '买入阈值必须在 0 至 100 之间。',
      'Buy threshold must be between 0 and 100',
    ],
    [
      { pointer: '/instance_params/max_position_size', code: 'out_of_range', values: { above: 0 } },
      '单次最大买入必须大于 0。',
      'Max buy size must be above 0',
    ],
    [
      {
        pointer: '/instance_params/full_sell_threshold',
        code: 'threshold_order',
        values: { below: 'partial_sell_threshold' },
      },
      '全部卖出阈值必须低于部分卖出阈值。',
      'Full-sell threshold must be below Partial-sell threshold',
    ],
    [{ pointer: '/password', code: 'common_password' }, '密码过于常见，请换一个。', 'Password is too common'],
    [
      { pointer: '/password', code: 'wrong_length', values: { max_characters: 128, min_characters: 8 } },
      '密码长度须为 8 至 128 个字符。',
      'Password must have 8 to 128 characters',
    ],
    [
      { pointer: '/business_agents/2', code: 'duplicate_agent', values: { name: 'ta' } },
      '业务智能体“ta”重复。',
      'Agents contains “ta” twice',
    ],
  ])('is a sentence in the language of the user, with its limit', (violation, inChinese, inEnglish) => {
    expect(violationWords(chinese, { ...violation, message })).toBe(inChinese);
    expect(violationWords(english, { ...violation, message })).toBe(inEnglish);
  });

  it('has no limit if the server sends none', () => {
    expect(violationWords(chinese, { pointer: '/email', code: 'out_of_range', message })).toBe('邮箱不在允许范围内。');
  });

  it('is the message of the server if the code has no translation', () => {
    expect(violationWords(chinese, { pointer: '/x', code: 'of_tomorrow', message })).toBe(message);
  });
});
