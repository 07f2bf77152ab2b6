import type { create as english } from '../en/create.js';

export const create: typeof english = {
  create: {
    noTemplates: '没有可用的模板。',
    every: '每 {{minutes}} 分钟',
    settings: '设置',
    submit: '创建并启动',
    done: '策略已创建，将在模板下次运行时首次决策。',
  },
  params: {
    presets: '预设',
    differs: '默认：{{value}}',
    differences: '参数变更',
    ignored: '决策智能体已不再使用以下参数：{{names}}。它们不起作用，下次修改参数时会被移除。',
    same: '没有变更',
    first: '初始值',
  },
  paramGroup: {
    weights: '智能体权重',
    thresholds: '买卖阈值',
    size: '仓位',
    entry: '入场条件',
    stops: '止损与止盈',
    caution: '恐慌行情限制',
    other: '其他',
  },
  preset: { default: '默认', careful: '稳健', bold: '激进', own: '自定义' },
  whatIf: {
    title: '试算：当前行情下的结果',
    noRun: '该模板暂无市场分析，下次成功运行后显示。',
    marketOf: '市场数据时间',
    entry: '预计开仓',
  },
};
