import type { create as english } from '../en/create.js';

export const create: typeof english = {
  create: {
    noTemplates: '没有可用的模板。',
    every: '每 {{minutes}} 分钟',
    settings: '设置',
    submit: '创建并启动',
    done: '已创建，正在运行。',
  },
  params: {
    presets: '预设',
    differs: '默认：{{value}}',
    differences: '变更',
    ignored: '决策 Agent 已不再有以下参数：{{names}}。它们不起作用，下次修改参数时移除。',
    same: '没有变更',
    first: '创建时',
  },
  paramGroup: {
    weights: '智能体权重',
    thresholds: '买卖条件',
    size: '规模',
    entry: '入场条件',
    stops: '止损与止盈',
    caution: '恐慌行情下的限制',
    other: '其他',
  },
  preset: { default: '默认', careful: '稳健', bold: '激进', own: '自定义' },
  whatIf: {
    title: '假设：以当前行情和这些参数',
    noRun: '该模板还没有运行过，行情未知；一个周期之内会运行。',
    marketOf: '行情时间',
    entry: '将会开仓',
  },
};
