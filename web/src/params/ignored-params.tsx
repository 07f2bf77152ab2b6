import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

/** Says which stored params the decision agent does not have any more; nothing where there are none. */
export function IgnoredParams({ pointers = [] }: { readonly pointers?: readonly string[] | undefined }) {
  const { t } = useTranslation();
  if (pointers.length === 0) return null;
  const names = pointers.map((pointer) => pointer.slice(1).replaceAll('/', '.')).join(', ');
  return <Alert type="info" showIcon title={t('params.ignored', { names })} />;
}
