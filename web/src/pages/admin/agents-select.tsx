import { useTranslation } from 'react-i18next';
import { useAgents } from '../../api/admin-queries.js';
import { knownWords } from '../../parts/known-words.js';
import { Select } from '../../parts/select.js';

interface Props {
  /** Id of the label. */
  readonly id: string;
  readonly value: readonly string[];
  readonly onChange: (agents: string[]) => void;
}

/** Selects business agents: active ones and those already in the template. */
export function AgentsSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const known = useAgents().data?.items ?? [];
  const names = known
    .filter(({ agent_name, is_active }) => is_active || value.includes(agent_name))
    .map(({ agent_name }) => agent_name);
  return (
    <Select
      id={id}
      mode="multiple"
      value={[...value]}
      options={[...new Set([...names, ...value])].map((name) => ({
        value: name,
        label: knownWords(t, 'agent', name) ?? name,
      }))}
      onChange={(agents: string[]) => agents.length > 0 && onChange(agents)}
      style={{ width: '100%' }}
    />
  );
}
