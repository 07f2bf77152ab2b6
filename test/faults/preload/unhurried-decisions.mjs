/**
 * Loaded into a replica with `node --import`: each decision takes DECISION_MS longer, so that a run over few instances
 * lasts long enough to be disturbed in its middle.
 */
const { MultiAgentConvictionDecision } =
  await import('../../../dist/src/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js');

const standstill = new Int32Array(new SharedArrayBuffer(4));
const { decide } = MultiAgentConvictionDecision.prototype;

MultiAgentConvictionDecision.prototype.decide = function decideUnhurried(context) {
  Atomics.wait(standstill, 0, 0, Number(process.env.DECISION_MS));
  return decide.call(this, context);
};
