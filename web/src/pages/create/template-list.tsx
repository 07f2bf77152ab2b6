import { Card, Col, Empty, Flex, Radio, Row, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { knownWords, seededWords } from '../../parts/known-words.js';

interface Props {
  readonly templates: readonly Schemas['DefinitionView'][];
  readonly chosen: number | undefined;
  readonly onChoose: (id: number) => void;
}

export function TemplateList({ templates, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  if (templates.length === 0) return <Empty description={t('create.noTemplates')} />;
  return (
    <Radio.Group
      aria-label={t('field.template')}
      value={chosen ?? null}
      onChange={(event) => onChoose(Number(event.target.value))}
      style={{ display: 'block' }}
    >
      <Row gutter={[16, 16]}>
        {templates.map((template) => (
          <Col key={template.id} xs={24} md={12} xl={8}>
            <Card size="small" style={{ height: '100%' }} hoverable onClick={() => onChoose(template.id)}>
              <Flex vertical gap={8}>
                <Radio value={template.id}>
                  <Typography.Text strong>{template.display_name}</Typography.Text>
                </Radio>
                <Typography.Text>{seededWords(t, 'templateText', template.name, template.description)}</Typography.Text>
                <Flex gap={4} wrap>
                  <Tag>{template.trade_symbol}</Tag>
                  <Tag>{knownWords(t, 'channel', template.trade_channel) ?? template.trade_channel}</Tag>
                  <Tag>{t('create.every', { minutes: template.rebalance_period_minutes })}</Tag>
                  {template.business_agents.map((agent) => (
                    <Tag key={agent} color="blue">
                      {knownWords(t, 'agent', agent) ?? agent}
                    </Tag>
                  ))}
                </Flex>
              </Flex>
            </Card>
          </Col>
        ))}
      </Row>
    </Radio.Group>
  );
}
