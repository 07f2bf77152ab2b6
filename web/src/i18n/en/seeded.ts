import { fromCode } from './from-code.js';

const { templateText, agentName, agentText, toolName, toolText, apiText, invariant } = fromCode;

/**
 * Seeded texts, exactly as stored, by stable name. The console translates a text only while it equals this one, that is
 * until an administrator changes it.
 */
export const seeded = { templateText, agentName, agentText, toolName, toolText, apiText, invariant };
