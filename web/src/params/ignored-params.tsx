import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

/** Warns about stored params that the decision agent no longer has. */
export function IgnoredParams({ pointers = [] }: { readonly pointers?: readonly string[] | undefined }) {
  const { t } = useTranslation();
  if (pointers.length === 0) return null;
  const names = pointers.map((pointer) => pointer.slice(1).replaceAll('/', '.')).join(t('common.separator'));
  return <Alert type="info" showIcon title={t('params.ignored', { names })} />;
}
