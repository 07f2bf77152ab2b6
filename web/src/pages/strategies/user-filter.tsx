import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../api/queries.js';
import { Select } from '../../parts/select.js';

interface Props {
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
  readonly style: CSSProperties;
}

/** Filter by user; administrators only. */
export function UserFilter({ value, onChange, style }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const users = useUsers({ limit: 20, ...(text === '' ? {} : { q: text }) });
  const options = users.data?.items.map(({ id, email, full_name }) => ({
    value: id,
    label: full_name ? `${full_name} (${email})` : email,
  }));
  return (
    <Select
      aria-label={t('field.user')}
      placeholder={t('field.user')}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      value={value ?? null}
      options={options ?? []}
      onChange={(id: string | null | undefined) => onChange(id ?? undefined)}
      style={style}
    />
  );
}
