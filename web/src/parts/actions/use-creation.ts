import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answered, api, newKey, type Schemas } from '../../api/client.js';

type Body = Schemas['CreateInstanceBody'];

/** Creates an instance and opens it. A retry after a lost answer creates no second one. */
export function useCreation() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const sent = useRef({ text: '', key: newKey() });
  return useMutation({
    mutationFn: (body: Body) => {
      const text = JSON.stringify(body);
      if (text !== sent.current.text) sent.current = { text, key: newKey() };
      return answered(api.POST('/api/v1/strategies', { body, params: { header: sent.current.key } }));
    },
    onSuccess: async ({ id }) => {
      void message.success(t('create.done'));
      await client.invalidateQueries({ queryKey: ['strategies'] });
      await navigate(`/strategies/${id}`);
    },
  });
}
