/**
 * Every code of a failure that is stored with a run, a decision or an analysis, with its meaning. The codes are part of
 * the interface: they are stored, shown and translated.
 */
export const FAILURE_CODES = {
  // A run.
  analysis_failed: 'The market could not be analysed.',
  chunk_failed: 'The run could not process this strategy. The log has the cause.',
  tick_missed: 'No run took place at this time. The next run covered it.',
  run_expired: 'No worker took the run for a week.',
  market_data_unavailable: 'There was no market price.',
  // A decision.
  params_invalid: 'The parameters no longer fit the template. Review and save them.',
  decision_agent_failed: 'The decision agent failed. The log has the cause.',
  decision_agent_timeout: 'The decision agent took too long and was cut off.',
  decision_invalid: 'The decision agent gave an invalid answer.',
  unknown_decision_agent: 'The decision agent is not part of this version of the program.',
  unknown_trade_channel: 'The trade channel is not part of this version of the program.',
  insufficient_cash: 'There was not enough cash for the fill.',
  insufficient_holding: 'The position was smaller than the quantity to sell.',
  internal_error: 'The decision failed because of a defect. The log has the cause.',
  // An analysis.
  no_factors: 'None of the factors had data.',
  too_few_factors: 'Too few of the factors had data.',
  agent_inactive: 'The agent is switched off.',
  agent_failed: 'The agent failed. The log has the cause.',
  agent_crashed: 'The process of the agent crashed.',
  timeout: 'The agent took too long and was cut off.',
  invalid_output: 'The agent gave an invalid answer.',
  unknown_agent: 'The agent is not part of this version of the program.',
} as const;

export type FailureCode = keyof typeof FAILURE_CODES;
