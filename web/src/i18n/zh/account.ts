import type { account as english } from '../en/account.js';

export const account: typeof english = {
  signIn: {
    title: '登录',
    motto: '一次分析，多个组合，每个决策都有解释。',
    submit: '登录',
    new: '还没有账户？',
  },
  register: {
    title: '注册',
    role: '新账户可以查看运行中的策略；管理员可将您设为交易员。',
    submit: '注册并登录',
    known: '已有账户？',
  },
  profile: {
    nameChanged: '姓名已保存。',
    passwordChanged: '密码已修改，其他会话均已结束。',
    currentPassword: '当前密码',
    newPassword: '新密码',
    otherSessions: '8 至 128 个字符。其他会话将全部结束。',
    changePassword: '修改密码',
  },
};
