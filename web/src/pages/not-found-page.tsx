import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="info"
      title={t('notFound.title')}
      subTitle={t('notFound.detail')}
      extra={
        <Link to="/strategies">
          <Button type="primary">{t('nav.strategies')}</Button>
        </Link>
      }
    />
  );
}
