import { Form, Input, Modal, Select } from 'antd';
import type { AccountView } from '../../../shared/contract/users.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';

interface Fields {
  readonly name: string;
  readonly password: string;
  readonly displayName: string;
  readonly number: string;
  readonly role: Role;
  readonly postId: string;
}

const ROLES: readonly Role[] = ['attendant', 'manager', 'admin'];
const NO_POST = '';

/** A new account, or what may be changed of one. */
export function AccountDialog(props: { account: AccountView | null; onDone: () => void; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { account } = props;
  const [form] = Form.useForm<Fields>();
  const posts = useAsk((station) => station.posts.list(), []);
  const role = Form.useWatch('role', form) ?? account?.role ?? 'attendant';
  const fitting = (posts.data ?? []).filter((post) => post.role === role);
  const save = async ({ name, password, postId: chosen, ...fields }: Fields): Promise<void> => {
    const postId = chosen === NO_POST ? null : chosen;
    const answer = await act.run(
      (station) =>
        account === null
          ? station.users.create({ name, password, postId, ...fields })
          : station.users.change({ name: account.name, postId, ...fields }),
      { done: t('users.saved') },
    );
    if (answer) props.onDone();
  };
  const help = (field: string): { help?: string; validateStatus?: 'error' } => {
    const fault = act.faults[field];
    return fault === undefined ? {} : { help: fault, validateStatus: 'error' };
  };
  return (
    <Modal
      open
      title={account === null ? t('users.addTitle') : t('users.editTitle', { name: account.name })}
      okText={t(account === null ? 'users.create' : 'users.save')}
      cancelText={t('kit.back')}
      confirmLoading={act.busy}
      onCancel={props.onClose}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <Form<Fields>
        className="users-form"
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onSubmit"
        initialValues={{
          name: account?.name ?? '',
          password: '',
          displayName: account?.displayName ?? '',
          number: account?.number ?? '',
          role: account?.role ?? 'attendant',
          postId: account?.post?.id ?? NO_POST,
        }}
        onValuesChange={(changed: Partial<Fields>) => {
          if (changed.role !== undefined) form.setFieldValue('postId', NO_POST);
        }}
        onFinish={(fields) => void save(fields)}
      >
        {account === null && (
          <>
            <Form.Item
              name="name"
              label={t('users.name')}
              extra={t('users.nameHint')}
              rules={[{ required: true, whitespace: true, message: t('users.needName') }]}
              {...help('name')}
            >
              <Input autoFocus maxLength={40} autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('users.password')}
              extra={t('users.passwordHint')}
              rules={[{ required: true, min: 8, message: t('users.tooShort') }]}
              {...help('password')}
            >
              <Input.Password maxLength={200} autoComplete="new-password" />
            </Form.Item>
          </>
        )}
        <div className="users-pair">
          <Form.Item name="displayName" label={t('users.displayName')} {...help('displayName')}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="number" label={t('users.number')} extra={t('users.numberHint')} {...help('number')}>
            <Input maxLength={20} autoComplete="off" />
          </Form.Item>
        </div>
        <div className="users-pair">
          <Form.Item name="role" label={t('users.role')}>
            <Select options={ROLES.map((value) => ({ value, label: t(`app.role.${value}`) }))} />
          </Form.Item>
          <Form.Item name="postId" label={t('users.post')} {...help('postId')}>
            <Select
              options={[
                { value: NO_POST, label: t('users.noPost') },
                ...fitting.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Form.Item>
        </div>
        <Problem text={act.problem} />
      </Form>
    </Modal>
  );
}
