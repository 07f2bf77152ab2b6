import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { differencesOf, type Params } from './fields.js';
import { ParamName } from './param-name.js';

export function Differences({ before, after }: { readonly before: Params; readonly after: Params }) {
  const { t } = useTranslation();
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <Typography.Text type="secondary">{t('params.same')}</Typography.Text>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {differences.map(({ path, before: old, after: next }) => (
        <li key={path}>
          <ParamName path={path} />: <span className="figure">{shown(old)}</span> →{' '}
          <b className="figure">{shown(next)}</b>
        </li>
      ))}
    </ul>
  );
}

function shown(value: unknown): string {
  return value === undefined ? '–' : String(value);
}
