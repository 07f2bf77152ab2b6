import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AdminPage } from './admin-page.js';
import { AgentsSection } from './agents-section.js';
import { ApisSection } from './apis-section.js';
import { TemplatesSection } from './templates-section.js';
import { ToolsSection } from './tools-section.js';

export function RegistriesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: 'templates', label: t('registry.templates'), children: <TemplatesSection /> },
    { key: 'agents', label: t('registry.agents'), children: <AgentsSection /> },
    { key: 'tools', label: t('registry.tools'), children: <ToolsSection /> },
    { key: 'apis', label: t('registry.apis'), children: <ApisSection /> },
  ];
  const wanted = search.get('tab');
  return (
    <AdminPage title={t('nav.registries')}>
      <Tabs
        items={tabs}
        activeKey={tabs.find(({ key }) => key === wanted)?.key ?? 'templates'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
      />
    </AdminPage>
  );
}
