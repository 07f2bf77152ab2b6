import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

/** Says so when prices are not those of a real market; nothing when they are, or when nobody knows yet. */
export function MarketBanner({ market }: { readonly market: 'simulated' | 'replay' | 'live' | undefined }) {
  const { t } = useTranslation();
  if (market === undefined || market === 'live') return null;
  return <Alert banner type="info" title={t(`market.${market}`)} />;
}
