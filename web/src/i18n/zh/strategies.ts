import type { strategies as english } from '../en/strategies.js';

export const strategies: typeof english = {
  list: {
    view: '视图',
    cards: '卡片',
    table: '表格',
    search: '按名称搜索',
    sort: '排序',
    mine: '只看我的',
    total: '共 {{count}} 个',
    empty: '暂无策略。',
    noMatch: '没有符合条件的策略。',
    noDescription: '暂无描述',
  },
  sort: {
    '-created_at': '最新创建',
    created_at: '最早创建',
    '-total_pnl_percent': '收益率从高到低',
    total_pnl_percent: '收益率从低到高',
    '-total_value': '总价值从高到低',
    total_value: '总价值从低到高',
  },
  action: {
    details: '详情',
    tune: '调参',
    pause: '暂停',
    start: '启动',
    stop: '停止',
    restart: '重新开始',
    restartHelp: '以相同的资金和参数新建一个策略；已停止的策略保持不变。',
    rename: '重命名',
    paused: '已暂停，持仓保留。',
    started: '已恢复运行。',
    stopped: '已停止，历史记录保留。',
  },
  stop: {
    title: '停止“{{name}}”',
    meaning: '停止后不再产生决策，且无法恢复；可用“重新开始”以相同参数新建。历史记录保留。',
    holds: '当前持仓',
    sell: '立即按市价平仓',
    keep: '保留持仓',
  },
};
