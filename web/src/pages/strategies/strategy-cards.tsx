import { Card, Col, Flex, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { InstanceActions } from '../../parts/actions/instance-actions.js';
import { AnnualReturn } from '../../parts/annual-return.js';
import { Money, PercentChange, Time } from '../../parts/figures.js';
import { ModeTag, StateTag } from '../../parts/instance-tags.js';

type Instance = Schemas['InstanceView'];

export function StrategyCards({ items }: { readonly items: readonly Instance[] }) {
  return (
    <Row gutter={[16, 16]}>
      {items.map((instance) => (
        <Col key={instance.id} xs={24} md={12} xl={8}>
          <StrategyCard instance={instance} />
        </Col>
      ))}
    </Row>
  );
}

function StrategyCard({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation();
  const { id, definition, user } = instance;
  return (
    <Card
      className={instance.trading_mode === 'live' ? 'live-mode' : ''}
      style={{ height: '100%', display: 'flex', flexDirection: 'column' }}
      styles={{ body: { flex: 1, display: 'flex', flexDirection: 'column', gap: 12 } }}
    >
      <Flex justify="space-between" gap={8} align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={2} style={{ margin: 0, fontSize: 17, overflowWrap: 'anywhere' }}>
            <Link to={`/strategies/${id}`}>{instance.instance_name}</Link>
          </Typography.Title>
          <Typography.Text type="secondary">
            {definition.display_name} · {definition.trade_symbol}
            {user.full_name ? ` · ${user.full_name}` : ''}
          </Typography.Text>
        </div>
        <Flex wrap gap={4} justify="flex-end">
          <ModeTag mode={instance.trading_mode} />
          <StateTag instance={instance} />
        </Flex>
      </Flex>
      <Typography.Paragraph ellipsis={{ rows: 2 }} style={{ margin: 0 }}>
        {instance.instance_description || <span className="muted">{t('list.noDescription')}</span>}
      </Typography.Paragraph>
      <div className="card-figures">
        <Figure name={t('field.annualReturn')}>
          <AnnualReturn instance={instance} />
        </Figure>
        <Figure name={t('field.totalReturn')}>
          <PercentChange value={instance.total_pnl_percent} />
        </Figure>
        <Figure name={t('field.value')}>
          <Money value={instance.total_value} asset={definition.quote_asset} />
        </Figure>
        <Figure name={t('field.funds')}>
          <Money value={instance.initial_balance} asset={definition.quote_asset} />
        </Figure>
        <Figure name={t('field.created')}>
          <Time at={instance.created_at} />
        </Figure>
      </div>
      <InstanceActions instance={instance} />
    </Card>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {name}
      </Typography.Text>
      <div style={{ fontWeight: 600 }}>{children}</div>
    </div>
  );
}
