/** A node of `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)`, as far as it is read. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface ExplainedPlan {
  readonly Plan: PlanNode;
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
}

export interface PlanSummary {
  /** How each table is read, in the order of the plan: `index ix_portfolios_created`, `seq scan users (101 rows)`. */
  readonly reads: readonly string[];
  /** Whether rows had to be sorted. */
  readonly sorts: boolean;
  readonly planning_ms: number;
  readonly execution_ms: number;
  /** Pages of 8 KiB, those on the disk included. */
  readonly pages: number;
}

/** What a plan does, in a few words. */
export function summaryOf(plan: ExplainedPlan): PlanSummary {
  const nodes = nodesOf(plan.Plan);
  return {
    reads: [...new Set(nodes.flatMap((node) => readOf(node) ?? []))],
    sorts: nodes.some((node) => node['Node Type'].includes('Sort')),
    planning_ms: plan['Planning Time'],
    execution_ms: plan['Execution Time'],
    pages: (plan.Plan['Shared Hit Blocks'] ?? 0) + (plan.Plan['Shared Read Blocks'] ?? 0),
  };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function readOf(node: PlanNode): string | null {
  const type = node['Node Type'];
  if (type.includes('Index')) return `index ${node['Index Name']}${type === 'Index Only Scan' ? ' alone' : ''}`;
  if (type !== 'Seq Scan') return null;
  const rows = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
  return `seq scan ${node['Relation Name']} (${rows} rows)`;
}
