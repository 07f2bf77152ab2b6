import { Descriptions, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { formatDecimal, formatPrice, formatQuantity } from '../../format/decimal.js';
import { Absent, Money, MoneyChange, Time } from '../../parts/figures.js';
import { SideTag } from '../../parts/instance-tags.js';

interface Props {
  readonly position: Schemas['PositionView'];
  readonly asset: string | null;
}

/** A perpetual position with all levels that close it, as far as this user may see them. */
export function PerpetualPosition({ position, asset }: Props) {
  const { t } = useTranslation();
  const rows: [string, ReactNode][] = [
    [t('field.quantity'), position.quantity ? `${formatQuantity(position.quantity)} ${position.symbol}` : undefined],
    [t('field.entryPrice'), price(position.average_entry_price)],
    [
      t('field.markPrice'),
      position.current_price === null ? undefined : (
        <>
          {formatPrice(position.current_price)} (<Time at={position.current_price_at} />)
        </>
      ),
    ],
    [t('field.margin'), position.margin && <Money value={position.margin} asset={asset} />],
    [
      t('field.liquidation'),
      position.liquidation_price === null ? t('position.none') : price(position.liquidation_price),
    ],
    [t('field.unrealized'), position.unrealized_pnl && <MoneyChange value={position.unrealized_pnl} asset={asset} />],
    [t('field.marginBalance'), position.market_value && <Money value={position.market_value} asset={asset} />],
    [t('field.stopLoss'), price(position.stop_loss)],
    [t('field.takeProfit'), price(position.take_profit)],
    [t('field.holdUntil'), position.expires_at && <Time at={position.expires_at} />],
    [t('field.opened'), <Time at={position.opened_at} />],
  ];
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center" wrap>
        <Typography.Text strong>{position.symbol}</Typography.Text>
        <SideTag side={position.side} />
        {position.leverage && <Tag>{`${formatDecimal(position.leverage, { places: 2 })} ×`}</Tag>}
      </Flex>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, xxl: 3 }}
        items={rows.map(([label, shown]) => ({ key: label, label, children: shown || <Absent /> }))}
      />
    </Flex>
  );
}

function price(value: string | null | undefined): string | undefined {
  return value ? formatPrice(value) : undefined;
}
