import { fromCode } from './from-code.js';

const { templateText, agentName, agentText, toolName, toolText, apiText, invariant } = fromCode;

/**
 * What the program comes with, word for word as it is stored, by its stable name: by that the console knows what an
 * administrator has not changed, and can say it in another language.
 */
export const seeded = { templateText, agentName, agentText, toolName, toolText, apiText, invariant };
