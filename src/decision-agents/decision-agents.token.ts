/** Injection token of the `NamedCatalogue<DecisionAgent>`. */
export const DECISION_AGENTS = Symbol('DECISION_AGENTS');
