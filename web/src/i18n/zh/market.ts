import type { market as english } from '../en/market.js';

export const market: typeof english = {
  market: {
    scores: '智能体评分与价格',
    noCurve: '还没有曲线：需要两次运行。',
    simulated: '模拟行情：价格是虚构的，并非真实市场。',
    replay: '回放行情：价格来自过去。',
  },
  run: {
    queued: '排队中',
    analysing: '分析中',
    deciding: '决策中',
    completed: '已完成',
    degraded: '不完整',
    failed: '失败',
    skipped: '跳过',
  },
  analysis: {
    unavailable: '不可用',
    failed: '失败',
    timeout: '超时',
    success: '正常',
    llm: '语言模型',
    degraded: '仅按规则得出',
    confidence: '{{share}} 的因子有数据',
    absent: '缺失：',
  },
  llmFailure: {
    llm_budget_spent: '未询问语言模型：当日剩余预算可能不足。',
    llm_timed_out: '语言模型未在限定时间内回答。',
    llm_unavailable: '无法询问语言模型。',
    llm_refused: '语言模型拒绝回答。',
    llm_invalid_answer: '语言模型没有给出可用的回答。',
    llm_answer_withheld: '语言模型的回答含有不得保存的内容。',
    llm_question_large: '内容过多，无法放进一次提问。',
  },
};
