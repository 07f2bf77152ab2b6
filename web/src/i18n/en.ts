import { account } from './en/account.js';
import { admin } from './en/admin.js';
import { common } from './en/common.js';
import { create } from './en/create.js';
import { detail } from './en/detail.js';
import { market } from './en/market.js';
import { problems } from './en/problems.js';
import { seeded } from './en/seeded.js';
import { strategies } from './en/strategies.js';
import { paramHelp, params } from './en/params.js';
import { reasonNames, reasons } from './en/reasons.js';

/** All texts, by page. */
export const en = {
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
