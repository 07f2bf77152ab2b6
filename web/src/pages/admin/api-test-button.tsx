import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.js';
import { failureWords } from '../../parts/known-words.js';
import { ProblemAlert } from '../../parts/problem-alert.js';

export function ApiTestButton({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const test = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/admin/apis/{name}/test', { params: { path: { name } } })),
    onSuccess: ({ reachable, code, message: text, latency_ms: ms }) => {
      const why = code === null ? text : failureWords(t, { code, message: text });
      if (reachable) void message.success(t('registry.reached', { ms }), 6);
      else void message.error(t('registry.notReached', { ms, why }), 6);
    },
    onError: (error) => void modal.error({ icon: null, content: <ProblemAlert error={error} /> }),
  });
  return (
    <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
      {t('registry.test')}
    </Button>
  );
}
