import type { en } from './en.js';
import { account } from './zh/account.js';
import { admin } from './zh/admin.js';
import { common } from './zh/common.js';
import { create } from './zh/create.js';
import { detail } from './zh/detail.js';
import { market } from './zh/market.js';
import { problems } from './zh/problems.js';
import { seeded } from './zh/seeded.js';
import { strategies } from './zh/strategies.js';
import { paramHelp, params } from './zh/params.js';
import { reasonNames, reasons } from './zh/reasons.js';

export const zh: typeof en = {
  ...common,
  ...account,
  ...strategies,
  ...create,
  ...detail,
  ...market,
  ...admin,
  ...problems,
  ...seeded,
  param: params,
  paramHelp,
  reason: reasons,
  reasonName: reasonNames,
};
