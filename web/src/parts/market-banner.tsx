import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

/** Banner for simulated and replayed prices. */
export function MarketBanner({ market }: { readonly market: 'simulated' | 'replay' | 'live' | undefined }) {
  const { t } = useTranslation();
  if (market === undefined || market === 'live') return null;
  return <Alert banner type="info" title={t(`market.${market}`)} />;
}
