import { App as AntApp, ConfigProvider, theme as themes } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from './settings-context.js';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const wantsLessMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
/** CSP nonce of this page; styles without it are refused. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Text contrast is at least 4.5 in both themes; axe checks every page. */
const LIGHT = {
  colorPrimary: '#1d4ed8',
  colorInfo: '#1d4ed8',
  colorLink: '#1d4ed8',
  colorError: '#b42318',
  colorTextDescription: '#5a6270',
  colorTextTertiary: '#5a6270',
  colorTextPlaceholder: '#6b7280',
  // Ant Design derives the text colours of tags from these.
  blue: '#1d4ed8',
  green: '#1f6b0a',
  gold: '#7a5600',
  orange: '#9a4a00',
  purple: '#6b2fb3',
  red: '#b42318',
  volcano: '#a83210',
};
const DARK = {
  colorPrimary: '#4f7df0',
  colorInfo: '#7aa2ff',
  colorLink: '#9dbbff',
  purple: '#a77bff',
  colorError: '#ff7b72',
  colorTextDescription: '#a8b0bd',
  colorTextTertiary: '#a8b0bd',
  colorTextPlaceholder: '#8d96a5',
};

/** Selected items use the primary colour as text, which the dark algorithm makes too dark. */
const DARK_COMPONENTS = {
  Slider: { trackBg: '#5b8cff', trackHoverBg: '#7aa2ff', handleColor: '#9dbbff' },
  Menu: { horizontalItemSelectedColor: '#9dbbff', itemSelectedColor: '#9dbbff' },
  Tabs: { itemSelectedColor: '#9dbbff', inkBarColor: '#9dbbff' },
};

export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  const dark = useDark();
  return (
    <ConfigProvider
      csp={{ nonce }}
      // A space between the two characters of a Chinese label breaks the word for screen readers.
      button={{ autoInsertSpace: false }}
      locale={i18n.language === 'zh' ? zhCN : enUS}
      theme={{
        algorithm: dark ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: { ...(dark ? DARK : LIGHT), borderRadius: 8, motion: !wantsLessMotion },
        components: { Layout: { headerPadding: '0 16px' }, ...(dark ? DARK_COMPONENTS : {}) },
      }}
    >
      <AntApp>
        <PageBackground />
        {children}
      </AntApp>
    </ConfigProvider>
  );
}

export function useDark(): boolean {
  const { settings } = useSettings();
  const bySystem = useSyncExternalStore(
    (changed) => {
      systemIsDark.addEventListener('change', changed);
      return () => systemIsDark.removeEventListener('change', changed);
    },
    () => systemIsDark.matches,
  );
  return settings.theme === 'system' ? bySystem : settings.theme === 'dark';
}

/** The body is outside Ant Design's elements and visible below short pages. */
function PageBackground() {
  const { token } = themes.useToken();
  document.body.style.background = token.colorBgLayout;
  document.documentElement.style.colorScheme = useDark() ? 'dark' : 'light';
  return null;
}
