import { safe } from '@orpc/client';
import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { station } from '../../lib/station/client.ts';
import { beginSession } from '../../lib/station/connection.ts';
import { useSession } from '../../lib/station/session.ts';
import { setUpProblem } from './sign-in-problem.ts';

const SHORTEST = 8;

interface Fields {
  readonly name: string;
  readonly password: string;
  readonly repeat: string;
}

/** The first person on a new workstation makes the first account; it takes three fields and no manual. */
export function SetUpForm() {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const online = useSession((state) => state.link === 'online');
  const name = useRef<InputRef>(null);
  useEffect(() => name.current?.focus(), []);

  const create = async (fields: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const call = async () => station().auth.setUp({ name: fields.name.trim(), password: fields.password });
    const result = await safe(call());
    setBusy(false);
    if (result.isSuccess) {
      // Nothing is configured yet: whoever made the first account is asked on.
      go('setup');
      beginSession(result.data);
    } else setProblem(result.error);
  };

  return (
    <Form
      layout="vertical"
      requiredMark={false}
      size="large"
      validateTrigger="onSubmit"
      onFinish={(f: Fields) => void create(f)}
    >
      <h2>{t('setUp.title')}</h2>
      <p className="form-text">{t('setUp.text')}</p>
      {problem !== null && (
        <p className="form-problem" role="alert">
          {setUpProblem(problem, t)}
        </p>
      )}
      <Form.Item
        name="name"
        label={t('setUp.name')}
        rules={[{ required: true, whitespace: true, message: t('signIn.needName') }]}
      >
        <Input ref={name} autoComplete="username" maxLength={40} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('setUp.password')}
        rules={[{ required: true, min: SHORTEST, message: t('setUp.tooShort') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('setUp.repeat')}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('setUp.different'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy} disabled={!online}>
        {t('setUp.submit')}
      </Button>
    </Form>
  );
}
