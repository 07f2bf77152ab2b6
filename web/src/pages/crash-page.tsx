import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

/** Shown after a defect, or when a chunk cannot be loaded after an upgrade. */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Result
      status="error"
      title={<h1 className="result-title">{t('problems.defect')}</h1>}
      subTitle={<span className="code">{error instanceof Error ? error.message : String(error)}</span>}
      extra={<Button onClick={() => location.reload()}>{t('common.reload')}</Button>}
    />
  );
}
