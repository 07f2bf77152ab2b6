import { Card, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../parts/page.js';

const FILLS = ['price', 'volume', 'size', 'venue', 'stops'] as const;
const LEAVES_OUT = ['book', 'others', 'time', 'queue', 'fees', 'outages', 'candles', 'replay'] as const;
const STRICTER = ['liquidation', 'gap'] as const;

/** What a paper result is worth: the short form of docs/paper-trading.md, for people who have the console only. */
export function PaperPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('paper.title')}>
      <Typography.Paragraph>{t('paper.intro')}</Typography.Paragraph>
      <Points title={t('paper.fills')}>
        {FILLS.map((name) => (
          <li key={name}>{t(`paperFills.${name}`)}</li>
        ))}
      </Points>
      <Points title={t('paper.leavesOut')}>
        {LEAVES_OUT.map((name) => (
          <li key={name}>{t(`paperLeavesOut.${name}`)}</li>
        ))}
      </Points>
      <Points title={t('paper.stricter')}>
        {STRICTER.map((name) => (
          <li key={name}>{t(`paperStricter.${name}`)}</li>
        ))}
      </Points>
      <Typography.Text type="secondary">{t('paper.more')}</Typography.Text>
    </Page>
  );
}

function Points({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card title={title}>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>{children}</ul>
    </Card>
  );
}
