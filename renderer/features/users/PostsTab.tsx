import { Button } from 'antd';
import { Fragment, useState } from 'react';
import type { Post } from '../../../shared/domain/people.ts';
import { allRights, type Right, rightAreas, rights, rightsOf } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Answer } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { PostDrawer } from './PostDrawer.tsx';

interface Column {
  readonly key: string;
  readonly title: string;
  readonly role: Role;
  readonly post: Post | null;
}

const ROLES: readonly Role[] = ['attendant', 'manager', 'admin'];

/** The matrix: each button of the program, and who may use it, by role and by post. */
export function PostsTab() {
  const { t } = useWords();
  const manages = useSession((state) => may(state.user, 'user.manage'));
  const posts = useAsk((station) => station.posts.list(), []);
  const [editing, setEditing] = useState<Post | 'new' | null>(null);
  return (
    <>
      <div className="users-bar">
        <Button type="primary" disabled={!manages} onClick={() => setEditing('new')}>
          {t('users.addPost')}
        </Button>
        <span className="users-note">{t('users.matrixText')}</span>
      </div>
      <Answer of={posts} rows={8}>
        {(list) => {
          const columns: readonly Column[] = [
            ...ROLES.map((role) => ({ key: role, title: t(`app.role.${role}`), role, post: null })),
            ...list.map((post) => ({ key: post.id, title: post.name, role: post.role, post })),
          ];
          return (
            <div className="matrix-scroll">
              <table className="matrix">
                <caption className="visually-hidden">{t('users.matrix')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('users.matrix')}</th>
                    {columns.map(({ key, title, role, post }) => (
                      <th key={key} scope="col">
                        {title}
                        {post && (
                          <>
                            <small>{t(`app.role.${role}`)}</small>
                            <Button size="small" disabled={!manages} onClick={() => setEditing(post)}>
                              {t('users.editPost')}
                            </Button>
                          </>
                        )}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rightAreas.map((area) => (
                    <Fragment key={area}>
                      <tr className="matrix-area">
                        <th scope="rowgroup" colSpan={columns.length + 1}>
                          {t(`users.area.${area}`)}
                        </th>
                      </tr>
                      {allRights
                        .filter((right) => rights[right].area === area)
                        .map((right) => (
                          <tr key={right}>
                            <th scope="row">{t(`users.right.${right}`)}</th>
                            {columns.map((column) => (
                              <Cell key={column.key} right={right} column={column} />
                            ))}
                          </tr>
                        ))}
                    </Fragment>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Answer>
      {editing !== null && (
        <PostDrawer
          post={editing === 'new' ? null : editing}
          onDone={() => {
            setEditing(null);
            posts.again();
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function Cell({ right, column }: { right: Right; column: Column }) {
  const { t } = useWords();
  const has = rightsOf(column.role, column.post).has(right);
  const plain = rightsOf(column.role, null).has(right);
  const how = has === plain ? (has ? 'has' : 'hasNot') : has ? 'given' : 'taken';
  return (
    <td data-how={how}>
      {has ? <Shape name="ok" size={16} /> : how === 'hasNot' && <span aria-hidden="true">—</span>}
      <span className={has === plain ? 'visually-hidden' : undefined}>{t(`users.${how}`)}</span>
    </td>
  );
}
