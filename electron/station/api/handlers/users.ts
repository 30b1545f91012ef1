import type { AccountView } from '../../../../shared/contract/users.ts';
import { toRfc3339 } from '../../../../shared/domain/time.ts';
import type { UserRow } from '../../store/user-store.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { type People, signInId } from '../people.ts';

/** Accounts, posts, sign-ins. What is allowed to whom is the guard's business; what holds together, that of `People`. */
export function userHandlers(os: Guarded, { accounts }: ApiDeps, people: People) {
  const view = (user: UserRow): AccountView => {
    const post = people.posts().find(({ id }) => id === user.postId);
    const { name, role, displayName, number, disabled } = user;
    return {
      ...{ name, role, displayName, number, disabled },
      post: post ? { id: post.id, name: post.name } : null,
      createdAt: toRfc3339(user.created_at_ms),
      signedIn: accounts.signIns().filter(({ row }) => row.user_name === name).length,
    };
  };
  return {
    list: os.users.list.handler(() => people.users().map(view)),
    create: os.users.create.handler(async ({ input, context }) =>
      view(await people.create({ ...input, disabled: false }, actorOf(context.user).name)),
    ),
    change: os.users.change.handler(({ input, context }) => {
      const { name, ...change } = input;
      return view(people.change(name, change, actorOf(context.user).name));
    }),
    resetPassword: os.users.resetPassword.handler(async ({ input, context }) => {
      await people.resetPassword(input.name, input.password, actorOf(context.user).name);
      return {};
    }),
    signIns: os.users.signIns.handler(({ context }) =>
      accounts.signIns().map(({ row, quietMs }) => ({
        id: signInId(row.token_hash),
        name: row.user_name,
        since: toRfc3339(row.since_ms),
        expiresAt: toRfc3339(row.expires_at_ms),
        address: row.address,
        locked: row.locked_at_ms !== null,
        quietSeconds: quietMs === null ? null : Math.floor(quietMs / 1000),
        own: row.token_hash === context.user?.tokenHash,
      })),
    ),
    endSignIn: os.users.endSignIn.handler(({ input, context }) => {
      people.endSignIn(input.id, actorOf(context.user).name);
      return {};
    }),
  };
}

export function postHandlers(os: Guarded, people: People) {
  return {
    list: os.posts.list.handler(() => people.posts()),
    create: os.posts.create.handler(({ input, context }) => people.putPost(null, input, actorOf(context.user).name)),
    change: os.posts.change.handler(({ input, context }) => {
      const { id, ...post } = input;
      return people.putPost(id, post, actorOf(context.user).name);
    }),
    remove: os.posts.remove.handler(({ input, context }) => {
      people.removePost(input.id, actorOf(context.user).name);
      return {};
    }),
  };
}

export function accessHandlers(os: Guarded, people: People) {
  return {
    get: os.access.get.handler(() => people.rules()),
    change: os.access.change.handler(({ input, context }) => people.changeRules(input, actorOf(context.user).name)),
  };
}
