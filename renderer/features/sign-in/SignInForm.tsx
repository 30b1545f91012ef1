import { safe } from '@orpc/client';
import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { beginSession } from '../../lib/station/connection.ts';
import { useSession } from '../../lib/station/session.ts';
import { signInProblem } from './sign-in-problem.ts';

interface Fields {
  readonly name: string;
  readonly password: string;
}

export function SignInForm({ demo }: { demo: boolean }) {
  const { t, language } = useWords();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const expired = useSession((state) => state.expired);
  const online = useSession((state) => state.link === 'online');
  const name = useRef<InputRef>(null);
  const password = useRef<InputRef>(null);
  useEffect(() => name.current?.focus(), []);

  const attempt = async (call: () => ReturnType<ReturnType<typeof station>['auth']['signIn']>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const result = await safe(Promise.resolve().then(call));
    setBusy(false);
    if (result.isSuccess) {
      beginSession(result.data);
      return;
    }
    setProblem(result.error);
    form.setFieldValue('password', '');
    password.current?.focus();
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      validateTrigger="onSubmit"
      onFinish={(fields: Fields) => void attempt(() => station().auth.signIn(fields))}
    >
      {problem !== null ? (
        <p className="form-problem" role="alert">
          {signInProblem(problem, t, language)}
        </p>
      ) : (
        expired && (
          <p className="form-note" role="status">
            {t('signIn.expired')}
          </p>
        )
      )}
      <Form.Item name="name" label={t('signIn.name')} rules={[{ required: true, message: t('signIn.needName') }]}>
        <Input ref={name} autoComplete="username" maxLength={40} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('signIn.password')}
        rules={[{ required: true, message: t('signIn.needPassword') }]}
      >
        <Input.Password ref={password} autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy} disabled={!online}>
        {t(busy ? 'signIn.submitting' : 'signIn.submit')}
      </Button>
      {demo && (
        <Button
          block
          className="form-second"
          disabled={busy || !online}
          onClick={() => void attempt(() => station().auth.demoSignIn())}
        >
          {t('signIn.demoSubmit')}
        </Button>
      )}
    </Form>
  );
}
