import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../parts/problem-alert.js';

/** A change that is confirmed when it is done, explained when it is not, and after which the list is read again. */
export function useAdminChange<Change>(
  listKey: string,
  send: (change: Change) => Promise<unknown>,
  onDone?: () => void,
) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      void message.success(t('common.saved'));
      onDone?.();
    },
    onError: (error) => void modal.error({ icon: null, content: createElement(ProblemAlert, { error }) }),
    onSettled: () => client.invalidateQueries({ queryKey: [listKey] }),
  });
}
