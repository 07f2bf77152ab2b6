import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useInstanceChange } from '../../parts/actions/use-instance-change.js';
import { ProblemAlert } from '../../parts/problem-alert.js';

interface Fields {
  readonly instance_name: string;
  readonly instance_description: string;
}

export function RenameButton({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('action.rename')}</Button>
      {open && <RenameDialog instance={instance} onClose={() => setOpen(false)} />}
    </>
  );
}

function RenameDialog({
  instance,
  onClose,
}: {
  readonly instance: Schemas['InstanceView'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const change = useInstanceChange(instance);
  const { instance_name, instance_description } = instance;
  return (
    <Modal
      open
      title={t('action.rename')}
      okText={t('common.save')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ instance_name, instance_description }}
        onFinish={(body) => change.mutate({ body }, { onSuccess: onClose })}
      >
        <Form.Item
          name="instance_name"
          label={t('field.name')}
          rules={[{ required: true, message: t('field.needed') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="instance_description" label={t('field.description')}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
        {change.error && <ProblemAlert error={change.error} />}
      </Form>
    </Modal>
  );
}
