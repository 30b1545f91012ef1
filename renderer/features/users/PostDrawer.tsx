import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import type { Post } from '../../../shared/domain/people.ts';
import { allRights, hasByRole, type Right, rightAreas, rights } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';

const ROLES: readonly Role[] = ['attendant', 'manager', 'admin'];

/** A post: its role, and each right that it takes away or gives. */
export function PostDrawer(props: { post: Post | null; onDone: () => void; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { post } = props;
  const [name, setName] = useState(post?.name ?? '');
  const [role, setRole] = useState<Role>(post?.role ?? 'attendant');
  const [without, setWithout] = useState<ReadonlySet<Right>>(new Set(post?.without));
  const [plus, setPlus] = useState<ReadonlySet<Right>>(new Set(post?.plus));
  const [removing, setRemoving] = useState(false);
  const taken = allRights.filter((right) => hasByRole(role, right) && without.has(right));
  const given = allRights.filter((right) => !hasByRole(role, right) && rights[right].grantable && plus.has(right));
  const save = async (): Promise<void> => {
    const body = { name: name.trim(), role, without: taken, plus: given };
    const answer = await act.run(
      (station) => (post === null ? station.posts.create(body) : station.posts.change({ id: post.id, ...body })),
      { done: t('users.saved') },
    );
    if (answer) props.onDone();
  };
  const remove = async (): Promise<void> => {
    if (!post) return;
    const answer = await act.run((station) => station.posts.remove({ id: post.id }), { done: t('users.saved') });
    if (answer) props.onDone();
  };
  return (
    <Drawer
      open
      size={560}
      title={post?.name ?? t('users.addPost')}
      onClose={props.onClose}
      footer={
        <div className="users-drawer-foot">
          <span>{t('users.postSummary', { without: taken.length, plus: given.length })}</span>
          {post && (
            <Button danger onClick={() => setRemoving(true)}>
              {t('users.removePost')}
            </Button>
          )}
          <Button type="primary" loading={act.busy} disabled={name.trim() === ''} onClick={() => void save()}>
            {t('users.savePost')}
          </Button>
        </div>
      }
    >
      {!removing && <Problem text={act.problem} />}
      <div className="users-pair">
        <label className="users-field" htmlFor="post-name">
          <span>{t('users.postName')}</span>
          <Input
            id="post-name"
            autoFocus
            maxLength={40}
            placeholder={t('users.postNameHint')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="users-field" htmlFor="post-role">
          <span>{t('users.postRole')}</span>
          <Select
            id="post-role"
            value={role}
            disabled={post !== null}
            onChange={setRole}
            options={ROLES.map((value) => ({ value, label: t(`app.role.${value}`) }))}
          />
          <small>{t('users.postRoleHint')}</small>
        </label>
      </div>
      <p className="users-note">{t('users.byRankHint')}</p>
      {rightAreas.map((area) => (
        <fieldset key={area} className="users-area">
          <legend>{t(`users.area.${area}`)}</legend>
          {allRights
            .filter((right) => rights[right].area === area)
            .map((right) => (
              <RightChoice
                key={right}
                right={right}
                own={hasByRole(role, right)}
                without={without}
                plus={plus}
                onWithout={setWithout}
                onPlus={setPlus}
              />
            ))}
        </fieldset>
      ))}
      {removing && post && (
        <ReasonDialog
          title={t('users.removePostTitle', { name: post.name })}
          consequence={t('users.removePostText')}
          verb={t('users.removePost')}
          reason="none"
          danger
          act={act}
          onClose={() => {
            act.clear();
            setRemoving(false);
          }}
          onConfirm={() => void remove()}
        />
      )}
    </Drawer>
  );
}

function RightChoice(props: {
  right: Right;
  own: boolean;
  without: ReadonlySet<Right>;
  plus: ReadonlySet<Right>;
  onWithout: (rights: ReadonlySet<Right>) => void;
  onPlus: (rights: ReadonlySet<Right>) => void;
}) {
  const { t } = useWords();
  const { right, own, without, plus } = props;
  const grantable = own || rights[right].grantable;
  const has = own ? !without.has(right) : grantable && plus.has(right);
  const changed = has !== own;
  const flip = (): void => {
    const of = new Set(own ? without : plus);
    if (!of.delete(right)) of.add(right);
    (own ? props.onWithout : props.onPlus)(of);
  };
  return (
    <Checkbox checked={has} disabled={!grantable} onChange={flip}>
      {t(`users.right.${right}`)}
      {changed && <em data-how={has ? 'given' : 'taken'}>{t(has ? 'users.given' : 'users.taken')}</em>}
      {!grantable && <small>{t('users.byRank')}</small>}
    </Checkbox>
  );
}
