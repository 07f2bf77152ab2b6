import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="info"
      title={<h1 className="result-title">{t('notFound.title')}</h1>}
      subTitle={t('notFound.detail')}
      extra={
        <Link to="/strategies">
          <Button type="primary">{t('notFound.home')}</Button>
        </Link>
      }
    />
  );
}
