import type { account as english } from '../en/account.js';

export const account: typeof english = {
  signIn: {
    title: '登录',
    motto: '一次分析，服务众多策略，每个决策都有依据。',
    submit: '登录',
    new: '还没有账户？',
  },
  register: {
    title: '注册',
    role: '新账户可以查看运行中的策略。如需交易，请联系管理员开通交易员权限。',
    submit: '注册并登录',
    known: '已有账户？',
  },
  initialPassword: {
    title: '修改密码',
    why: '您的密码由系统生成或由他人设置，请改为只有您知道的密码。',
  },
  profile: {
    nameChanged: '姓名已保存。',
    passwordChanged: '密码已修改，其他设备均已退出登录。',
    currentPassword: '当前密码',
    newPassword: '新密码',
    otherSessions: '8 至 128 个字符。修改后其他设备将退出登录。',
    changePassword: '修改密码',
  },
};
