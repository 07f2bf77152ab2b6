import { BgColorsOutlined, GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language } from '../i18n/start.js';
import type { Settings } from '../settings/settings.js';
import { useSettings } from '../settings/settings-context.js';

const CHOICES = {
  theme: ['system', 'light', 'dark'],
  zone: ['local', 'utc'],
  rise: ['green-up', 'red-up'],
} as const;

/** Menu for language and appearance. */
export function ViewMenu() {
  const { t, i18n } = useTranslation();
  const { settings, change } = useSettings();
  const groups = (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => ({
    key: name,
    type: 'group' as const,
    label: t(`view.${name}`),
    children: CHOICES[name].map((choice) => ({ key: `${name}:${choice}`, label: t(`view.${choice}`) })),
  }));
  const choose = ({ key }: { key: string }): void => {
    const [name, choice] = key.split(':');
    change({ [name as keyof Settings]: choice });
  };
  return (
    <Flex gap={4}>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        // Languages are listed under their own names.
        lang={i18n.language === 'zh' ? 'en' : 'zh'}
        onClick={() => void chooseLanguage(i18n.language === 'zh' ? 'en' : ('zh' satisfies Language))}
      >
        {i18n.language === 'zh' ? 'English' : '中文'}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: groups,
          selectable: true,
          selectedKeys: [`theme:${settings.theme}`, `zone:${settings.zone}`, `rise:${settings.rise}`],
          onClick: choose,
        }}
      >
        <Button type="text" icon={<BgColorsOutlined />} aria-label={t('view.title')} />
      </Dropdown>
    </Flex>
  );
}
