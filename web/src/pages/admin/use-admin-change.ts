import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../parts/problem-alert.js';

/** Confirms a change (with `done`, else as saved) or explains why it failed, and reads the list again. */
export function useAdminChange<Change>(
  listKey: string,
  send: (change: Change) => Promise<unknown>,
  onDone?: () => void,
  done?: string,
) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      void message.success(done ?? t('common.saved'));
      onDone?.();
    },
    onError: (error) => void modal.error({ icon: null, content: createElement(ProblemAlert, { error }) }),
    onSettled: () => client.invalidateQueries({ queryKey: [listKey] }),
  });
}
